"""Marks over an article: which of its words are figures and casualty words. Serves `explain`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from transforms.coding.model import Claim, Document


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of headline or text: `start`..`end`; `role` is figure or trigger of a figure."""

    start: int
    end: int
    role: str
    number: int
    scope: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as it is shown: marked, or plain where `mark` is None."""

    text: str
    mark: Mark | None


def mark_claims(claims: Iterable[Claim], document: Document) -> tuple[list[Mark], list[Mark]]:
    """The marks of the headline and those of the text.

    Args:
        claims: in the order in which they are numbered, from 1.
        document: where their sentences stand.
    """
    begins = {sentence.ordinal: sentence.start for sentence in document.sentences}
    found: tuple[list[Mark], list[Mark]] = ([], [])
    for number, claim in enumerate(claims, start=1):
        at = begins[claim.sentence]
        spans = (
            (claim.start, claim.end, "figure"),
            (claim.trigger_start, claim.trigger_end, "trigger"),
        )
        for start, end, role in spans:
            mark = Mark(at + start, at + end, role, number, claim.scope)
            found[claim.sentence > 0].append(mark)
    return found


def cut_pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Cut a text at its marks; no word is lost, and of two that overlap the figure's stays."""
    taken: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.role != "figure", m.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in taken):
            taken.append(mark)
    pieces: list[Piece] = []
    at = 0
    for mark in sorted(taken, key=lambda m: m.start):
        pieces += [Piece(text[at : mark.start], None), Piece(text[mark.start : mark.end], mark)]
        at = mark.end
    pieces.append(Piece(text[at:], None))
    return tuple(piece for piece in pieces if piece.text)
