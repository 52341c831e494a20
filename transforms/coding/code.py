"""Articles to claims, attributions and reports: the whole cascade, article by article.

    text -> sentences -> tokens -> noun groups -> mentions -> accounts -> claims and reports

Every stage can be run by itself; `read_accounts` is the chain for one article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from transforms.coding.clauses import Mention, read_mentions
from transforms.coding.event_types import type_account
from transforms.coding.groups import Group
from transforms.coding.incidents import Item, Spot, read_context, thread_items, Thread
from transforms.coding.knowledge import Knowledge
from transforms.coding.model import Account, Claim, Document, Sentence
from transforms.coding.roles import find_speaker, victim_role
from transforms.coding.scope import Setting, clause_of, is_no_casualty, scope_of
from transforms.coding.sentences import read_document
from transforms.coding.settle_account import add_parts, settle_account
from transforms.coding.tokens import Tokens, tokenise
from transforms.coding.when import date_account
from transforms.coding.who import attribute_account
from transforms.coding.where.mentions import find_places
from transforms.coding.where.place import place_account
from transforms.coding.where.resolve import Resolved, resolve_places
from transforms.identity import hash_id
from transforms.schema import cast_frame, frame_of

CODER_VERSION = "1"
"""Rises with every change of the rules; the word lists add their own fingerprint."""

_OLD_DAYS = 45
"""An event that ended longer ago than this is recalled, unless it opens the article."""

_LONGEST_TEXT = 1_000_000  # characters; longer texts are no articles


@dataclass(frozen=True, slots=True)
class Coded:
    """What a batch of articles gave; frames of the tables of the same names."""

    claims: pd.DataFrame
    attributions: pd.DataFrame
    reports: pd.DataFrame
    rejects: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """The frames by table name."""
        return {
            "claims": self.claims,
            "attributions": self.attributions,
            "reports": self.reports,
            "rejects": self.rejects,
        }


def coder_version(knowledge: Knowledge) -> str:
    """Version of the rules and of the word lists."""
    return f"{CODER_VERSION}-{knowledge.fingerprint}"


def code_articles(
    articles: pd.DataFrame,
    texts: pd.DataFrame,
    knowledge: Knowledge,
    *,
    keep_duplicates: bool = False,
    countries: dict[str, str] | None = None,
) -> Coded:
    """Read the casualty claims out of a batch of articles.

    Args:
        articles: table articles.
        texts: article_id, version, text; one row per article version.
        knowledge: the compiled reference data.
        keep_duplicates: code copies too, not only originals.
        countries: feed_id -> ISO 3166-1 alpha-3 code of the outlet's country.

    Returns:
        Claims, attributions and reports of the articles that carry any, and rejects for texts that
        can't be coded (too_long, not_english, empty).
    """
    batch = articles.merge(texts, on=["article_id", "version"], how="inner", validate="one_to_one")
    if not keep_duplicates:
        batch = batch[batch["duplicate_of"].isna()]
    passed = _gate(batch, knowledge)
    rows: dict[str, list[dict[str, Any]]] = {"claims": [], "attributions": [], "reports": [], "rejects": []}
    version = coder_version(knowledge)
    for row, carries in zip(batch.to_dict("records"), passed, strict=True):
        reason = _unfit(row)
        if reason:
            rows["rejects"].append(_reject(row, reason))
        elif carries:
            document = _document(row, countries or {})
            for account in read_accounts(document, knowledge):
                _write(rows, document, account, row, version)
    return Coded(
        _frame("claims", rows["claims"]),
        _frame("attributions", rows["attributions"]),
        _frame("reports", rows["reports"]),
        frame_of("rejects", rows["rejects"]),
    )


def _frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = frame_of(table, rows)
    return cast_frame(table, frame)


def _gate(batch: pd.DataFrame, knowledge: Knowledge) -> list[bool]:
    """Which texts hold a word of the casualty vocabulary, headline included."""
    if batch.empty:
        return []
    both = batch["title"].fillna("").astype(str) + "\n" + batch["text"].fillna("").astype(str)
    column = pa.array(both.to_list(), pa.large_string())
    return list(pc.match_substring_regex(column, pattern=knowledge.gate.pattern).to_pylist())


def _unfit(row: dict[str, Any]) -> str | None:
    text = row["text"]
    if not isinstance(text, str) or not text.strip():
        return None if isinstance(row["title"], str) and row["title"].strip() else "empty"
    if len(text) > _LONGEST_TEXT:
        return "too_long"
    language = row["language"]
    if isinstance(language, str) and language != "en":
        return "not_english"
    return None


def _reject(row: dict[str, Any], reason: str) -> dict[str, Any]:
    run_id = row["run_id"] if isinstance(row["run_id"], str) else "code"
    url = row["url"] if isinstance(row["url"], str) else None
    return {
        "run_id": run_id,
        "reject_id": hash_id(run_id, "code", row["article_id"], row["version"]),
        "night": row["night"],
        "stage": "code",
        "reason": reason,
        "feed_id": row["feed_id"],
        "url": url,
        "detail": f"article {row['article_id']} version {row['version']}",
    }


def _document(row: dict[str, Any], countries: dict[str, str]) -> Document:
    day = row["report_date"]
    title = row["title"] if isinstance(row["title"], str) else None
    publisher = row["publisher"] if isinstance(row["publisher"], str) else None
    return read_document(
        row["article_id"],
        int(row["version"]),
        title,
        row["text"] if isinstance(row["text"], str) else "",
        report_date=None if pd.isna(day) else day.date(),
        publisher=publisher,
        publisher_country=countries.get(row["feed_id"]) if isinstance(row["feed_id"], str) else None,
    )


# --- one article ---------------------------------------------------------------------------------


def read_accounts(document: Document, knowledge: Knowledge) -> list[Account]:
    """The accounts of one article with their claims, days, places, kinds and blame."""
    items = read_items(document, knowledge)
    if not items:
        return []
    near = _near(document, {item.sentence for item in items})
    found = {s.ordinal: find_places(s.text, knowledge.gazetteer) for s in near}
    resolved = resolve_places(found, document, knowledge.gazetteer)
    for item in items:
        item.places = _spots(item, resolved.get(item.sentence, ()))
    accounts = [
        Account(
            number,
            thread.scope,
            _claims(thread, knowledge),
            recalled=all(item.mention.recalled for item in thread.items),
        )
        for number, thread in enumerate(thread_items(items))
    ]
    _describe(accounts, document, resolved, knowledge)
    return accounts


def _spots(item: Item, resolved: Sequence[Resolved]) -> frozenset[Spot]:
    """The places that the clause of an item names as places of what happened."""
    return frozenset(
        Spot(r.place.name if r.place else r.mention.text, r.kind, r.country, r.admin1)
        for r in resolved
        if item.begin <= r.mention.start < item.end
        and r.kind != "people"
        and not r.mention.talk
        and r.mention.relation not in ("from", "subject", "name")
        and not (r.kind == "country" and r.mention.relation == "adjunct")
    )


def read_items(document: Document, knowledge: Knowledge) -> list[Item]:
    """The casualty mentions of an article in text order, with scope and context."""
    items: list[Item] = []
    lexicon = knowledge.lexicon
    told = -1
    opening = " ".join(s.text for s in document.sentences[:3]).lower()
    setting = Setting(
        disaster=bool(knowledge.scope.disaster.search(opening)),
        year=document.report_date.year if document.report_date else None,
    )
    for sentence in document.sentences:
        mentions: list[Mention] = []
        if knowledge.gate.search(sentence.text):
            tokens = tokenise(sentence.text, lexicon)
            mentions = read_mentions(tokens, lexicon, headline=sentence.ordinal == 0)
            for mention in mentions:
                if (mention.zero and not mention.groups) or is_no_casualty(tokens, mention, knowledge.scope):
                    continue
                begin, end = clause_of(tokens, mention, mentions)
                item = Item(
                    mention, sentence.ordinal, tokens,
                    scope_of(tokens, mention, mentions, knowledge.scope, sentence.ordinal, setting), begin, end,
                )  # fmt: skip
                read_context(item, knowledge.incidents, lexicon)
                item.told_between = told
                item.corrected = bool(knowledge.scope.corrected.search(sentence.text.lower()))
                item.speaker = find_speaker(tokens, mention, lexicon)
                items.append(item)
        if not mentions and knowledge.incidents.new.search(sentence.text.lower()):
            told = sentence.ordinal
    return [item for item in items if item.value or item.mention.zero]


def _claims(thread: Thread, knowledge: Knowledge) -> list[Claim]:
    """The claims of one account: one per mention and role of its victims."""
    claims: list[Claim] = []
    for item in thread.items:
        by_role: dict[str, list[Group]] = {}
        for group in item.mention.groups:
            by_role.setdefault(victim_role(item.tokens, group, knowledge.lexicon), []).append(group)
        for role, groups in by_role.items():
            summed = add_parts([_bounds(group, item) for group in groups])
            first, last = groups[0].figure_first, groups[-1].last
            relation = item.relation
            if len(by_role) > 1 and relation == "total":
                relation = "part"
            claims.append(
                Claim(
                    item.kind,
                    summed.low,
                    summed.best,
                    summed.high,
                    item.tokens.words(first, max(last, first + 1)),
                    _convention(groups),
                    item.sentence,
                    item.tokens.start[first],
                    item.tokens.end[max(last, first + 1) - 1],
                    item.tokens.start[item.mention.first],
                    item.tokens.end[item.mention.last - 1],
                    item.mention.rule,
                    victims=item.tokens.words(groups[0].first, groups[-1].last),
                    victim_role=role,
                    relation=relation,
                    scope=item.scope,
                    speaker=item.speaker.words,
                    speaker_role=item.speaker.role,
                )
            )
    return claims


def _convention(groups: list[Group]) -> str:
    names = {group.convention for group in groups}
    if len(groups) > 1 and names == {"exact"}:
        return "persons" if all(g.kind in ("one", "name") for g in groups) else "exact"
    return next(iter(names)) if len(names) == 1 else "sum"


def _bounds(group: Group, item: Item) -> Claim:
    return Claim(item.kind, group.low, group.best, group.high, "", "", 0, 0, 0, 0, 0, "", relation="part")


def _describe(
    accounts: list[Account],
    document: Document,
    resolved: Mapping[int, Sequence[Resolved]],
    knowledge: Knowledge,
) -> None:
    """Set days, places, kinds and blame of an article's accounts."""
    for account in accounts:
        own = set(account.sentences)
        taken = frozenset(o for other in accounts if other is not account for o in other.sentences) - own
        account.dating = date_account(document, account, taken=taken)
        account.placing = place_account(document, account, resolved, knowledge.gazetteer)
        if account.scope == "incident" and _is_old(account, document):
            _rescope(account, "background")
        elif account.scope == "background" and account.recalled and _is_recent(account, document):
            _rescope(account, "incident")
        account.blame = attribute_account(document, account, knowledge.actors, taken=taken)
        account.domain, account.event_type = type_account(document, account, knowledge.event_types)


