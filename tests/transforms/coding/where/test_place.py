import pytest

from transforms.coding.model import Placing


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("Two people were killed in Ramadi, Iraq.", "Ramadi", "IRQ", 1),
        ("Two people were killed in Misrata.", "Misratah", "LBY", 1),
        ("Two people were killed in Deir al-Balah.", "Dayr al Balaḩ", "PSE", 1),
        ("Two people were killed in Mambosa.", "Mambosa", None, None),
        ("Two people were killed near Ramadi in Iraq.", "Ramadi", "IRQ", 2),
        ("Two were killed 17 km south of Ramadi, Iraq.", "Ramadi", "IRQ", 2),
        ("Two were killed in Spin Boldak district, Afghanistan.", "Spīn Bōldak", "AFG", 3),
        ("Two people were killed in Afghanistan's Helmand province.", "Helmand", "AFG", 4),
        ("Two people were killed in northern Nigeria.", "northern Nigeria", "NGA", 5),
        (
            "Pakistani troops killed two in the country's northwest.",
            "northwestern Pakistan",
            "PAK",
            5,
        ),
        ("Two people were killed in the Niger Delta in Nigeria.", "Niger Delta", "NGA", 5),
        ("Two people were killed in Somalia.", "Somalia", "SOM", 6),
        ("Somali police say two people were killed.", "Somalia", "SOM", 6),
        ("Pirates killed two Yemenis in the Gulf of Aden.", "Gulf of Aden", None, 7),
        ("Two were killed in the Iraqi capital.", "Baghdad", "IRQ", 1),
        ("Two were killed in Cox's Bazar.", "Cox’s Bāzār", "BGD", 1),
        (
            "Two were killed in Gidan Zago village in Maradun LGA of Zamfara State.",
            "Gidan Zago",
            "NGA",
            4,
        ),
        ("Two were killed at a camp in Ukhiya upazila of Cox's Bazar.", "Ukhiya", "BGD", 3),
        ("Two were killed in Colonia Rosales in Culiacan, Sinaloa.", "Rosales", "MEX", 2),
        ("Two were killed in West Wollega zone of Oromia.", "West Wollega", "ETH", 5),
    ],
)
def test_precision_says_how_exact_the_place_is(place, text, name, country, precision):
    found = place(text)
    assert found.place_name == name
    assert found.place_precision == precision
    if country:
        assert found.country == country


def test_a_name_that_many_countries_have_is_no_large_town_of_a_country_not_spoken_of(place):
    found = place(
        "Two nurses were killed in San Pedro.", "The army of El Salvador said it knew of no fight."
    )
    assert (found.place_name, found.country) == ("San Pedro", "SLV")
    found = place("Two nurses were killed in Lagos.", "The army of Ghana said it knew of no fight.")
    assert (found.place_name, found.country) == ("Lagos", "NGA")


def test_the_place_of_a_share_is_not_the_place_of_the_whole(place):
    found = place(
        "A quake in northern Chile killed 61 people.",
        "In Iquique, 42 people died, while 19 were killed in Pisagua.",
        own=(1, 2),
        shares=(2,),
    )
    assert (found.place_name, found.country) == ("northern Chile", "CHL")


def test_the_seed_case_a_border_town_by_another_spelling(place):
    found = place("A drone strike killed nine fighters in the Syrian border town of Albu Kamal.")
    assert found == Placing(
        "Ālbū Kamāl", "Albu Kamal", "Deir ez-Zor", "SYR", found.latitude, found.longitude, 1, 174448
    )
    assert found.latitude == pytest.approx(34.45, abs=0.1)


def test_a_town_that_is_not_in_the_gazetteer_takes_its_province(place):
    found = place(
        "Iraqi police say raiders killed a family of four at home.",
        "They lived in the town of Vashti in the ethnically mixed province of Diyala.",
    )
    assert (found.place_name, found.place_text) == ("Vashti", "Vashti")
    assert (found.admin1, found.country, found.place_precision) == ("Diyala", "IRQ", 4)
    assert found.latitude is not None
    assert found.geonames_id is None


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (
            "A bomb killed two in Mosul, and gunmen shot dead one in Tikrit, in Iraq.",
            "killed",
            "Mosul",
        ),
        (
            "A bomb killed two in Mosul, and gunmen shot dead one in Tikrit, in Iraq.",
            "shot",
            "Tikrīt",
        ),
        (
            "In Mosul, a bomb killed two; in Tikrit, one was shot dead, Iraqis say.",
            "shot",
            "Tikrīt",
        ),
    ],
)
def test_the_place_beside_the_casualty_word_wins(place, text, word, name):
    assert place(text, word=word).place_name == name


