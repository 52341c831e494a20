import json

import pyarrow.parquet as pq
import pytest

from flows.places import build_places
from flows.reference import load_gazetteer
from transforms.errors import ReferenceDataError

COUNTRY = {
    "PE": {
        "geonameid": 3932488, "name": "Peru", "iso": "PE", "iso3": "PER",
        "capital": "Lima", "population": 31989256,
    }
}  # fmt: skip
CITY = {
    "3936456": {
        "geonameid": 3936456, "name": "Lima", "latitude": -12.04, "longitude": -77.03,
        "countrycode": "PE", "population": 7737002, "admin1code": "LMA",
        "alternatenames": ["Lima", "Ciudad de los Reyes", "LIM", "lima", "Лима"],
    }
}  # fmt: skip


def dump_line(**values):
    order = (
        *("id", "name", "ascii", "names", "lat", "lon", "class", "code", "cc", "cc2", "a1", "a2"),
        *("a3", "a4", "people", "elevation", "dem", "zone", "day"),
    )
    return "\t".join(str(values.get(key, "")) for key in order) + "\n"


@pytest.fixture
def packed(tmp_path):
    source = tmp_path / "packed"
    source.mkdir()
    (source / "countries.json").write_text(json.dumps(COUNTRY))
    (source / "cities1000.json").write_text(json.dumps(CITY))
    (source / "admin1.json").write_text(json.dumps([{"code": "PE.LMA", "name": "Lima Province"}]))
    (source / "admin2.json").write_text("[]")
    (source / "subdivisions.tsv").write_text(
        "X\tPE-LMA\tPE.LMA\t3936452\tProvince\tProvincia de Lima|Metropolitan Lima\t1\t\t1\n"
    )
    return source


@pytest.fixture
def dump(tmp_path):
    source = tmp_path / "dump"
    source.mkdir()
    info = ["PE", "PER", "604", "PE", "Peru", "Lima", "1", "31989256", *[""] * 8, "3932488"]
    (source / "countryInfo.txt").write_text("# comment\n" + "\t".join(info) + "\n")
    (source / "admin1CodesASCII.txt").write_text("PE.LMA\tLima Province\tLima Province\t3936452\n")
    common = {"class": "P", "cc": "PE", "a1": "LMA"}
    lines = [
        dump_line(id=3936456, name="Lima", ascii="Lima", names="Ciudad de los Reyes",
                  lat=-12.04, lon=-77.03, code="PPLC", people=7737002, **common),
        dump_line(id=1, name="Hamlet", lat=-12.1, lon=-77.1, code="PPL", people=80, **common),
        dump_line(id=2, name="Seatville", lat=-12.2, lon=-77.2, code="PPLA3", **common),
        dump_line(id=3, name="Some River", lat=-12.3, lon=-77.3, cc="PE", a1="LMA", code="STM")
        .replace("\t\tSTM", "\tH\tSTM"),
    ]  # fmt: skip
    (source / "allCountries.txt").write_text("".join(lines))
    return source


@pytest.mark.parametrize("kind", ["packed", "dump"])
def test_both_kinds_of_source_give_the_same_places(kind, request, tmp_path):
    counts = build_places(request.getfixturevalue(kind), tmp_path / "out")
    places = pq.read_table(tmp_path / "out" / "places.parquet").to_pylist()
    by_name = {row["name"]: row for row in places if row["kind"] == 3}
    assert by_name["Lima"]["capital"]
    assert by_name["Lima"]["country"] == "PER"
    assert by_name["Lima"]["admin1"] == "Lima"
    assert "Hamlet" not in by_name
    assert "Some River" not in by_name
    names = set(pq.read_table(tmp_path / "out" / "names.parquet")["name"].to_pylist())
    assert {"lima", "ciudad de los reyes", "peru"} <= names
    assert "lim" not in names
    assert counts["names"] == len(names)


def test_building_twice_gives_the_same_bytes(packed, tmp_path):
    for run in ("one", "two"):
        build_places(packed, tmp_path / run)
    for file in ("places.parquet", "names.parquet"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_source_without_places_is_refused(tmp_path):
    with pytest.raises(ReferenceDataError, match="no countries"):
        build_places(tmp_path, tmp_path / "out")


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(ReferenceDataError, match="places build"):
        load_gazetteer(tmp_path)