def _is_old(account: Account, document: Document) -> bool:
    """Whether an account further down speaks of something that happened long before the article."""
    last, report = account.dating.date_end, document.report_date
    if last is None or report is None or account.sentences[0] <= 1 or not account.dating.date_text:
        return False
    return (report - last).days > _OLD_DAYS


def _is_recent(account: Account, document: Document) -> bool:
    """Whether the article itself names a day shortly before its own."""
    first, report = account.dating.date_start, document.report_date
    if first is None or report is None or not account.dating.date_text:
        return False
    return (report - first).days <= _OLD_DAYS


def _rescope(account: Account, scope: str) -> None:
    account.scope = scope
    for claim in account.claims:
        claim.scope = scope


def _near(document: Document, own: set[int]) -> Iterable[Sentence]:
    """Sentences that may say where: all of a short article, the neighbours of claims in a long one."""
    if len(document.sentences) <= 60:
        return document.sentences
    reach = {o + step for o in own for step in range(-3, 4)} | set(range(4))
    return [s for s in document.sentences if s.ordinal in reach]


# --- rows ----------------------------------------------------------------------------------------


def _write(
    rows: dict[str, list[dict[str, Any]]], document: Document, account: Account, row: dict[str, Any], version: str
) -> None:
    report_id = hash_id(document.article_id, document.version, account.ordinal)
    by_ordinal = {sentence.ordinal: sentence for sentence in document.sentences}
    common = {"report_id": report_id, "report_date": row["report_date"], "observed_at": row["night"]}
    for claim in account.claims:
        rows["claims"].append({**common, **_claim_row(claim, report_id, by_ordinal[claim.sentence], document, version)})
    for number, saying in enumerate(account.blame.attributions):
        sentence = by_ordinal[saying.sentence]
        rows["attributions"].append(
            {
                **common,
                "attribution_id": hash_id(report_id, "attribution", number),
                "actor": saying.actor,
                "actor_text": saying.actor_text,
                "stance": saying.stance,
                "speaker": saying.speaker,
                "speaker_role": saying.speaker_role,
                "quote": sentence.text,
                "sentence": sentence.ordinal,
                "char_start": sentence.start + saying.start,
                "char_end": sentence.start + saying.end,
            }
        )
    rows["reports"].append({**common, **_report_row(account, document, by_ordinal)})


