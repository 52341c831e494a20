"""The merge that is kept between builds: whether it fits, and that it changes nothing."""

import pandas as pd
import pytest

from flows.building.merging import keep_merge, load_merge
from flows.building.publishing import open_bench
from flows.building.shards import CODED, MERGED, Bench, forget_shards, keep_normalised
from flows.building.tables import gather_articles, gather_coded
from flows.rawstore import iter_shards
from transforms.errors import CorrectionError
from transforms.history import relate
from transforms.schema import TABLES


class Store:
    """The three nights of the main job as batches, with a cache of their own for the merge."""

    def __init__(self, demo, folder):
        self.bench = open_bench(demo.settings)
        self.kept = Bench(self.bench.reference, folder, self.bench.version)
        self.shards = iter_shards(demo.settings.paths.raw)
        self.keys = [keep_normalised(shard, self.bench) for shard in self.shards]

    def gather(self, nights):
        chosen = [n for n, shard in enumerate(self.shards) if shard.night in nights]
        shards, keys = [self.shards[n] for n in chosen], [self.keys[n] for n in chosen]
        return gather_articles(shards, keys, self.bench)

    def build(self, nights, *, keep=True):
        """The tables of some nights, from whatever merge is kept; and how many were touched."""
        gathered = self.gather(nights)
        if any(not self.bench.open_cache().has(CODED, name) for name in gathered.originals):
            return None
        previous = load_merge(gathered.originals, self.kept) if keep else None
        tables, merged = relate(gather_coded(gathered, self.bench), previous=previous)
        if keep:
            keep_merge(merged.state, gathered.originals, self.kept)
        return tables, len(merged.touched)


@pytest.fixture
def store(demo, tmp_path):
    return Store(demo, tmp_path / "kept")


def same(tables, others):
    for name in ("articles", "claims", "reports", "events", "tolls", "links"):
        key = list(TABLES[name].key)
        ours, theirs = (t[name].sort_values(key, ignore_index=True) for t in (tables, others))
        pd.testing.assert_frame_equal(ours, theirs)


WITHDRAW = """[[correction]]
action = "withdraw"
event = "{event}"
reason = "the outlet retracted the story"
evidence = "{evidence}"
date = 2026-11-18
"""


@pytest.mark.parametrize(
    ("corrections", "message"),
    [
        (["nowhere"], r"line 1: withdraw nowhere: there is no event nowhere"),
        (["{known}", "{known}"], r"line 1: withdraw \w+: contradicts line 7"),
        (["{known}", "an eye-witness"], r"line 7: evidence must be an address"),
    ],
    ids=["matches nothing", "contradicts", "no evidence"],
)
def test_a_bad_correction_ends_the_build_before_anything_is_published(
    demo, tmp_path, corrections, message
):
    from flows.build import build

    living = demo.tables()["events"].query("status == 'active'")["event_id"].iloc[0]
    bodies = [
        WITHDRAW.format(event=f"e{number}", evidence=said)
        if " " in said
        else WITHDRAW.format(event=said, evidence="https://herald.example/retraction")
        for number, said in enumerate(one.format(known=living) for one in corrections)
    ]
    path = tmp_path / "corrections.toml"
    path.write_text("".join(bodies))
    paths = demo.settings.paths.model_copy(update={"corrections": str(path)})
    before = demo.releases(), (demo.published / "current.json").read_bytes()
    with pytest.raises(CorrectionError, match=message):
        build(demo.settings.model_copy(update={"paths": paths}))
    assert (demo.releases(), (demo.published / "current.json").read_bytes()) == before


def nights_of(store):
    return sorted({shard.night for shard in store.shards})


def test_night_after_night_gives_what_all_at_once_gives(store, caplog):
    caplog.set_level("INFO")
    nights = nights_of(store)
    whole, everything = store.build(nights, keep=False)
    touched = [store.build(nights[: n + 1])[1] for n in range(len(nights))]
    assert caplog.text.count("merging in full") == 1
    assert touched[-1] < everything
    tables, none = store.build(nights)
    assert none == 0
    same(tables, whole)


def test_whatever_was_built_before_the_outcome_is_the_same(store):
    nights = nights_of(store)
    expected = {}
    for count in range(1, len(nights) + 1):
        expected[count] = store.build(nights[:count], keep=False)[0]
    for order in [(1, 3, 2), (2, 1, 3)]:
        store.kept.open_cache().forget_stage(MERGED)
        for count in order:
            same(store.build(nights[:count])[0], expected[count])


def test_a_merge_that_knows_more_than_the_build_is_not_used(store, caplog):
    caplog.set_level("INFO")
    nights = nights_of(store)
    store.build(nights)
    caplog.clear()
    tables, _ = store.build(nights[:1])
    assert "batches that are not, or not so, in this build: merging in full" in caplog.text
    same(tables, store.build(nights[:1], keep=False)[0])


def test_a_merge_of_other_code_is_not_seen(store, caplog):
    nights = nights_of(store)
    store.build(nights)
    store.kept = Bench(store.kept.reference, store.kept.cache, "another")
    caplog.set_level("INFO")
    assert load_merge(store.gather(nights).originals, store.kept) is None
    assert "no merge is kept under this code and reference data" in caplog.text


def test_a_damaged_merge_is_made_again(store, caplog):
    nights = nights_of(store)
    expected, _ = store.build(nights)
    folder = next((store.kept.cache / store.kept.version / MERGED).iterdir())
    (folder / "scored.arrow").unlink()
    tables, _ = store.build(nights)
    assert "the kept merge lacks 'scored'" in caplog.text
    same(tables, expected)
    (folder / "known.arrow").write_bytes(b"no arrow file")
    same(store.build(nights)[0], expected)


def test_to_read_shards_again_forgets_the_merge(store):
    nights = nights_of(store)
    store.build(nights)
    forget_shards([], store.kept)
    assert load_merge(store.gather(nights).originals, store.kept) is None
