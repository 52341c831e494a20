"""From a page to the article in it: text, headline, dates, language. By trafilatura, fast.

The look that decides whether a page is worth this stands in `look`; what follows is `normalise`.
The parsers are C and can't be interrupted: run this in a worker process that can be killed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from trafilatura.settings import Document, Extractor

from transforms.charset import as_utf8
from transforms.dates import parse_date
from transforms.errors import PageError
from transforms.language import detect_language
from transforms.look import look_searcher, unfolded, without_hidden
from transforms.markup import most_attributes, plain_text
from transforms.stubs import stub_phrase

MAX_BYTES = 5 * 2**20
MAX_TAGS = 60_000
"""Real news pages have 500 to 5,000 tags; above this trafilatura needs more than two seconds."""
MAX_ATTRIBUTES = 2000
MAX_LINE_CHARACTERS = 400_000
MIN_WORDS = 8

DEFERRED = "deferred"
PASSED_OVER = "passed_over"

_CUT = (
    *("nav", "footer", "aside", "button", "select", "iframe", "svg", "noscript", "template"),
    *("picture", "video", "audio", "canvas", "img", "source", "link", "style", "input"),
)
"""What trafilatura throws away as well, but after copying and searching it several times."""

_BOXES = frozenset(
    {"div", "section", "header", "ul", "ol", "dl", "li", "h2", "h3", "h4", "h5", "h6"}
)
_LINK_SHARE = 0.9
"""A box with at least this share of its text in links leads elsewhere. Tuned in November 2026 on
181 news pages (article-extraction-benchmark): body F1 .958 before, .961 after, in half the time."""

_ELSEWHERE = re.compile(
    r"(?i)(?:^|[\s_-])(?:related|recommend(?:ed|ations?)|most-?(?:read|popular|viewed)|trending"
    r"|also-?read|read-?(?:also|next)|more-?(?:stories|news|on-this|from)|you-?may|outbrain|taboola"
    r"|newsletter|up-?next|popular-?posts)"
)
"""Classes and ids of boxes that say of themselves that they lead to other stories."""
_OPTIONS = Extractor(output_format="python", fast=True, comments=False)
_ELEMENTS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)
"""What lxml.html makes of elements, without asking a table by their names in Python for each."""
_ELSEWHERE_CHARACTERS = 2000
"""A box with more text than this is no pointer, whatever its class."""

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate"),
    *("publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "dc.date.issued"),
    *("dcterms.created", "dc.date", "article.published", "cxenseparse:recs:publishtime"),
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
)
_LD_PUBLISHED = re.compile(rb'"datePublished"\s*:\s*"([^"]{4,40})"')
_LD_UPDATED = re.compile(rb'"dateModified"\s*:\s*"([^"]{4,40})"')
_SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—]{1,40}$")


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page; paragraphs of the text are separated by empty lines.

    `passed_over` is True where only the audit had it read. `raw_ref` is where its bytes lie.
    """

    text: str
    title: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None
    passed_over: bool = False
    raw_ref: str | None = None


@dataclass(frozen=True, slots=True)
class PageProblem:
    """Why a page gives no text, and where its bytes lie.

    `DEFERRED` as reason leaves its entry to a later night; `PASSED_OVER` is no fault of the page.
    """

    reason: str
    detail: str
    raw_ref: str | None = None


@dataclass(frozen=True, slots=True)
class PageItem:
    """One page to read: what a worker process is given.

    Attributes:
        html: the page as it came, content encodings already undone.
        url: its address, or None.
        content_type: value of the Content-Type header, or None.
        time_zone: zone of dates that name none.
        language: ISO 639-1 code of what it should be in; helps where the character set is unclear.
        pattern: the casualty vocabulary, from `look.look_pattern`, or None to read every page.
        audited: True to read it also where no word of the vocabulary is left.
    """

    html: bytes = field(repr=False)
    url: str | None = None
    content_type: str | None = None
    time_zone: str = "UTC"
    language: str | None = None
    pattern: str | None = None
    audited: bool = False


def read_page(item: PageItem) -> Page | None:
    """Take the article out of a page, where it can carry casualties.

    This is the second look: `look.can_carry_casualties` sees the whole page, this one only what is
    left of it without menus and pointers. Nothing is lost that `extract_page` would give.

    Args:
        item: the page.

    Returns:
        None where no word of the vocabulary is left and the page is not audited.

    Raises:
        PageError: `empty`, `text_limits` (too large, too deep) or `no_article` (paywall, consent,
            captcha, not found, or nothing that reads like an article).
    """
    markup = as_utf8(item.html, item.content_type, item.language)
    _check_limits(item.html, markup)
    tree = _parse(without_hidden(markup))
    etree.strip_elements(tree, *_CUT, with_tail=False)
    _cut_elsewhere(tree)
    carries = item.pattern is None or _holds_words(tree, item.pattern)
    if not carries and not item.audited:
        return None
    metas = _metas(tree)
    title = _title(tree, metas)
    published = _dates(metas, _PUBLISHED) + _linked(markup, _LD_PUBLISHED)
    published += [time.get("datetime") for time in tree.iter("time")][:1]
    updated = _dates(metas, _UPDATED) + _linked(markup, _LD_UPDATED)
    body = _article(tree, item.url)
    _check_article(body, title)
    return Page(
        text=body,
        title=title,
        published_at=_first_date(published, item.time_zone),
        updated_at=_first_date(updated, item.time_zone),
        language=detect_language(body),
        passed_over=not carries,
    )


