"""Which day an account's event happened on.

`times.find_times` reads the expressions of a sentence, `readings` how well each fits an event;
`date_account` chooses the one that belongs to the account: first from its claims' own sentences,
then from those around them, then from the lead.

Source: codebook section 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from transforms.coding.model import TIME, Account, Dating, Document, Sentence
from transforms.coding.when.apart import day_before, find_gap, find_shifted
from transforms.coding.when.cues import WhenCues
from transforms.coding.when.readings import BEFORE_NOUN, CUES, MOST, VAGUE, Anchor, readings_of
from transforms.coding.when.times import TimeExpression, find_times, precision_of

__all__ = ["TimeExpression", "date_account", "find_times"]

UNSAID_DAYS = 2
"""An event of which no time is said happened at most this many days before the report day."""

# Scores order the expressions; they were set on muc4_dev and gvc_dev, and only their order matters.
CLAIM_SENTENCE, NEIGHBOUR, LEAD, ELSEWHERE = 100.0, 70.0, 62.0, 40.0
SAME_CLAUSE, RECALLED = 8.0, -50.0

ENOUGH, SURE = 36.0, 95.0
FAR = 1e6


class _Candidate(NamedTuple):
    """An expression with the sentence it stands in and how well it fits the account."""

    score: float
    expression: TimeExpression


def date_account(
    document: Document,
    account: Account,
    cues: WhenCues,
    *,
    taken: frozenset[int] = frozenset(),
) -> Dating:
    """The day or days of an account's event.

    Args:
        document: the article; its `report_date` anchors relative words.
        account: the claims of one event, with the sentences that they stand in.
        cues: the words that tell what a time is about.
        taken: ordinals of sentences that carry claims of other accounts, whose dates are theirs.

    Returns:
        Days on or before the report day, the precision of their span and the article's words. Where
        nothing is said, the last days (`UNSAID_DAYS`) without words. No days without a report day.
    """
    report = document.report_date
    candidates = _candidates(document, account, taken, cues)
    best = max(candidates, key=lambda c: c.score, default=None)
    if best is None or best.score < SURE:
        candidates += _elsewhere(document, account, taken, cues)
        best = max(candidates, key=lambda c: c.score, default=None)
    chosen = best.expression if best and best.score >= ENOUGH else None
    if chosen is None and taken and account.scope == "incident":
        chosen = _only_day(document, cues)
    if report is None:
        return Dating(date_text=chosen.text if chosen else None)
    if chosen is None:
        start = report - timedelta(days=UNSAID_DAYS)
        return Dating(start, report, precision_of(start, report), None)
    if chosen.rule == "since" and {claim.kind for claim in account.claims} == {"missing"}:
        day = chosen.date_start  # "missing since 10 March": what happened did so then
        return Dating(day, day, 1 if day else None, chosen.text)
    chosen = _sharpen(chosen, candidates)
    return Dating(chosen.date_start, chosen.date_end, chosen.precision, chosen.text)


def _sharpen(chosen: TimeExpression, candidates: list[_Candidate]) -> TimeExpression:
    """A day inside a vaguer span says the same more exactly ("last week ... on Friday")."""
    first, last = chosen.date_start, chosen.date_end
    if first is None or last is None or first == last or chosen.rule == "weekday_pair":
        return chosen
    inside = [
        c
        for c in candidates
        if c.score >= SURE
        and c.expression.precision == 1
        and c.expression.date_start
        and first <= c.expression.date_start <= last
    ]
    return max(inside, key=lambda c: c.score).expression if inside else chosen


def _candidates(
    document: Document, account: Account, taken: frozenset[int], cues: WhenCues
) -> list[_Candidate]:
    """Expressions of the sentences that speak for the account, those of its claims first.

    Sentences that can't outdo a day that is found already are not read.
    """
    by_ordinal = document.by_ordinal
    anchor = Anchor(document.report_date, cues)
    triggers: dict[int, list[int]] = {}
    for claim in account.claims:
        triggers.setdefault(claim.sentence, []).append(claim.trigger_start)
    found: list[_Candidate] = []
    best: _Candidate | None = None
    for ordinal, base in _ranked_sentences(account.sentences, by_ordinal, taken):
        if best and base + MOST < best.score and ordinal not in triggers:
            continue
        told = _read(
            by_ordinal[ordinal],
            base,
            anchor,
            triggers.get(ordinal, []),
            by_ordinal.get(ordinal - 1),
        )
        told = told or _before_lead(
            document, by_ordinal[ordinal], triggers.get(ordinal, []), anchor
        )
        if told:
            found += told
            top = max(found, key=lambda c: c.score)
            best = top if top.expression.precision == 1 else None
    return found


def _before_lead(
    document: Document, sentence: Sentence, triggers: list[int], anchor: Anchor
) -> list[_Candidate]:
    """The day so long before that of the lead ("It came eight days after a man shot 19")."""
    gap = find_gap(sentence.text, triggers) if sentence.ordinal > 1 else None
    if gap is None:
        return []
    for lead in document.sentences[:_LEAD_SENTENCES]:
        days = [c for c in _read(lead, 0.0, anchor, []) if c.score >= CUES["violence"]]
        best = max(days, key=lambda c: c.score, default=None)
        if best is not None:
            day = day_before(best.expression._replace(start=0, end=0), gap)
            return [_Candidate(CLAIM_SENTENCE + CUES["violence"], day)] if day else []
    return []


_LEAD_SENTENCES = 3
"""Sentences that tell the day of what an article is about."""


def _elsewhere(
    document: Document, account: Account, taken: frozenset[int], cues: WhenCues
) -> list[_Candidate]:
    """Expressions of the rest of the article, for an account whose own sentences say no day."""
    own = account.sentences
    anchor = Anchor(document.report_date, cues)
    opens = bool(own) and own[0] <= 1
    found: list[_Candidate] = []
    for sentence in document.sentences:
        ordinal = sentence.ordinal
        if not sentence.signs & TIME or ordinal in own:
            continue
        nearest = is_nearest(ordinal, own, taken)
        if nearest or (opens and "day" in sentence.text):
            told = _read(sentence, ELSEWHERE, anchor, [])
            # among what is recalled, "Tuesday's attack" is the one that the article opens with
            found += [c for c in told if nearest or _names_event(sentence.text, c.expression, cues)]
    return found


def _names_event(text: str, day: TimeExpression, cues: WhenCues) -> bool:
    """Whether a day is part of an event's name ("Tuesday's blast")."""
    owns = text[day.end : day.end + 2] in ("'s", "’s")
    return owns and day.rule == "weekday" and cues.noun_after.match(text, day.end) is not None


