"""Why the coder reads what it reads: marks in the text, and the reasons behind every figure.

Stands beside the chain: takes a document and its accounts, reads the sentences of the claims once
more, and says in words which rule, which lexicon entries and which cues each figure comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.coding.accounts.settle import settle_account
from transforms.coding.explaining.marks import Piece, cut_pieces, mark_claims
from transforms.coding.explaining.words import CONVENTIONS, LISTS, RELATIONS, RULES
from transforms.coding.knowledge import Knowledge
from transforms.coding.mention import Mention
from transforms.coding.mentions.clauses import read_mentions
from transforms.coding.model import Account, Claim, Document
from transforms.coding.scope.bounds import clause_of
from transforms.coding.text.tokens import Tokens, phrase_at, tokenise
from transforms.coding.words.lexicon import Lexicon
from transforms.schema import BOUNDS, KINDS

_PHRASES = (("hedge:", "hedge"), ("after:", "hedge after the number"), ("vague", "vague word"))


@dataclass(frozen=True, slots=True)
class Note:
    """A figure with its reasons: (what, words) lines in the order of reading."""

    number: int
    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AccountNote:
    """An account with what was read about it, and the notes of its figures."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    figures: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Headline and text in pieces, and the notes of the accounts."""

    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    accounts: tuple[AccountNote, ...]