def extract_page(
    html: bytes,
    url: str | None = None,
    *,
    content_type: str | None = None,
    time_zone: str = "UTC",
    language: str | None = None,
) -> Page:
    """Take the article out of a page, whatever it is about.

    Args:
        html: the page as it came, content encodings already undone.
        url: its address, or None.
        content_type: value of the Content-Type header, or None.
        time_zone: zone of dates that name none.
        language: ISO 639-1 code of what it should be in.

    Raises:
        PageError: as `read_page`.
    """
    page = read_page(PageItem(html, url, content_type, time_zone, language))
    if page is None:
        raise PageError("no_article", "passed over without a look")
    return page


def _check_limits(html: bytes, markup: bytes) -> None:
    if not html.strip():
        raise PageError("empty", "the page has no content")
    if len(html) > MAX_BYTES:
        raise PageError("text_limits", f"{len(html)} bytes, at most {MAX_BYTES} are read")
    tags = markup.count(b"<")
    if tags > MAX_TAGS:
        raise PageError("text_limits", f"{tags} tags, at most {MAX_TAGS} are read")


def _parse(markup: bytes) -> lxml_html.HtmlElement:
    attributes = most_attributes(markup.decode("latin-1"))  # no character matters, and this is fast
    if attributes > MAX_ATTRIBUTES:
        raise PageError("text_limits", f"a tag with some {attributes} attributes")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    parser.set_element_class_lookup(_ELEMENTS)
    tree = etree.fromstring(markup, parser) if markup.strip() else None
    if tree is None or not len(tree):
        raise PageError("no_article", "no HTML in the page")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise PageError("text_limits", "elements nested deeper than the parser goes")
    return tree


def _holds_words(tree: lxml_html.HtmlElement, pattern: str) -> bool:
    text = etree.tostring(tree, method="text", encoding="utf-8")
    return look_searcher(pattern.encode()).search(unfolded(text)) is not None


def _article(tree: lxml_html.HtmlElement, url: str | None) -> str:
    """The article's text; the tree is used up."""
    found = trafilatura.bare_extraction(tree, url=url, options=_OPTIONS)
    text = (found.text if isinstance(found, Document) else None) or ""
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())


def _cut_elsewhere(tree: lxml_html.HtmlElement) -> None:
    """Drop the boxes that lead to other stories or are empty, from the innermost outwards."""
    texts: dict[etree._Element, int] = {}
    links: dict[etree._Element, int] = {}
    for element in reversed(list(tree.iter())):
        parent = element.getparent()
        if parent is None:
            break
        text = texts.pop(element, 0) + (len(element.text.strip()) if element.text else 0)
        linked = text if element.tag == "a" else links.pop(element, 0)
        tail = len(element.tail.strip()) if element.tail else 0
        if element.tag in _BOXES and _leads_elsewhere(element, text, linked):
            if tail:
                element.drop_tree()
            else:
                parent.remove(element)
            text = linked = 0
        texts[parent] = texts.get(parent, 0) + text + tail
        links[parent] = links.get(parent, 0) + linked


def _leads_elsewhere(box: lxml_html.HtmlElement, text: int, linked: int) -> bool:
    if linked >= _LINK_SHARE * text:
        return True
    if text > _ELSEWHERE_CHARACTERS:
        return False
    return _ELSEWHERE.search(f"{box.get('class') or ''} {box.get('id') or ''}") is not None


def _check_article(body: str, title: str | None) -> None:
    """Refuse what is not an article, by how little it says and what it says instead."""
    words = len(body.split())
    if words < MIN_WORDS and not _dense(body):
        raise PageError("no_article", f"only {words} words of running text")
    if any(len(line) > MAX_LINE_CHARACTERS for line in body.split("\n")):
        raise PageError("text_limits", f"a line of more than {MAX_LINE_CHARACTERS} characters")
    phrase = stub_phrase(body, title)
    if phrase:
        raise PageError("no_article", f"{words} words of text, and it says {phrase!r}")


def _dense(body: str) -> bool:
    """Scripts without spaces between words say much in few of them."""
    return len(body) > 40 and any(ord(c) >= 0x0E00 for c in body[:100])


def _metas(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Meta names, lower case, to contents; the first of each."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            metas.setdefault(name.lower(), meta.get("content"))
    return metas


def _title(tree: lxml_html.HtmlElement, metas: dict[str, str]) -> str | None:
    heading = next((h for h in tree.iter("title")), None)
    text = metas.get("og:title") or ("" if heading is None else "".join(heading.itertext()))
    return _SITE_NAME.sub("", plain_text(text))[:1000] or None


def _dates(metas: dict[str, str], names: tuple[str, ...]) -> list[str]:
    return [metas[name] for name in names if name in metas]


def _linked(markup: bytes, pattern: re.Pattern[bytes]) -> list[str]:
    """The first value that the page's JSON-LD has for a date."""
    found = pattern.search(markup)
    return [found[1].decode("utf-8", "replace")] if found else []


def _first_date(raws: list[str], time_zone: str) -> datetime | None:
    moments = (parse_date(raw, time_zone) for raw in raws)
    return next((moment.at for moment in moments if moment), None)