@lru_cache(maxsize=1)  # every undated account of an article asks for it
def _only_day(document: Document, cues: WhenCues) -> TimeExpression | None:
    """The one day on which the article says that anything happened, for an undated account.

    A round-up of the news tells the day once; a second day or span makes it a guess.
    """
    spans: dict[tuple[date | None, date | None], TimeExpression] = {}
    for sentence in document.sentences:
        for candidate in _read(sentence, 0.0, Anchor(document.report_date, cues), []):
            if candidate.score >= CUES["violence"] + VAGUE[3]:
                told = candidate.expression
                spans.setdefault((told.date_start, told.date_end), told)
        if len(spans) > 1:
            return None
    only = next(iter(spans.values()), None)
    return only if only and only.precision == 1 else None


def is_nearest(ordinal: int, own: tuple[int, ...], taken: frozenset[int]) -> bool:
    """Whether a sentence tells of this account rather than of another one of the article.

    Args:
        ordinal: the sentence.
        own: ordinals of the account's claims.
        taken: ordinals of the other accounts' claims.

    Returns:
        True where the account's claims are nearer; a story goes on after its claim, so a sentence
        before a claim counts as twice as far.
    """
    if ordinal in taken:
        return False
    return not taken or _distance(ordinal, own) < _distance(ordinal, taken)


def _distance(ordinal: int, claims: Iterable[int]) -> float:
    distance = FAR
    for claim in claims:
        gap = ordinal - claim if ordinal > claim else 2 * (claim - ordinal)
        if gap < distance:
            distance = gap
    return distance


def _read(
    sentence: Sentence,
    base: float,
    anchor: Anchor,
    triggers: list[int],
    before: Sentence | None = None,
) -> list[_Candidate]:
    if not sentence.signs & TIME:
        return []
    fits = _fits(sentence, anchor, triggers)
    gap = find_gap(sentence.text, triggers)
    if gap is not None:
        earlier = [day for _, expression in fits if (day := day_before(expression, gap))]
        if earlier:
            return [_Candidate(base + CUES["violence"], day) for day in earlier]
    shifted = find_shifted(sentence.text, triggers, fits, lambda: _days_of(before, anchor))
    if shifted:
        fits = [(CUES["violence"] + BEFORE_NOUN, shifted)]
    return [_Candidate(base + score, expression) for score, expression in fits]


def _days_of(sentence: Sentence | None, anchor: Anchor) -> list[TimeExpression]:
    """The times that a sentence names."""
    if sentence is None or not sentence.signs & TIME:
        return []
    return [read.expression for read in readings_of(sentence, anchor)]


def _fits(
    sentence: Sentence, anchor: Anchor, triggers: list[int]
) -> list[tuple[float, TimeExpression]]:
    """The expressions of a sentence that have days, with how well each fits the casualty words."""
    found = []
    for read in readings_of(sentence, anchor):
        score = read.score
        if any(read.first <= trigger < read.last for trigger in triggers):
            score += SAME_CLAUSE
        elif read.recalled:
            score += RECALLED
        found.append((score, read.expression))
    return found


def _ranked_sentences(
    own: tuple[int, ...], sentences: dict[int, Sentence], taken: frozenset[int]
) -> list[tuple[int, float]]:
    """Ordinals to read with the score that their place gives, claims' sentences first."""
    told = [ordinal for ordinal in own if ordinal in sentences]
    ranked = {ordinal: CLAIM_SENTENCE - 6.0 * min(n, 4) for n, ordinal in enumerate(told)}
    near = [(o + step, NEIGHBOUR - 2.0 * abs(step)) for step in (1, -1, 2, -2) for o in told]
    lead = [(ordinal, LEAD - ordinal) for ordinal in (1, 0, 2)]
    for ordinal, base in near + lead:
        if ordinal in sentences and is_nearest(ordinal, own, taken):
            ranked.setdefault(ordinal, base)
    return list(ranked.items())
