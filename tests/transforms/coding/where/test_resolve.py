import pytest

from transforms.coding.model import Document, Sentence
from transforms.coding.where.mentions import find_places
from transforms.coding.where.resolve import resolve_places


@pytest.fixture
def resolve(gazetteer):
    def run(*texts, dateline=None, country=None):
        sentences = tuple(Sentence(n, t, 0, n) for n, t in enumerate(texts, start=1))
        document = Document("a", 1, sentences, dateline=dateline, publisher_country=country)
        found = {s.ordinal: find_places(s.text, gazetteer) for s in sentences}
        done = resolve_places(found, document, gazetteer)
        return {r.mention.text: r for items in done.values() for r in items}

    return run


@pytest.mark.parametrize(
    ("texts", "name", "country", "admin1"),
    [
        (("Police in Venezuela found two dead in Valencia.",), "Valencia", "VEN", "Carabobo"),
        (("Police in Spain found two dead in Valencia.",), "Valencia", "ESP", "Valencia"),
        (("Two died in Hyderabad, in Pakistan's Sindh province.",), "Hyderabad", "PAK", "Sindh"),
        (("Two died in Hyderabad, India.",), "Hyderabad", "IND", "Telangana"),
        (("Two died in Tripoli.", "Lebanese soldiers fired."), "Tripoli", "LBN", "North Lebanon"),
        (("Two died in Tripoli.",), "Tripoli", "LBY", "Tripoli"),
        (("Two died in Cordoba.", "Mexican police came."), "Cordoba", "MEX", "Veracruz"),
        (("Gunmen killed two in Albu Kamal in Syria.",), "Albu Kamal", "SYR", "Deir ez-Zor"),
        (("A boy was shot in Naples, Fla., on Monday.",), "Naples", "USA", "Florida"),
        (("A boy was shot in Naples on Monday.",), "Naples", "ITA", "Campania"),
        (("A boy was shot in Statesboro, Georgia.",), "Georgia", "USA", "Georgia"),
        (("A boy was shot in Tbilisi, Georgia.",), "Georgia", "GEO", None),
        (("A boy was shot in Paulding County, police said.",), "Paulding County", "USA", "Georgia"),
        (("Nigerian troops crossed into Niger.",), "Niger", "NER", None),
        (("Nigerian troops died in Niger State.",), "Niger State", "NGA", "Niger"),
    ],
)
def test_the_country_spoken_of_decides(resolve, texts, name, country, admin1):
    found = resolve(*texts)[name]
    assert (found.country, found.admin1) == (country, admin1)


def test_dateline_and_outlet_speak_for_a_country(resolve):
    assert resolve("Two died in Cordoba.", dateline="BUENOS AIRES")["Cordoba"].country == "ARG"
    assert resolve("Two died in Merida.", country="VEN")["Merida"].country == "VEN"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Two died in Kandahar province in Afghanistan.", "Kandahar", "admin1"),
        ("Two died in the city of Kandahar in Afghanistan.", "Kandahar", "place"),
        ("Two died in Kandahar in Afghanistan.", "Kandahar", "admin1"),
        ("Two died in central Kandahar, Afghanistan.", "Kandahar", "place"),
        ("Two died in Baghdad, Iraq.", "Baghdad", "place"),
    ],
)
def test_town_or_province_as_the_noun_says_else_the_larger_but_for_capitals(
    resolve, text, name, kind
):
    assert resolve(text)[name].kind == kind


def test_the_capital_is_that_of_the_country_named_before(resolve):
    found = resolve("In Kenya two died.", "Others died in the Ugandan capital on Monday.")
    assert found["capital"].place.name == "Kampala"


def test_a_small_place_in_a_country_nobody_speaks_of_is_not_meant(resolve):
    found = resolve("Peruvian troops killed two in Onna near Huanta.")
    assert found["Onna"].place is None
    assert found["Huanta"].country == "PER"


def test_nothing_comes_of_nothing(resolve):
    assert resolve("Two people died.") == {}
