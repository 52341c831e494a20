"""Lines that a publisher puts into an article and that are not part of it.

A pointer to another story names other casualties, and would be read as news of this one. Only whole
paragraphs go, and only those that announce themselves; the list grew from the feeds and pages seen
until November 2026.
"""

from __future__ import annotations

import re

MAX_POINTER_CHARACTERS = 300
"""A longer paragraph that starts like a pointer is more likely text."""

_POINTER = re.compile(
    r"""(?ix) ^ [\W_]* (?:
        (?: also\ read | read\ also | read\ more | see\ also | read\ next | more\ on\ this
          | watch\ also | recommended | recommended\ stories | related | more\ stories | most\ read
          | related\ (?: stories | articles | news | posts | coverage ) | trending
          | don['’]t\ miss | you\ may\ also\ like | editor['’]?s?\ picks? | further\ reading
          | lire\ aussi | à\ lire\ aussi | lire\ également | sur\ le\ même\ sujet
          | lea\ también | lee\ también | le\ puede\ interesar | te\ puede\ interesar | lea\ además
          | ver\ también | más\ información
          | leia\ também | leia\ mais | veja\ também | saiba\ mais
          | leggi\ anche | lesen\ sie\ auch | mehr\ zum\ thema | lees\ ook
          | читайте\ также | читати\ також | читайте\ також | по\ теме
          | اقرأ\ أيضا | اقرأ\ أيضًا | إقرأ\ أيضا | بیشتر\ بخوانید | مزید\ پڑھیں
          | baca\ juga | ayrıca\ okuyun | soma\ zaidi
        ) \s* (?: [:\-–—|>»…] | $ )
      | the\ post\ .{1,250}\ (?: appeared\ first\ on | first\ appeared\ on )\ .{1,80} $
      | l['’]article\ .{1,250}\ est\ apparu\ en\ premier\ sur\ .{1,80} $
      | la\ entrada\ .{1,250}\ se\ publicó\ primero\ en\ .{1,80} $
      | o\ post\ .{1,250}\ apareceu\ primeiro\ em\ .{1,80} $
      | (?: continue\ reading | read\ the\ full\ (?: story | article ) | click\ here\ to
          | subscribe\ to | sign\ up\ (?: for | to ) | follow\ us\ on | support\ our\ journalism
          | download\ our\ app | advertisement \s* $ | sponsored \s* $ | \[?read\ full ) .*
    )"""
)


_FIRST_WORD = re.compile(r"[\W_]*(\w+)")
_FIRST_WORDS = frozenset(
    [
        *("also", "read", "see", "more", "watch", "recommended", "related", "most", "trending"),
        *("don", "you", "editor", "editors", "further", "the", "continue", "click", "subscribe"),
        *("sign", "follow", "support", "download", "advertisement", "sponsored"),
        *("lire", "à", "sur", "l", "lea", "lee", "le", "te", "ver", "más", "la", "leia", "veja"),
        *(
            "saiba",
            "o",
            "leggi",
            "lesen",
            "mehr",
            "lees",
            "читайте",
            "читати",
            "по",
            "اقرأ",
            "إقرأ",
        ),
        *("بیشتر", "مزید", "baca", "ayrıca", "soma"),
    ]
)
"""The first words of all that `_POINTER` knows: looked at first, for that is ten times faster."""


def without_pointers(text: str) -> str:
    """The text without paragraphs that only lead elsewhere.

    Args:
        text: paragraphs separated by empty lines, as `markup.tidy_text` leaves them.
    """
    paragraphs = text.split("\n\n")
    kept = [p for p in paragraphs if not _is_pointer(p)]
    return text if len(kept) == len(paragraphs) else "\n\n".join(kept)


def without_headline(text: str, title: str | None) -> str:
    """The text without a first paragraph that only repeats the headline."""
    first, _, rest = text.partition("\n\n")
    same = title is not None and " ".join(first.split()).casefold() == title.casefold()
    return rest if same and rest else text


def _is_pointer(paragraph: str) -> bool:
    if len(paragraph) > MAX_POINTER_CHARACTERS:
        return False
    first = _FIRST_WORD.match(paragraph)
    if first is None or first[1].casefold() not in _FIRST_WORDS:
        return False
    return _POINTER.match(paragraph) is not None
