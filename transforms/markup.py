"""HTML to plain text, with the paragraphs kept: for what feeds carry.

Whole pages go through `transforms/pages.py`, which also has to find the article in them.
"""

from __future__ import annotations

import re
from html import unescape

from lxml import etree


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words(
    "p div section article header footer main aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr"
    " blockquote pre figure figcaption hr form fieldset address center"
)
_SKIPPED = _words("script style template noscript iframe object embed svg math head")
_CELLS = frozenset({"td", "th"})
_KNOWN = (
    "a|abbr|article|b|big|blockquote|br|center|cite|code|div|em|figure|font|h[1-6]|hr|i|iframe|img|li"
    "|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|tr|u|ul"
)
_TAG = re.compile(rf"(?i)</?(?:{_KNOWN})(?:\s[^<>]*|\s*/)?>")
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[nm]dash|hellip|shy"
    r"|laquo|raquo|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)|[a-zA-Z]{2}lig);"
)
_ANY_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*>")
_ODD_SPACE = re.compile(r"[^\S\n ]")
_SPACES = re.compile(" {2,}")
_WRITTEN_BREAK = re.compile(
    r"(?i)<(?:pre|plaintext|xmp|listing|textarea)|&NewLine|&#(?:0*1[03](?!\d)|x0*[ad](?![\da-f]))"
)
"""Where a line break may be more than white space of the source."""


MAX_TAGS = 20_000
MAX_ATTRIBUTES = 1000
"""A fragment with more is stripped of its tags without being parsed. libxml2 takes time that grows
with the square of the attributes of one tag: 200,000 of them cost 160 s in November 2026."""
_LONG_TAG_CHARACTERS = 4000
_LONG_TAG = re.compile(rf"<[^!?<>][^<>]{{{_LONG_TAG_CHARACTERS},}}")


def most_attributes(markup: str) -> int:
    """About how many attributes the richest tag has; 0 where no tag is long enough to matter."""
    at = 0
    while len(markup) - at > _LONG_TAG_CHARACTERS:  # almost every document is left at its end
        last = markup.rfind("<", at, at + _LONG_TAG_CHARACTERS)
        if last < 0:
            break
        at = last + 1
    else:
        return 0
    return max((tag[0].count("=") for tag in _LONG_TAG.finditer(markup)), default=0)


def has_markup(text: str) -> bool:
    """Whether known HTML tags or character references stand in the text."""
    return ("<" in text and _TAG.search(text) is not None) or (
        "&" in text and _ENTITY.search(text) is not None
    )


def html_to_text(html: str) -> str:
    """The text of an HTML fragment.

    Args:
        html: a fragment; may be broken.

    Returns:
        Plain text: paragraphs are separated by an empty line, `<br>` gives a line break. Text that
        was escaped twice is decoded once more, where the markup that appears proves it.
    """
    text = _decoded(html)
    if "<" not in html and has_markup(text):
        text = _decoded(text)
    return text


def plain_text(value: str) -> str:
    """The text of a title, or of a field that may or may not hold HTML, in one line.

    Args:
        value: what stood in the field, after its XML or JSON was decoded.
    """
    text = html_to_text(value) if has_markup(value) else value
    return " ".join(text.split())


def tidy_text(text: str, *, plain: bool = False) -> str:
    """White space in order: single spaces and line breaks, empty lines between paragraphs.

    Args:
        text: any text.
        plain: True where it is known to be what `is_plain` asks.
    """
    # most texts are in order already, and the checks cost a tenth of the substitutions
    if not plain and not is_plain(text):
        text = _ODD_SPACE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "  " in text:
        text = _SPACES.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = "\n".join([line.strip(" ") for line in text.split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


def is_plain(text: str) -> bool:
    """Whether the text has no white space or invisible character but spaces and line breaks."""
    return text.replace("\n", "").isprintable()


def _decoded(html: str) -> str:
    if "<" not in html:
        return tidy_text(unescape(html) if "&" in html else html)
    if html.count("<") > MAX_TAGS or most_attributes(html) > MAX_ATTRIBUTES:
        return _stripped(html)
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    breaks = _WRITTEN_BREAK.search(html) is not None
    flat = html if breaks else _flat(html, keep=False)
    document = f"<html><body>{flat}</body></html>".encode("utf-8", "replace")
    root = etree.fromstring(document, parser)
    if root is None or any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # nested deeper than libxml2 goes: what it gave up on would be lost
        return _stripped(html)
    return tidy_text("".join(_pieces(root)) if breaks else _text_of(root))


def _stripped(html: str) -> str:
    return tidy_text(unescape(_ANY_TAG.sub(" ", html)))


def _text_of(root: etree._Element) -> str:
    """What `_pieces` gives of a source without line breaks, by libxml2 in one go.

    The breaks are written into the tree, which is used up.
    """
    for element in root.iter(*_SKIPPED):
        del element[:]
        element.text = None
    for element in root.iter(*_BLOCKS):
        element.text = "\n\n" + (element.text or "").lstrip(" ")
        element.tail = "\n\n" + (element.tail or "").lstrip(" ")
    for element in root.iter("br"):
        element.tail = f"\n{element.text or ''}{element.tail or ''}"
    for element in root.iter(*_CELLS):
        element.tail = " " + (element.tail or "")
    text: str = etree.tostring(root, method="text", encoding="unicode", with_tail=False)
    return text


def _pieces(root: etree._Element) -> list[str]:
    """Texts and breaks in document order; line breaks of the source are mere white space."""
    pieces: list[str] = []
    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if skipping is None and tag in _SKIPPED:
                skipping = element
            if skipping is None:
                pieces.append("\n\n" if tag in _BLOCKS else "\n" if tag == "br" else "")
                pieces.append(_flat(element.text, keep=tag == "pre"))
            continue
        if skipping is element:
            skipping = None
        elif skipping is None:
            pieces.append("\n\n" if tag in _BLOCKS else " " if tag in _CELLS else "")
        if skipping is None:
            pieces.append(_flat(element.tail, keep=False))
    return pieces


def _flat(text: str | None, *, keep: bool) -> str:
    if not text:
        return ""
    return text if keep else text.replace("\n", " ").replace("\r", " ")
