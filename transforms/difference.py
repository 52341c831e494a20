"""What changed from one release to another: events by event, the other tables by counts.

An event keeps its id when its facts change, so most events meet by id. A new version of the coder
may give new ids; those that are left meet by the articles that they share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from transforms.schema import TABLES

Tables = Mapping[str, pd.DataFrame]

CHANGES = ("same", "changed", "renamed", "added", "removed")
PAIRS = ("change", "old_event_id", "new_event_id", "shared_articles")
CELLS = ("old_event_id", "new_event_id", "column", "before", "after")
COUNTS = ("table", "old", "new", "added", "removed", "changed")


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two releases.

    Attributes:
        pairs: one row per event of either release: `change` (one of `CHANGES`), `old_event_id`,
            `new_event_id`, `shared_articles`. An event that was split or joined by a new coder has
            one `renamed` row, with the event that shares most articles; the others are `added` or
            `removed`.
        cells: one row per event of both releases and column that differs: the ids, `column`,
            `before` and `after` as text, null where the value was or is unknown.
        counts: one row per table: `old` and `new` rows, and by key rows `added`, `removed` and
            `changed`.
    """

    pairs: pd.DataFrame
    cells: pd.DataFrame
    counts: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether the releases hold the same rows."""
        moved = self.counts[["added", "removed", "changed"]].to_numpy().sum()
        return int(moved) == 0


def compare_releases(old: Tables, new: Tables) -> Difference:
    """Compare the tables of two releases.

    Args:
        old: tables of the earlier release, by name. Tables that one of them lacks are left out.
        new: tables of the later release.
    """
    both = [table for table in TABLES if table in old and table in new]
    pairs = _pair_events(old, new)
    cells = _list_cells(old["events"], new["events"], pairs)
    differing = set(zip(cells["old_event_id"], cells["new_event_id"], strict=True))
    known = list(zip(pairs["old_event_id"], pairs["new_event_id"], strict=True))
    changed = pd.Series([pair in differing for pair in known], index=pairs.index, dtype=bool)
    pairs["change"] = pairs["change"].mask((pairs["change"] == "same") & changed, "changed")
    counts = pd.DataFrame([_count(t, old[t], new[t]) for t in both], columns=list(COUNTS))
    return Difference(pairs, cells, counts)


def _pair_events(old: Tables, new: Tables) -> pd.DataFrame:
    before, after = set(old["events"]["event_id"]), set(new["events"]["event_id"])
    by_id = [("same", event, event) for event in sorted(before & after)]
    shared = _shared_articles(old["reports"], new["reports"])
    renamed = _meet(shared, before - after, after - before)
    gone = sorted(before - after - {left for _, left, _ in renamed})
    come = sorted(after - before - {right for _, _, right in renamed})
    rows = [
        *by_id,
        *renamed,
        *(("added", None, event) for event in come),
        *(("removed", event, None) for event in gone),
    ]
    return pd.DataFrame(
        {
            "change": pd.array([r[0] for r in rows], dtype="str"),
            "old_event_id": pd.array([r[1] for r in rows], dtype="str"),
            "new_event_id": pd.array([r[2] for r in rows], dtype="str"),
            "shared_articles": pd.array([shared.get(r[1:], 0) for r in rows], dtype="Int32"),
        }
    )


def _shared_articles(old: pd.DataFrame, new: pd.DataFrame) -> dict[tuple[str, str], int]:
    """How many articles report both events, by old and new id."""
    columns = ["event_id", "article_id"]
    before, after = (t[columns].dropna().drop_duplicates() for t in (old, new))
    met = before.merge(after, on="article_id", suffixes=("_old", "_new"), validate="many_to_many")
    counts = met[["event_id_old", "event_id_new"]].value_counts().reset_index(name="shared")
    pairs = zip(counts["event_id_old"], counts["event_id_new"], strict=True)
    return dict(zip(pairs, counts["shared"].astype(int), strict=True))


def _meet(
    shared: Mapping[tuple[str, str], int], old: set[str], new: set[str]
) -> list[tuple[str, str, str]]:
    """Pairs of unmet events, those with most articles in common first, each event once."""
    left, right = set(old), set(new)
    met = []
    for (before, after), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if before in left and after in right:
            met.append(("renamed", before, after))
            left.remove(before)
            right.remove(after)
    return sorted(met)


def _list_cells(old: pd.DataFrame, new: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    kept = pairs.dropna(subset=["old_event_id", "new_event_id"])
    before = _as_text(old).set_index("event_id").reindex(kept["old_event_id"])
    after = _as_text(new).set_index("event_id").reindex(kept["new_event_id"])
    parts = []
    for column in (name for name in TABLES["events"].names if name != "event_id"):
        if column not in before or column not in after:
            continue
        was, now = before[column].to_numpy(object), after[column].to_numpy(object)
        differs = was != now
        parts.append(
            pd.DataFrame(
                {
                    "old_event_id": kept["old_event_id"].to_numpy(object)[differs],
                    "new_event_id": kept["new_event_id"].to_numpy(object)[differs],
                    "column": column,
                    "before": was[differs],
                    "after": now[differs],
                }
            )
        )
    cells = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(CELLS))
    return cells.astype("str").sort_values(list(CELLS[:3]), ignore_index=True)


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every value as text, every null as None, lists in order."""
    return pd.DataFrame({name: _text_column(frame[name]) for name in frame}, index=frame.index)


def _text_column(column: pd.Series) -> pd.Series:
    if column.dtype == object:
        texts = [None if value is None else ", ".join(sorted(value)) for value in column]
        return pd.Series(texts, index=column.index, dtype=object)
    if pd.api.types.is_datetime64_dtype(column.dtype):
        column = column.dt.strftime("%Y-%m-%d")
    text = column.astype("str").astype(object)
    return text.where(column.notna(), None)


def _count(table: str, old: pd.DataFrame, new: pd.DataFrame) -> dict[str, object]:
    key = list(TABLES[table].key)
    columns = [name for name in TABLES[table].names if name in old and name in new]
    before, after = (_hash_rows(frame[columns], key) for frame in (old, new))
    both = before.index.intersection(after.index)
    changed = (before.loc[both].to_numpy() != after.loc[both].to_numpy()).sum()
    return {
        "table": table,
        "old": len(old),
        "new": len(new),
        "added": len(after) - len(both),
        "removed": len(before) - len(both),
        "changed": int(changed),
    }


def _hash_rows(frame: pd.DataFrame, key: list[str]) -> pd.Series:
    """A hash of each row's values, by the row's key."""
    text = _as_text(frame)
    index = pd.MultiIndex.from_frame(text[key])
    return pd.Series(pd.util.hash_pandas_object(text, index=False).to_numpy(), index=index)