def explain_accounts(
    document: Document,
    accounts: Sequence[Account],
    knowledge: Knowledge,
    *,
    title: str | None,
    text: str,
) -> Explanation:
    """Say where an article's figures come from.

    Args:
        document: the article as `read_document` gives it.
        accounts: its accounts as `read_accounts` gives them.
        knowledge: what they were read with.
        title: the headline.
        text: the body; the offsets of the document count in headline and body.

    Returns:
        The marked words and one note per account; figures are numbered through in text order.
    """
    claims = sorted(
        (claim for account in accounts for claim in account.claims),
        key=lambda claim: (claim.sentence, claim.start, claim.kind),
    )
    numbers = {id(claim): number for number, claim in enumerate(claims, start=1)}
    readings = {
        ordinal: _read_again(document, ordinal, knowledge.lexicon)
        for ordinal in {claim.sentence for claim in claims}
    }
    marks = mark_claims(claims, document)
    return Explanation(
        cut_pieces(title or "", marks[0]),
        cut_pieces(text, marks[1]),
        tuple(_account(account, numbers, readings, knowledge) for account in accounts),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The sentence of a claim, read again."""

    tokens: Tokens
    mentions: list[Mention]

    def mention_of(self, claim: Claim) -> Mention | None:
        """The mention that a claim was made from."""
        start = self.tokens.start
        same = [
            m
            for m in self.mentions
            if m.kind == claim.kind and start[m.first] == claim.trigger_start
        ]
        own = [m for m in same if any(start[g.figure_first] == claim.start for g in m.groups)]
        return next(iter(own or same), None)


def _read_again(document: Document, ordinal: int, lexicon: Lexicon) -> _Reading:
    text = next(s.text for s in document.sentences if s.ordinal == ordinal)
    tokens = tokenise(text, lexicon)
    return _Reading(tokens, read_mentions(tokens, lexicon, headline=ordinal == 0))


# --- notes ---------------------------------------------------------------------------------------


def _account(
    account: Account, numbers: dict[int, int], readings: dict[int, _Reading], knowledge: Knowledge
) -> AccountNote:
    toll = settle_account(account.claims)
    settled = (
        (kind, tuple(toll.get(f"{kind}_{bound}") for bound in BOUNDS))
        for kind in KINDS
        if any(toll.get(f"{kind}_{bound}") is not None for bound in BOUNDS)
    )
    told = ", ".join(f"{kind} {_bounds(*figure)}" for kind, figure in settled) or "no figure"
    figures = [
        _figure(claim, numbers[id(claim)], readings[claim.sentence], knowledge)
        for claim in account.claims
    ]
    return AccountNote(
        f"{account.ordinal + 1}. {account.scope}: {told}",
        _described(account),
        tuple(sorted(figures, key=lambda note: note.number)),
    )


def _described(account: Account) -> tuple[tuple[str, str], ...]:
    dating, placing, blame = account.dating, account.placing, account.blame
    when = " to ".join(str(d) for d in dict.fromkeys((dating.date_start, dating.date_end)) if d)
    names = (placing.place_name, placing.admin1, placing.country)
    where = ", ".join(dict.fromkeys(name for name in names if name))
    lines = [
        ("type", f"{account.event_type} ({account.domain})"),
        ("date", f"{when or 'unknown'}{_from(dating.date_text)}{_grade(dating.date_precision)}"),
        (
            "place",
            f"{where or 'unknown'}{_from(placing.place_text)}{_grade(placing.place_precision)}",
        ),
        ("actor", f"{blame.actor or 'none named'}{_from(blame.actor_text)}"),
    ]
    if blame.responsibility:
        lines.append(("responsibility", blame.responsibility))
    return tuple(lines)


def _from(words: str | None) -> str:
    return f", from “{words}”" if words else ""


def _grade(precision: int | None) -> str:
    return f", precision {precision}" if precision else ""


def _bounds(low: int | None, best: int | None, high: int | None) -> str:
    return "/".join("unknown" if value is None else f"{value:,}" for value in (low, best, high))


def _figure(claim: Claim, number: int, reading: _Reading, knowledge: Knowledge) -> Note:
    mention = reading.mention_of(claim)
    speaker = f"{claim.speaker} ({claim.speaker_role})" if claim.speaker else claim.speaker_role
    lines = [
        ("words", f"“{claim.figure}”"),
        ("rule", f"{claim.rule}: {RULES.get(claim.rule, 'a reading of its own')}"),
        ("trigger", _trigger(claim, reading.tokens, knowledge.lexicon)),
        ("convention", _convention(claim, knowledge.lexicon)),
        *(("lexicon", entry) for entry in _entries(claim, reading.tokens, knowledge.lexicon)),
        ("scope", f"{claim.scope}{_scope_reason(claim, mention, reading, knowledge)}"),
        ("relation", f"{claim.relation}: {RELATIONS[claim.relation]}"),
        ("victims", f"“{claim.victims or claim.figure}” ({claim.victim_role})"),
        ("speaker", speaker),
    ]
    if claim.stance != "asserted":
        lines.append(("stance", claim.stance))
    return Note(number, f"{claim.kind} {_bounds(claim.low, claim.best, claim.high)}", tuple(lines))


def _trigger(claim: Claim, tokens: Tokens, lexicon: Lexicon) -> str:
    """The casualty word and its entry in casualties.toml."""
    inside = [
        word
        for word, start in zip(tokens.low, tokens.start, strict=True)
        if claim.trigger_start <= start < claim.trigger_end
    ]
    phrase = lexicon.phrase_triggers.get(tuple(inside))
    entries = (phrase,) if phrase else lexicon.triggers.get(inside[0] if inside else "", ())
    same = [entry for entry in entries if entry.kind == claim.kind] or list(entries)
    told = f"“{' '.join(inside)}”"
    if not same:
        return told
    entry = same[0]
    side = f", victims as {entry.takes}" if entry.form in ("base", "third", "past", "ing") else ""
    return f"{told}: {entry.kind}, {entry.form}{side}{', weak' if entry.weak else ''}"


def _convention(claim: Claim, lexicon: Lexicon) -> str:
    gloss = CONVENTIONS.get(claim.convention)
    if gloss is None:
        low = lexicon.vague.get(claim.convention.replace("_", " "), claim.low)
        gloss = f"a vague word: at least {low:,}, the rest unknown" if low else "as the words say"
    return f"{claim.convention}: {gloss}"


def _entries(claim: Claim, tokens: Tokens, lexicon: Lexicon) -> list[str]:
    """The hedges and vague words within a figure, with the lists that they are in."""
    found: list[str] = []
    for index, start in enumerate(tokens.start):
        if not claim.start <= start < claim.end:
            continue
        for prefix, name in _PHRASES:
            phrase = phrase_at(tokens, index, lexicon, prefix)
            if phrase and tokens.end[index + phrase[0] - 1] <= claim.end:
                words = tokens.words(index, index + phrase[0])
                found.append(f"“{words}”: {name} {phrase[1].partition(':')[2]}".rstrip())
                break
    return found


def _scope_reason(
    claim: Claim, mention: Mention | None, reading: _Reading, knowledge: Knowledge
) -> str:
    """The cue list and the words that set a scope, as far as they can be told."""
    if claim.scope not in LISTS:
        return ""
    tokens = reading.tokens
    begin, end = clause_of(tokens, mention, reading.mentions) if mention else (0, len(tokens.text))
    stretches = (("", tokens.text[begin:end]), (" elsewhere in the sentence", tokens.text))
    for where, stretch in stretches:
        for name in LISTS[claim.scope]:
            cue = getattr(knowledge.scope, name, None)
            match = cue.search(stretch.lower()) if cue else None
            if match:
                return f": cue list “{name}”, words “{match.group().strip()}”{where}"
    if mention and mention.negated:
        return ": the verb is negated"
    if mention and mention.unreal:
        return ": the verb stands for what is only possible, planned or feared"
    return ": no cue word; the kind of figure, of noun or the day tells"
