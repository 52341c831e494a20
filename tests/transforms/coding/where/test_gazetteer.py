import pytest

from transforms.coding.where.build import Entry, build_tables, plain_division
from transforms.coding.where.gazetteer import Gazetteer, OwnNames
from transforms.coding.where.words import read_words
from transforms.errors import ReferenceDataError

IRAQ = Entry(1, "Iraq", "country", "IQ", "IRQ", population=38_000_000, seat="Baghdad")
NIGER = Entry(2, "Niger", "country", "NE", "NER", population=22_000_000)
BASRA = Entry(3, "Basra Governorate", "admin1", "IQ", "IQ.02", admin1="02")
EMPTY = Entry(4, "Nowhere", "admin1", "IQ", "IQ.99", admin1="99")


def town(ident, name, population, *others, admin1="02", at=(30.5, 47.8)):
    entry = Entry(ident, name, "place", "IQ", f"IQ.{admin1}", *at, population, admin1)
    entry.names = {name, *others}
    return entry


@pytest.fixture
def words(gazetteer):
    return gazetteer.words


@pytest.fixture
def small(words):
    places, names = build_tables(
        [IRAQ, NIGER],
        [BASRA, EMPTY],
        [
            town(10, "Al Başrah", 2_600_000, "Basra", "Bassora", "BSR", "basra"),
            town(11, "Baghdad", 7_000_000, admin1="07", at=(33.3, 44.4)),
            town(12, "Baghdad", 900, at=(30.1, 47.1)),
        ],
    )
    own = OwnNames(
        countries={"IRQ": {"names": ["Iraq", "Mesopotamia"], "people": ["Iraqi"]}},
        regions=[["Marshes", ["Southern Marshes"], "IRQ", 5, 31.0, 47.0]],
        divisions=[["IRQ", "Basra", ["Bassorah"]]],
        places=[["IRQ", "Al Başrah", ["Basra City"]]],
        words=words,
    )
    return Gazetteer(places, names, own)


def test_a_name_finds_all_its_bearers_largest_first(small):
    assert [(c.kind, c.population) for c in small.lookup("basra")] == [
        ("admin1", 2_600_900),
        ("place", 2_600_000),
    ]
    assert [c.population for c in small.lookup("baghdad")] == [7_000_000, 900]


def test_an_unknown_name_finds_nothing(small):
    assert small.lookup("atlantis") == ()
    assert small.lookup("") == ()
    assert small.longest("atlantis") == 0


def test_the_largest_place_of_the_name_is_the_capital(small):
    assert small.capital("IRQ").geonames_id == 11
    assert small.capital("NER") is None
    assert small.capital(None) is None


def test_alternates_are_marked(small):
    assert not small.lookup("bassora")[0].first
    assert small.lookup("al basrah")[0].first


def test_codes_and_machine_transliterations_are_no_names(small):
    assert small.lookup("bsr") == ()


def test_hand_made_names_lie_over_the_rest(small):
    assert small.lookup("mesopotamia")[0].country == "IRQ"
    assert small.lookup("iraqis")[0].kind == "people"
    assert small.lookup("southern marshes")[0].precision == 5
    assert small.lookup("bassorah")[0].kind == "admin1"
    assert small.lookup("basra city")[0].geonames_id == 10


def test_an_area_lies_at_the_centre_of_its_people(small):
    area = small.division("IRQ", "Basra")
    assert area.latitude == pytest.approx(30.5, abs=0.01)
    assert small.country("NER").latitude is None


def test_a_division_without_places_is_left_out(small):
    assert small.lookup("nowhere") == ()


def test_longest_counts_the_words_of_names_that_begin_so(small):
    assert small.longest("al") == 2
    assert small.longest("basra") == 2


def test_empty_tables_are_a_gazetteer_without_names(words):
    empty = Gazetteer(*build_tables([], [], []), OwnNames({}, [], [], [], words))
    assert len(empty) == 0
    assert empty.lookup("baghdad") == ()
    assert empty.country("IRQ") is None


@pytest.mark.parametrize(
    "odd",
    [
        {"countries": {"XXX": {"names": ["Nowhere"]}}},
        {"regions": [["Fens", [], "XXX", 5, 0.0, 0.0]]},
        {"divisions": [["IRQ", "Wessex", ["Mercia"]]]},
        {"places": [["IRQ", "Camelot", []]]},
    ],
)
def test_a_hand_made_name_of_nothing_is_refused(words, odd):
    tables = build_tables([IRAQ], [], [town(11, "Baghdad", 7_000_000)])
    lists = {"countries": {}, "regions": [], "divisions": [], "places": []} | odd
    with pytest.raises(ReferenceDataError, match=r"countries\.toml|regions\.toml"):
        Gazetteer(*tables, OwnNames(**lists, words=words))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Meta Department", "Meta"),
        ("Free State", "Free State"),
        ("Northern Province", "Northern Province"),
        ("Perm Krai", "Perm"),
        ("Anbar", "Anbar"),
    ],
)
def test_divisions_drop_the_word_for_their_kind(name, plain):
    assert plain_division(name) == plain


def test_word_lists_are_checked():
    with pytest.raises(ReferenceDataError, match="missing or unknown lists"):
        read_words({"at": "in"})
