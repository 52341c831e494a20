"""Headline and text to sentences; the article's dateline is taken off the first."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from transforms.coding.model import Document, Sentence
from transforms.coding.text.evened import even_out
from transforms.coding.text.titles import without_site

_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr st gen lt col sgt capt maj cpl pvt gov sen rep rev hon jr sr prof brig adm"
        " cmdr no nos jan feb mar apr jun jul aug sep sept oct nov dec vs etc inc corp ltd co ft"
        " mt dept dist ave blvd ind ill calif fla ga pa va md tex tenn miss ala ariz ark colo conn"
        " del kan ky la mass mich minn mo mont neb nev okla ore wash wis wyo approx est al sq insp"
        " det supt fr insp asst engr comm sta sto brgy"
    ).split()
)
_END = re.compile(
    # begins with one sign of a few, which the search leaps to
    r"[.!?…\n•▪●‣](?:"
    r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]{0,2}[^\W_a-z])"
    r"|(?<=\n)(?:[ \t]*\n\s*)?"
    r"|(?<=[•▪●‣])[ \t]+"
    # paragraphs of a page that were put together without a space ("... police said.The boy was")
    r"|(?<=[a-z]{3}[.!?])[\"”]?(?=[\"“]?[A-Z][a-z’']* )"
    r"|(?<=[a-z]{3}[.!?])[\"”]?[-–—]{1,3} ?(?=[\"“]?[A-Z])"  # where a page had a hard space
    r")"
)
_WORD_BEFORE = re.compile(r"([^\W\d_](?:[^\W_]|\.)*)\.$")
_DATELINE = re.compile(
    r"\s*(?:(?:[A-Z][A-Z'’.\-]+|[A-Z][a-z'’.\-]+)(?:[ ,]+(?:[A-Z][\w'’.\-]*|\d{1,2}))*)?"
    r"(?: ?\([^()\n]{1,40}\))?(?: ?,? ?\d{1,2} [A-Z]{3,9}\.? \d{2,4})?(?: ?\([^()\n]{1,40}\))?"
    r" ?(?:--|—|–| - )\s*(?:\[[A-Z ]{3,30}\] ?){0,3}"
)
_DATELINE_COLON = re.compile(r"\s*[A-Z][A-Z'’.\-]{2,}(?:[ ,]+[A-Z][A-Z'’.\-]+)*:\s+(?=[A-Z“\"])")
_BULLETS = frozenset("•▪●‣")
_LONGEST = 4000  # characters; a longer "sentence" is cut, so that hostile text costs little


def read_document(
    article_id: str,
    version: int,
    title: str | None,
    text: str,
    *,
    report_date: date | None = None,
    publisher: str | None = None,
    publisher_country: str | None = None,
) -> Document:
    """The article as sentences. Offsets count into the headline (ordinal 0) or the text.

    Text with odd white space is evened out first; the document knows where its characters stood.
    """
    text, moved = even_out(text)
    title, title_moved = even_out(title) if title else (title, None)
    sentences: list[Sentence] = []
    site = None
    if title and title.strip():
        headline = without_site(title[:_LONGEST])
        site = title[len(headline) : _LONGEST] or None
        sentences.append(Sentence(0, headline, 0, 0))
    start, dateline = _dateline(text)
    ordinal = 1
    paragraph = 1
    for first, last, breaks in _spans(text, start):
        # a wrapped line goes on; a space is as long as the line end, so offsets hold
        sentences.append(Sentence(ordinal, text[first:last].replace("\n", " "), first, paragraph))
        ordinal += 1
        paragraph += breaks
    return Document(
        article_id, version, tuple(sentences), report_date, publisher, publisher_country, dateline,
        site, (title_moved, moved),
    )  # fmt: skip


def _dateline(text: str) -> tuple[int, str | None]:
    head = text[:160]
    match = _DATELINE.match(head) or _DATELINE_COLON.match(head)
    if match is None or match.end() < 4:
        return 0, None
    words = head[: match.end()].strip(" -—–:[]")
    if not words or len(words.split()) > 12 or not words[0].isupper():
        return 0, None
    return match.end(), words


def _spans(text: str, start: int) -> list[tuple[int, int, bool]]:
    """First and last character of each sentence, and whether a paragraph ends with it."""
    wrapped = _is_wrapped(text)
    spans: list[tuple[int, int, bool]] = []
    begin = start
    for match in _END.finditer(text, start):
        mark = match.group()
        newline = "\n" in mark
        blank = mark.count("\n") > 1
        if mark.strip() in _BULLETS:
            pass
        elif mark[0] == "\n":
            if not blank and wrapped:
                continue
        elif (
            mark[0] == "."
            and (not newline or (wrapped and not blank))
            and _abbreviated(text, match.start())
        ):
            continue
        _add(spans, text, begin, match.end(), newline)
        begin = match.end()
    _add(spans, text, begin, len(text), True)
    return spans


def _add(spans: list[tuple[int, int, bool]], text: str, begin: int, end: int, breaks: bool) -> None:
    piece = text[begin:end].rstrip()
    end = begin + len(piece)
    begin = end - len(piece.lstrip())
    while end - begin > _LONGEST:
        cut = text.rfind(" ", begin, begin + _LONGEST)
        cut = cut if cut > begin else begin + _LONGEST
        spans.append((begin, cut, False))
        begin = cut
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        spans.append((begin, end, breaks))


def _abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at an offset belongs to an abbreviation or an initial."""
    word = text[max(0, stop - 12) : stop].rpartition(" ")[2]
    if not word.isalpha():
        match = _WORD_BEFORE.search(text, max(0, stop - 12), stop + 1)
        if match is None:
            return False
        word = match.group(1)
    if len(word) == 1:
        return word.isupper()
    if "." in word:
        return len(word) <= 4 and not text[stop + 1 : stop + 3].strip(" \n\"'”").startswith(
            ("The", "In")
        )
    return word.lower() in _ABBREVIATIONS and not (word.isupper() and len(word) > 3)


def _is_wrapped(text: str) -> bool:
    """Whether single line ends are only the wrapping of paragraphs, not ends of sentences.

    That is so where lines end where their next word had no room, or amid a sentence; else each is a
    headline or an item of a list.
    """
    beginning = text[:6000]
    if "\n" not in beginning:
        return False
    width = max(len(line) for line in beginning.split("\n"))
    if width >= _WIDEST:
        return False
    full = amid = breaks = open_ends = 0
    for paragraph in re.split(r"\n[ \t]*\n", beginning):
        for line, following in pairwise(paragraph.strip().split("\n")):
            word = following.split(maxsplit=1)[0] if following.strip() else ""
            breaks += 1
            open_ends += not line.rstrip().endswith((".", "!", "?", '"', "”", ":", "'", "’"))
            amid += word[:1].islower()
            full += len(line.rstrip()) + 1 + len(word) > max(width * _FULL, _NARROW)
    return breaks >= _FEW and open_ends * 2 > breaks and max(full, amid) * 2 > breaks


_FEW = 2
"""Line ends inside paragraphs; fewer say nothing about how a text is set."""
_WIDEST = 110
"""Characters of lines; wider ones are paragraphs."""
_NARROW = 45
"""Characters below which nobody wraps lines of prose in capitals or headlines."""

_FULL = 0.9
"""Share of the widest line from which a line with its next word is full."""
