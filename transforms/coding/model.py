"""What the stages of the coder hand to one another: documents, claims, accounts.

An *account* is what the tables call a report: one article's telling of one real-world event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from transforms.coding.text.evened import Offsets

CASUALTY, NEW_EVENT, TIME, BLAME, DISPUTED, CORRECTED, GANG, OTHER_VERSION = (
    1 << bit for bit in range(8)
)
"""Signs of a sentence: words for casualties, for a new event, of time, of responsibility, that
figures are wrong, that they are taken back, for armed groups, that figures differ."""

_EVERY_SIGN = (1 << 8) - 1


class Sentence(NamedTuple):
    """One sentence. `ordinal` 0 is the headline; `start` is its offset in headline or text.

    `signs` is what a scan says that it may hold: every sign where nobody scanned it.
    """

    ordinal: int
    text: str
    start: int
    paragraph: int
    signs: int = _EVERY_SIGN


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the coder reads it.

    Attributes:
        article_id: the article.
        version: version of its text.
        sentences: headline (ordinal 0, where there is one) and text, in order.
        report_date: day of publication in the feed's time zone, or None.
        publisher: who published it, or None.
        publisher_country: ISO 3166-1 alpha-3, or None.
        dateline: the words before the text's first sentence ("IRBIL", "BOGOTA, 9 JAN 90"), or None.
        site: what the headline has behind it of the site ("Channel 5 News, Springfield"), or None.
        offsets: where the characters of headline and text stood before they were evened out, each
            None where it was in order.
    """

    article_id: str
    version: int
    sentences: tuple[Sentence, ...]
    report_date: date | None = None
    publisher: str | None = None
    publisher_country: str | None = None
    dateline: str | None = None
    site: str | None = None
    offsets: tuple[Offsets | None, Offsets | None] = field(
        default=(None, None), repr=False, compare=False
    )
    _known: dict[int, Sentence] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def by_ordinal(self) -> dict[int, Sentence]:
        """The sentences by their ordinals."""
        if not self._known:
            self._known.update({sentence.ordinal: sentence for sentence in self.sentences})
        return self._known

    def span(self, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
        """First and last offset, in headline or text as given, of a stretch of a sentence."""
        first, last = sentence.start + start, sentence.start + end
        moved = self.offsets[sentence.ordinal != 0]
        return (first, last) if moved is None else (moved[first], moved[last - 1] + 1)

    def texts_with(self, sign: int) -> list[str]:
        """The sentences that may hold what a sign stands for."""
        return [s.text for s in self.sentences if s.signs & sign]


@dataclass(slots=True)
class Claim:
    """One figure of one kind in one sentence.

    Attributes:
        sentence: ordinal of the sentence; `start` and `end` are offsets in that sentence of the
            figure's words; `trigger_start` and `trigger_end` those of the casualty word.
        rule: name of the rule that fired, for `explain`.
    """

    kind: str
    low: int | None
    best: int | None
    high: int | None
    figure: str
    convention: str
    sentence: int
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    rule: str
    victims: str | None = None
    victim_role: str = "unknown"
    relation: str = "total"
    scope: str = "incident"
    stance: str = "asserted"
    speaker: str | None = None
    speaker_role: str = "narrator"

    @property
    def value(self) -> int | None:
        """Best, else low."""
        return self.low if self.best is None else self.best


@dataclass(frozen=True, slots=True)
class Dating:
    """When an account happened; all None where the text and the report day say nothing."""

    date_start: date | None = None
    date_end: date | None = None
    date_precision: int | None = None
    date_text: str | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an account happened; the columns of the reports table."""

    place_name: str | None = None
    place_text: str | None = None
    admin1: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_precision: int | None = None
    geonames_id: int | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A saying of who did it. `start` and `end` are offsets in the sentence."""

    actor: str | None
    actor_text: str | None
    stance: str
    speaker: str | None
    speaker_role: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Blame:
    """Who did it, to whom: the columns of the reports table and the attributions behind them."""

    actor: str | None = None
    actor_text: str | None = None
    target: str | None = None
    responsibility: str | None = None
    attributions: tuple[Attribution, ...] = ()


@dataclass(slots=True)
class Account:
    """The claims of one article about one event, in text order, and what was read about it.

    `recalled` says that its scope is background only because nothing said that it is news; `court`
    that nothing but that or the word of a court made it so.
    """

    ordinal: int
    scope: str
    claims: list[Claim] = field(default_factory=list)
    recalled: bool = False
    court: bool = False
    domain: str = "other"
    event_type: str = "other"
    dating: Dating = Dating()
    placing: Placing = Placing()
    blame: Blame = Blame()
    _told: tuple[int, tuple[int, ...]] = field(
        default=(0, ()), init=False, repr=False, compare=False
    )

    @property
    def sentences(self) -> tuple[int, ...]:
        """Ordinals of the sentences that carry its claims, without repeats, in order."""
        known, told = self._told
        if known != len(self.claims):  # asked for by every stage, and claims are only ever added
            told = tuple(sorted({claim.sentence for claim in self.claims}))
            self._told = len(self.claims), told
        return told
