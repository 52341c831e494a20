import pytest

from transforms.coding.reach import near_claims, placing_sentences
from transforms.coding.text.sentences import read_document

PLAIN = "The road is long."


def article(count, told):
    lines = [told.get(n, PLAIN) for n in range(1, count + 1)]
    return read_document("a", 1, None, "\n\n".join(lines))


def ordinals(sentences):
    return [s.ordinal for s in sentences]


def placing(document, own, knowledge):
    return ordinals(placing_sentences(document, near_claims(document, own), knowledge.gazetteer))


def test_near_are_the_lead_and_three_on_either_side():
    assert ordinals(near_claims(article(40, {}), {20})) == [1, 2, 3, 4, *range(17, 24)]


def test_a_short_article_is_searched_whole(knowledge):
    assert placing(article(10, {}), {1}, knowledge) == list(range(1, 11))


@pytest.mark.parametrize("name", ["Iraq", "Iraqis", "IRAQ", "Kenyan", "Ohio", "Fla."])
def test_far_sentences_are_searched_where_they_name_a_country(name, knowledge):
    document = article(30, {25: f"Others came from {name} by bus."})
    assert placing(document, {1}, knowledge) == [1, 2, 3, 4, 25]


def test_of_a_very_long_article_only_what_is_near(knowledge):
    document = article(80, {70: "Others came from Iraq."})
    assert placing(document, {1}, knowledge) == [1, 2, 3, 4]
