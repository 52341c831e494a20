"""The whole chain on one screen, from the entries of feeds to checked tables.

`build` takes the same steps shard by shard and keeps what each gave; `run_chain` takes them at
once, in memory. A test holds that both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from transforms.checks import check_tables
from transforms.coding.code import code_articles
from transforms.coding.knowledge import Knowledge
from transforms.corrections import Correction
from transforms.deduplicate import deduplicate_articles
from transforms.history import relate
from transforms.mentions import read_mentions
from transforms.normalise import Normalised
from transforms.schema import cast_frame, empty_frame
from transforms.versions import KNOWN_COLUMNS, assign_versions

Tables = dict[str, pd.DataFrame]


def run_chain(
    normalised: Normalised,
    knowledge: Knowledge,
    *,
    rule: str,
    corrections: Sequence[Correction] = (),
    countries: dict[str, str] | None = None,
) -> Tables:
    """From normalised entries to events.

    Args:
        normalised: what `normalise` made of the entries of all nights.
        knowledge: what the coder knows.
        rule: name of the rule of settlement.
        corrections: what people have put right.
        countries: feed_id to the ISO 3166-1 alpha-3 code of its publisher's country.

    Returns:
        articles, claims, attributions, reports, links, events, tolls and rejects.

    Raises:
        CheckError: the tables break a rule that holds for every release.
        CorrectionError: a correction matches nothing.
    """
    known = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in KNOWN_COLUMNS.items()})
    versions = assign_versions(normalised.articles, normalised.texts, known)
    articles = deduplicate_articles(versions.articles, versions.texts)
    coded = code_articles(articles, versions.texts, knowledge, countries=countries).tables()
    rejects = join_frames([{"rejects": normalised.rejects}, coded], ["rejects"])
    told = articles[articles["article_id"].isin(coded["reports"]["article_id"])]
    coded["mentions"] = read_mentions(told, versions.texts)
    tables, _ = relate({**coded, "articles": articles}, rule=rule, corrections=corrections)
    check_tables(tables, texts=versions.texts)
    return {**tables, **rejects}


def join_frames(parts: Iterable[Mapping[str, pd.DataFrame]], names: Iterable[str]) -> Tables:
    """The tables of several batches as one, in the order of the batches.

    Args:
        parts: tables by name, one mapping per batch; a batch may lack a table.
        names: the tables wanted.

    Returns:
        Each table once; empty, with its columns, where no batch had rows.
    """
    listed = list(parts)
    joined: Tables = {}
    for name in names:
        frames = [part[name] for part in listed if name in part and len(part[name])]
        joined[name] = (
            cast_frame(name, pd.concat(frames, ignore_index=True)) if frames else empty_frame(name)
        )
    return joined
