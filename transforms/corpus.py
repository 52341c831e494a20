"""A user's own corpus: lines of JSON become articles and texts. First stage of `code`.

Titles and texts are taken as they are, so that the offsets of claims hold in the user's own text;
only what no file can hold (half of a surrogate pair) is replaced, character by character.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from transforms.dates import parse_date
from transforms.errors import LineError
from transforms.identity import hash_id
from transforms.language import detect_language
from transforms.normalise import MAX_TEXT_CHARACTERS
from transforms.schema import frame_of
from transforms.urls import canonical_url

MAX_LINE_BYTES = 16 * 2**20
"""A longer line is no article, whatever fields of the user's own it carries."""

MAX_ID_CHARACTERS = 1024

_UNWRITTEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
"""Space, control characters and marks that print nothing: a text of these alone says nothing."""

_TEXT_COLUMNS = {"article_id": "str", "version": "Int32", "text": "str"}
_STRINGS = ("title", "text", "published_at", "url", "publisher")


@dataclass(frozen=True, slots=True)
class Corpus:
    """What some lines held.

    Attributes:
        articles: table articles, one row per line that could be read.
        texts: article_id, version, text; rows as in `articles`.
        rejects: table rejects, one row per line that could not.
        undated: for articles whose published_at is no date that can be read, line and text.
    """

    articles: pd.DataFrame
    texts: pd.DataFrame
    rejects: pd.DataFrame
    undated: tuple[str, ...] = ()


def read_corpus(
    lines: Iterable[tuple[int, bytes]], *, run_id: str, known: Collection[str]
) -> Corpus:
    """Read lines of the form {"id", "title", "text", "published_at", "url", "publisher"}.

    Only a title or a text is needed, and an id or a url to know the article by; other fields are
    ignored. Blank lines are passed over.

    Args:
        lines: number and bytes of each line.
        run_id: names the run in the rejects.
        known: ids read before; an id that comes again is rejected.

    Returns:
        Articles, texts and rejects; every line that is not blank is in articles or in rejects.
    """
    articles: list[dict[str, Any]] = []
    texts: list[tuple[str, int, str]] = []
    rejects: list[dict[str, Any]] = []
    undated: list[str] = []
    seen = set(known)
    for number, line in lines:
        if not line.strip():
            continue
        try:
            article, text, date_text = _read_line(line, seen)
        except LineError as problem:
            rejects.append(
                {
                    "run_id": run_id,
                    "reject_id": hash_id(run_id, "line", number),
                    "stage": "parse",
                    "reason": problem.reason,
                    "detail": f"line {number}: {problem.detail}",
                    "raw_ref": f"line {number}",
                }
            )
            continue
        seen.add(article["article_id"])
        articles.append({**article, "run_id": run_id})
        texts.append((article["article_id"], 1, text))
        if date_text and article["published_at"] is None:
            undated.append(f"line {number}: {date_text[:60]!r}")
    return Corpus(
        articles=frame_of("articles", articles),
        texts=pd.DataFrame(texts, columns=list(_TEXT_COLUMNS)).astype(_TEXT_COLUMNS),
        rejects=frame_of("rejects", rejects),
        undated=tuple(undated),
    )


def _read_line(line: bytes, seen: Collection[str]) -> tuple[dict[str, Any], str, str | None]:
    """Article, text, and the words of its date."""
    given = _parse(line)
    for name in _STRINGS:
        if not isinstance(given.get(name), str | None):
            raise LineError("wrong_type", f"{name} is no string")
    title, text, url = (_storable(given.get(name)) for name in ("title", "text", "url"))
    written = _UNWRITTEN.sub("", (title or "")[:MAX_TEXT_CHARACTERS]) or _UNWRITTEN.sub(
        "", (text or "")[:MAX_TEXT_CHARACTERS]
    )
    if not written:
        raise LineError("no_text", "title and text are empty, or hold nothing that can be read")
    characters = len(title or "") + len(text or "")
    if characters > MAX_TEXT_CHARACTERS:
        detail = f"{characters} characters, at most {MAX_TEXT_CHARACTERS} are read"
        raise LineError("text_limits", detail)
    canonical = canonical_url(url)
    article_id = _article_id(given.get("id"), canonical)
    if article_id in seen:
        raise LineError("repeated_id", f"id {article_id!r} stands on an earlier line")
    moment = parse_date(given.get("published_at"))
    article = {
        "article_id": article_id,
        "version": 1,
        "publisher": _storable(given.get("publisher")),
        "url": url,
        "canonical_url": canonical,
        "title": title,
        "language": detect_language(f"{title or ''}\n{text or ''}"),
        "published_at": moment.at if moment else None,
        "report_date": moment.local_day if moment else None,
        "published_at_source": "given" if moment else None,
        "word_count": len((text or "").split()),
        "text_sha256": hashlib.sha256(f"{title or ''}\n{text or ''}".encode()).hexdigest(),
    }
    return article, text or "", given.get("published_at")


def _parse(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE_BYTES:
        raise LineError("text_limits", f"a line of more than {MAX_LINE_BYTES} bytes")
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError("not_json", str(error)) from error
    if not isinstance(given, dict):
        raise LineError("not_an_object", f"a JSON {type(given).__name__}")
    return given


def _article_id(given: object, canonical: str | None) -> str:
    if isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip():
        if len(str(given)) > MAX_ID_CHARACTERS:
            raise LineError("text_limits", f"an id of {len(str(given))} characters")
        return _storable(str(given)) or ""
    if given is not None and given != "":
        raise LineError("wrong_type", "id is no string and no whole number")
    if canonical is None:
        raise LineError("no_id", "neither id nor url")
    return hash_id(canonical)


def _storable(text: str | None) -> str | None:
    return (
        None if text is None else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )
