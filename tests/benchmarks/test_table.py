"""The bench: what its figures are made of, on sizes that take no time."""

import json
import os
import subprocess
import sys
import time

import pytest

from benchmarks import night, nightpages, table
from benchmarks.pages import read_warc
from benchmarks.record import about_run
from benchmarks.stages import STAGES, invent_pages
from benchmarks.tree import run_measured


def test_a_row_has_the_rates_the_ratio_and_the_growth():
    row = {"stage": "code", "sizes": [100, 1000], "ours": [1.0, 20.0], "theirs": [2.0, 40.0]}
    judged = table._judged({**row, "mb": 10.0, "peak_mb": 300.0}, "a peer", 4.0)
    assert judged["items_per_s"] == 50
    assert judged["mb_per_s"] == 0.5
    assert judged["ratio"] == 2
    assert judged["growth"] == pytest.approx(1.30, abs=0.01)
    assert judged["below_bar"]
    said = table.line(judged)
    assert "below its bar" in said
    assert "grows too fast" in said
    assert len(said.split("a peer")[0]) == len(table.HEADING.split("peer  ")[0])


def test_a_row_without_peer_or_bytes_leaves_them_out():
    row = {"stage": "merge", "sizes": [100, 1000], "ours": [1.0, 10.0], "theirs": [None, None]}
    judged = table._judged({**row, "mb": 0.0, "peak_mb": 1.0}, "", None)
    assert judged["ratio"] is None
    assert not judged["below_bar"]
    assert judged["growth"] == pytest.approx(1)


def test_ours_and_the_peer_take_turns_and_the_first_turn_does_not_count():
    calls = []
    table._seconds(2, lambda: calls.append("ours"), lambda: calls.append("peer"))
    assert calls == ["ours", "peer"] * 3


@pytest.mark.parametrize(
    "name", [n for n in STAGES if n != "code" and "datasketch" not in STAGES[n][2]]
)
def test_every_stage_can_be_run(name):
    make, sizes, peer, _ = STAGES[name]
    assert len(sizes) == 3
    work = make(40, None)
    assert work.items == 40
    work.ours()
    assert (work.peer is None) == (not peer)
    if work.peer:
        work.peer()


def test_pages_of_a_night_are_changed_but_stay_loud_or_quiet(tmp_path):
    source = nightpages.write_archives(tmp_path / "source", invent_pages(30))[0]
    reference = table.RESULTS.parents[1] / "data" / "reference"
    made = list(nightpages.make_pages(source, 200, reference))
    assert len({url for url, _ in made}) == len({page for _, page in made}) == 200
    loud, quiet, _ = nightpages.sort_pages(source)
    assert loud
    assert quiet
    kept = nightpages.write_archives(tmp_path / "night", iter(made), archive_pages=150)
    assert [len(read_warc(path)) for path in kept] == [150, 50]
    assert {**read_warc(kept[0]), **read_warc(kept[1])} == dict(made)
    again = list(nightpages.make_pages(source, 200, reference))
    assert again == made


def test_the_peer_of_a_night_reads_the_first_pages_of_every_archive(tmp_path, monkeypatch):
    pages = [(f"https://a.example/{n}", b"<p>Page %d.</p>" % n) for n in range(60)]
    archives = nightpages.write_archives(tmp_path, iter(pages), archive_pages=30)
    first, second, *more = night.stretches_of(archives[1], 2)
    assert not more
    assert (first.start, first.pages, second.pages) == (0, 10, 10)
    read = []
    extract = lambda page, **_: read.append(page)  # noqa: E731
    monkeypatch.setattr(night.trafilatura, "extract", extract)
    assert night.extract(second) > 0
    assert read == [page for _, page in pages[40:50]]
    assert sum(part.pages for part in night.stretches_of(archives[0], 9)) == 30


def test_the_cost_of_a_command_has_its_children_in_it():
    burn = "import time; t = time.process_time()\nwhile time.process_time() - t < 1: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}]); {burn}"
    started = time.monotonic()
    cost = run_measured([sys.executable, "-c", parent], os.environ)
    assert 2 <= cost.cpu < 10
    assert cost.processes == 2
    assert 1 < cost.peak < 1000
    assert cost.wall <= time.monotonic() - started
    with pytest.raises(subprocess.CalledProcessError):
        run_measured([sys.executable, "-c", "raise SystemExit(1)"], os.environ)


def test_a_result_says_what_it_was_measured_with():
    about = about_run()
    assert about["machine"]["cores"] == os.cpu_count()
    assert len(about["machine"]["load"]) == 3
    assert {"python", "pandas", "pyarrow", "trafilatura"} <= set(about["versions"])


def test_a_result_is_kept_with_every_stage_at_three_sizes():
    kept = sorted(table.RESULTS.glob("????-??-??.json"))
    assert kept, "make bench writes benchmarks/results"
    told = json.loads(kept[-1].read_text())
    assert {"processor", "cores", "memory", "load"} <= set(told["machine"])
    assert {"python", "pandas", "pyarrow", "trafilatura"} <= set(told["versions"])
    stages = {row["stage"] for row in told["stages"]}
    assert {name.strip() for name in STAGES} | {table.PUBLISH} == stages
    for row in told["stages"]:
        assert len(row["sizes"]) == len(row["ours"]) == 3
        assert row["peak_mb"] > 0
        assert (row["ratio"] is None) == (not row["peer"])


def test_the_night_is_kept_too():
    told = json.loads((table.RESULTS / "night.json").read_text())
    for row in told["nights"]:
        assert row["processes"] >= 2
        assert row["cpu_ms_per_page"] > 0
        assert row["peer_cpu_ms_per_page"] > 0
