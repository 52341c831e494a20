import pytest

from transforms.coding.where.mentions import find_places


def texts(sentence, gazetteer, *, soft=False):
    """The places of a sentence that can be places of events."""
    weak = ("name", "subject", "border")
    found = [m for m in find_places(sentence, gazetteer) if m.relation not in weak]
    return [m.text for m in found if soft or m.kind not in ("people", "country")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Two men died in Mosul.", ["Mosul"]),
        ("Two men died in al-Anbar and near Deir ez-Zor.", ["al-Anbar", "Deir ez-Zor"]),
        ("It happened in the border town of Abu Kamal.", ["Abu Kamal"]),
        ("It happened in Al-Bukamal.", ["Al-Bukamal"]),
        ("A house burned down in Co. Mayo.", ["Co. Mayo"]),
        ("A house burned down in east Mayo.", ["Mayo"]),
        ("Two men were shot in Co Antrim and West Yorkshire.", ["Co Antrim", "West Yorkshire"]),
        ("A mine exploded in San Luis de la Paz on Friday.", ["San Luis de la Paz"]),
        ("Gunmen struck in Port-au-Prince Sunday.", ["Port-au-Prince"]),
        ("Two died in St. Petersburg.", ["St. Petersburg"]),
        ("Shells fell on Sri Lanka's Jaffna Peninsula.", ["Jaffna Peninsula"]),
        ("Boats sank in the Gulf of Aden.", ["Gulf of Aden"]),
        ("He died in Kano, Nigeria.", ["Kano"]),
        ("Two died in Naples, Fla., police said.", ["Naples", "Fla"]),
        ("Two died in Joplin, MO.", ["Joplin", "MO"]),
        ("Car Bomb Kills Nine Soldiers in Mosul", ["Mosul"]),
        ("In Mosul, three died; in Tikrit, four.", ["Mosul", "Tikrit"]),
    ],
)
def test_places_are_found(gazetteer, sentence, expected):
    assert texts(sentence, gazetteer) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Washington said that it knew nothing.",
        "Paris Hilton was not hurt.",
        "Two men worked for the Weather Channel, and the Weather Channel mourned them.",
        "They signed the Paris Agreement and left.",
        "The New York Times reported the deaths.",
        "The London-based group counted nine dead.",
        "President Houston mourned the dead.",
        "Mr. Lagos and Gen. Santiago were unhurt.",
        "Ms. Florence Jordan, 34, was wounded.",
        "Fans of Toronto Raptors were hurt.",
        "Maria Valencia lost her son.",
        "Jordan Ashworth was shot in the leg.",
        "Four Hurt in Fatal Weekend Shooting at House Party",
        "The attack came on Sunday in March.",
        "Of all victims, most were students.",
        "",
        "...",
    ],
)
def test_what_is_no_place_is_left_alone(gazetteer, sentence):
    assert texts(sentence, gazetteer) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("NINE PEASANTS WERE KILLED IN SAN VICENTE DEPARTMENT TODAY.", ["SAN VICENTE"]),
        ("A BOMB EXPLODED NEAR MEDELLIN, WOUNDING TWO POLICEMEN.", ["MEDELLIN"]),
        ("THE BODY OF MAYOR JORGE CORDOBA WAS FOUND IN CALI.", ["CALI"]),
        ("MERIDA WAS SHOT DEAD BY UNKNOWN MEN.", []),
        ("THE CLASH TOOK PLACE NEAR LA ESPERANZA FARM.", ["LA ESPERANZA"]),
    ],
)
def test_text_in_capitals_is_read(gazetteer, sentence, expected):
    assert texts(sentence, gazetteer) == expected


@pytest.mark.parametrize(
    ("sentence", "name", "relation", "tie"),
    [
        ("Two died in Mosul.", "Mosul", "in", "at"),
        ("Two died near Mosul.", "Mosul", "near", "near"),
        ("Two died 17 km south of Mosul.", "Mosul", "south of", "near"),
        ("Two died 30 kilometers from Mosul.", "Mosul", "away from", "near"),
        ("Two died on the outskirts of Mosul.", "Mosul", "outskirts of", "near"),
        ("Two fled from Mosul.", "Mosul", "from", "towards"),
        ("Two died in the restive northern city of Mosul.", "Mosul", "in", "at"),
        ("A Mosul car bombing killed two.", "Mosul", "adjunct", ""),
        ("Baghdad said two had died.", "Baghdad", "subject", ""),
        ("It was near the border with Eritrea.", "Eritrea", "border", ""),
    ],
)
def test_the_words_before_say_how_the_event_is_tied_to_it(gazetteer, sentence, name, relation, tie):
    found = next(m for m in find_places(sentence, gazetteer) if m.text == name)
    assert (found.relation, found.tie) == (relation, tie)


def test_distance_and_side_are_read(gazetteer):
    far, side = find_places("It fell 40 miles north of Kirkuk in eastern Iraq.", gazetteer)
    assert far.distance == pytest.approx(64.4, abs=0.1)
    assert side.side == "eastern"


@pytest.mark.parametrize(
    ("sentence", "inner", "outer"),
    [
        ("Two died in Kano, Nigeria.", "Kano", "Nigeria"),
        ("Two died in Hilla in Iraq's Babil province.", "Hilla", "Babil"),
        ("Two died in the town of Vashti in the hilly province of Diyala.", "Vashti", "Diyala"),
        ("Two died in Colombia's Antioquia.", "Antioquia", "Colombia"),
        ("Two died in the Baghdad district of Sadr City.", "Sadr City", "Baghdad"),
    ],
)
def test_containers_are_seen(gazetteer, sentence, inner, outer):
    found = find_places(sentence, gazetteer)
    lies = next(m for m in found if m.text == inner)
    assert found[lies.within].text == outer


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Five died in the village of Tarvanesh.", "Tarvanesh"),
        ("Five died in the Kel Doru area of North Waziristan.", "Kel Doru"),
        ("Five died in Oromuk district.", "Oromuk"),
        ("In another town, Belu Rushan, four died.", "Belu Rushan"),
        ("Five died at Qorvash.", "Qorvash"),
    ],
)
def test_a_town_that_nobody_knows_is_found_by_its_words(gazetteer, sentence, name):
    found = [m for m in find_places(sentence, gazetteer) if not m.candidates]
    assert [m.text for m in found] == [name]


def test_offsets_point_at_the_name(gazetteer):
    sentence = "In Iraq’s Mosul, police said two people died near al-Qaim."
    for mention in find_places(sentence, gazetteer):
        assert sentence[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("word", ["US", "CAR"])
def test_acronyms_that_are_words_need_their_capitals(gazetteer, word):
    kinds = {m.kind for m in find_places(f"Two {word} soldiers died.", gazetteer)}
    assert kinds == {"country"}
    assert not find_places(f"Two {word.lower()} makers died.", gazetteer)
    assert not find_places(f"THEY LEFT {word} BEHIND AND FLED.", gazetteer)