def test_neighbouring_sentences_make_a_province_more_exact(place):
    found = place(
        "A landmine killed nine soldiers in southern Afghanistan.",
        "The blast struck their truck near Lashkar Gah in Helmand province.",
    )
    assert found.place_text == "Lashkar Gah"
    assert found.admin1 == "Helmand"


def test_but_not_by_a_place_elsewhere(place):
    found = place(
        "A landmine killed nine soldiers in northern Afghanistan.",
        "A bomb exploded in Lashkar Gah last week.",
    )
    assert (found.place_name, found.place_precision) == ("northern Afghanistan", 5)


def test_another_event_keeps_its_own_place(place):
    texts = (
        "A car bomb killed two people in Mosul, Iraq.",
        "Elsewhere, gunmen killed a judge.",
        "Police found a body in Tikrit.",
    )
    assert place(*texts, own=(2,), taken=(1, 3)).place_name == "Iraq"
    assert place(*texts, own=(1,), taken=(2, 3)).place_name == "Mosul"


def test_the_same_town_is_looked_up_before(place):
    found = place(
        "A car bomb killed two people in Kirkuk city, Iraq.",
        "In another attack in the same city, gunmen killed a judge.",
        own=(2,),
        taken=(1,),
    )
    assert found.place_name == "Kirkuk"


def test_datelines_give_only_a_country(place):
    found = place("Gunmen killed two people.", dateline="NAIROBI, Kenya")
    assert found == Placing(
        None, None, None, "KEN", found.latitude, found.longitude, 6, found.geonames_id
    )


def test_the_outlet_is_the_last_resort(place):
    assert place("Gunmen killed two people.", country="MEX").country == "MEX"
    assert place("Gunmen killed two people.") == Placing()


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Two were killed in attacks in Medellin and Envigado, Colombia.", "Antioquia", 4),
        ("Two were killed in attacks in Medellin and Cali, Colombia.", "Colombia", 6),
        ("Two were killed on the road between Medellin and Cali, Colombia.", "Medellín - Cali", 5),
    ],
)
def test_two_places_at_once_give_what_holds_both(place, text, name, precision):
    found = place(text)
    assert (found.place_name, found.place_precision) == (name, precision)


@pytest.mark.parametrize(
    "text",
    [
        "Washington says a strike killed two fighters in Mosul, Iraq.",
        "Two were killed in Mosul in Iraq, a spokesman told reporters in Geneva.",
        "A London-based group says two were killed in Mosul, Iraq.",
        "Three American soldiers were killed in Mosul.",
        "The Cairo Gazette says two were killed in Mosul, Iraq.",
    ],
)
def test_capitals_that_talk_and_foreign_soldiers_do_not_place_an_event(place, text):
    found = place(text)
    assert (found.place_name, found.country) == ("Mosul", "IRQ")


def test_an_account_without_claims_is_placed_by_the_lead(place):
    assert place("A bomb exploded in Mosul, Iraq.", own=()).place_name == "Mosul"


def test_no_sentences_no_place(place):
    assert place(own=()) == Placing()


def test_a_funeral_home_is_a_site_and_a_funeral_is_talk(place):
    text = "Two were killed at a funeral home in Celaya, in Mexico's Guanajuato state."
    assert place(text).place_name == "Celaya"


def test_heirs_of_a_lake_are_no_lake(place):
    text = "Police blamed the Heirs of the Lake for a bomb that killed two in Iligan, Philippines."
    assert place(text).place_name == "Iligan"


@pytest.mark.parametrize(("figure", "name"), [("three", "Salamanca"), ("two", "Celaya")])
def test_figures_that_share_a_verb_have_places_of_their_own(accounts, figure, name):
    told = accounts(
        "Gunmen killed three cooks at a bakery in the city of Salamanca and two guards at a gym in "
        "the city of Celaya, in Mexico, on Monday."
    )
    assert name in [a.placing.place_name for a in told if a.claims[0].figure.startswith(figure)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "In Kirkuk, Iraq, police say a teacher and a nurse were killed, while in Erbil, a bomb"
            " hit the convoy of a mayor, killing a guard.",
            ["Kirkuk", "Erbil"],
        ),
        (
            "Gunmen shot dead a judge in Kirkuk, Iraq, while a bomb near Mosul wounded six people.",
            ["Kirkuk", "Mosul"],
        ),
        (
            "In Mosul, Iraq, officials say a trader was shot and killed, while in the city of"
            " Basra, a bomb was found beside a school.",
            ["Mosul"],
        ),
        (
            "Four traders were killed in Mosul, Iraq, while they waited for the bus to Basra.",
            ["Mosul"],
        ),
        (
            "Four traders were killed while travelling in the city of Mosul, Iraq.",
            ["Mosul"],
        ),
    ],
)
def test_a_place_belongs_to_its_part_of_the_sentence(accounts, text, places):
    assert [account.placing.place_name for account in accounts(text)] == places