def _claim_row(
    claim: Claim, report_id: str, sentence: Sentence, document: Document, version: str
) -> dict[str, Any]:
    return {
        "claim_id": hash_id(report_id, claim.kind, claim.sentence, claim.start, claim.trigger_start),
        "article_id": document.article_id,
        "version": document.version,
        "kind": claim.kind,
        "low": claim.low,
        "best": claim.best,
        "high": claim.high,
        "figure": claim.figure,
        "convention": claim.convention,
        "relation": claim.relation,
        "victims": claim.victims,
        "victim_role": claim.victim_role,
        "speaker": claim.speaker,
        "speaker_role": claim.speaker_role,
        "stance": claim.stance,
        "scope": claim.scope,
        "quote": sentence.text,
        "sentence": sentence.ordinal,
        "char_start": sentence.start + claim.start,
        "char_end": sentence.start + claim.end,
        "coder_version": version,
    }


def _report_row(
    account: Account, document: Document, by_ordinal: dict[int, Sentence]
) -> dict[str, Any]:
    dating, placing, blame = account.dating, account.placing, account.blame
    lead = next((c for c in account.claims if c.relation in ("total", "part")), account.claims[0])
    return {
        "article_id": document.article_id,
        "version": document.version,
        "scope": account.scope,
        "domain": account.domain,
        "event_type": account.event_type,
        "date_start": _day(dating.date_start),
        "date_end": _day(dating.date_end),
        "date_precision": dating.date_precision,
        "date_text": dating.date_text,
        "place_name": placing.place_name,
        "place_text": placing.place_text,
        "admin1": placing.admin1,
        "country": placing.country,
        "latitude": placing.latitude,
        "longitude": placing.longitude,
        "place_precision": placing.place_precision,
        "geonames_id": placing.geonames_id,
        "actor": blame.actor,
        "actor_text": blame.actor_text,
        "target": blame.target,
        "responsibility": blame.responsibility,
        **settle_account(account.claims),
        "quote": by_ordinal[lead.sentence].text,
        "confidence": _confidence(account),
    }


def _day(day: date | None) -> pd.Timestamp | None:
    return None if day is None else pd.Timestamp(day)


def _confidence(account: Account) -> float:
    """How much of what makes a report certain it has: a number, a day, a place, a second sentence."""
    parts = (
        any(claim.best is not None for claim in account.claims),
        account.dating.date_text is not None,
        (account.placing.place_precision or 9) <= 4,
        len(account.sentences) > 1,
        account.event_type != "other",
    )
    return round(0.5 + 0.1 * sum(parts), 2)