def test_a_river_that_is_not_listed_is_a_line(place):
    found = place("Two were killed after the Vashti river burst its banks in Colombia.")
    assert (found.place_text, found.country, found.place_precision) == ("Vashti", "COL", 5)


@pytest.mark.parametrize(
    ("sentences", "name", "country"),
    [
        # offices and courts show where a local paper plays
        (("A man was shot dead in Dover.", "The sheriff asked for help."), "Dover", "USA"),
        (("A man was shot dead in Dover.", "A crown court heard the case."), "Dover", "GBR"),
        (("A man was shot dead in Salisbury.", "A neighbor called 911."), "Salisbury", "USA"),
        # a named country says more than they do
        (("Two were killed in Ramadi, Iraq.", "A sheriff from home sent word."), "Ramadi", "IRQ"),
        # what holds a town says where it is
        (("A man was shot dead in Naples, Florida.",), "Naples", "USA"),
        (("A man was shot dead in Naples, Italy.",), "Naples", "ITA"),
    ],
)
def test_institutions_and_containers_tell_the_country(place, sentences, name, country):
    found = place(*sentences)
    assert (found.place_name, found.country) == (name, country)


@pytest.mark.parametrize(
    ("sentence", "name", "country"),
    [
        # a province counts as its town does, which the bare name means
        ("A man was shot dead in St. Louis on Sunday.", "St. Louis", "USA"),
        ("Two fishermen drowned in Saint-Louis, Senegal.", "Saint-Louis", "SEN"),
        # offices that many countries have tell none
        ("A woman was killed in Ankara, the police department said.", "Ankara", "TUR"),
        # neither "on" nor a quarter of the wind belongs to a name
        ("A man was killed in NW Miami-Dade on Sunday.", "Miami-Dade County", "USA"),
        ("A man was killed in Qarra Tepel on Sunday in Iraq.", "Qarra Tepel", "IRQ"),
    ],
)
def test_a_bare_name_means_the_place_that_is_known_by_it(place, sentence, name, country):
    found = place(sentence)
    assert (found.place_name, found.country) == (name, country)


@pytest.mark.parametrize(
    ("sentence", "name", "country", "precision"),
    [
        # one country alone has a town of the name: the forces of another one do not move it
        ("Israeli troops shot dead a boy near Nablus.", "Nablus", "PSE", 2),
        ("Two peacekeepers from Nepal were killed near Bangassou.", "Bangassou", "CAF", 2),
        ("Turkish-backed fighters near Manbij killed six policemen.", "Manbij", "SYR", 2),
        # a city of millions is known by its name, whoever else has it and whoever is hit
        ("A gunman killed two Israeli tourists in Alexandria.", "Alexandria", "EGY", 4),
        # one is outside a town, and not outside the province of its name
        ("An attack about 17 kilometres from Mopti killed four.", "Mopti", "MLI", 2),
        # who holds an office, or lives there, does so in a place
        ("The mayor of Kirkuk was shot dead.", "Kirkuk", "IRQ", 4),
        ("Seven residents of Kherson were dead by dusk.", "Kherson", "UKR", 4),
        # a part of a city that only sounds like a village elsewhere
        ("A blast killed four in Baghdad's Karrada district.", "Karrada", "IRQ", 2),
        ("Eight were killed in the Mathare slum of Nairobi.", "Mathare", "KEN", 2),
        # a village of another province is not the one
        ("Six died in the village of Kalgo in Nigeria's Sokoto state.", "Kalgo", "NGA", 4),
        # a school lies in its town
        ("Six were killed at Irving High School in Portland, Oregon.", "Portland", "USA", 1),
        ("Nine migrants drowned off the coast of Tunisia.", "Tunisia", "TUN", 7),
        ("A fire killed two sailors in the Barents Sea.", "Barents Sea", None, 7),
        ("Two were killed on the road from Gao to Ansongo.", "Gao - Ansongo", "MLI", 5),
        (
            "A mine killed two on the highway linking Kandahar and Herat.",
            "Kandahar - Herat",
            "AFG",
            5,
        ),
    ],
)
def test_what_the_words_around_a_name_say_of_it(place, sentence, name, country, precision):
    found = place(sentence)
    assert (found.place_name, found.country, found.place_precision) == (name, country, precision)
