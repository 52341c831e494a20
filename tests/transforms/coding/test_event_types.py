from pathlib import Path

import pytest

from flows.reference import load_event_types
from transforms.coding.event_types import compile_event_types, find_cues, type_account
from transforms.coding.model import Account, Blame, Claim, Document, Sentence
from transforms.errors import ReferenceDataError
from transforms.schema import DOMAINS, EVENT_TYPES

REFERENCE = Path(__file__).parents[3] / "data" / "reference"
TYPES = load_event_types(REFERENCE)


def typed(
    *sentences,
    claims=((1, "killed", 2),),
    types=TYPES,
    said=None,
    actor=None,
    roles=(),
    victims=None,
    said_who=None,
):
    document = Document("a", 1, tuple(Sentence(n, text, 0, 0) for n, text in enumerate(sentences)))
    account = Account(1, "incident")
    for ordinal, kind, value in claims:
        text = sentences[ordinal].lower()
        at = max(text.find("killed"), 0)
        account.claims.append(
            Claim(kind, value, value, value, "", "exact", ordinal, 0, 1, at, at + 6, "test")
        )
    for claim, role in zip(account.claims, roles, strict=False):
        claim.victim_role = role
    for claim in account.claims:
        claim.speaker, claim.victims = said, victims
    account.blame = Blame(actor=actor, actor_text=said_who)
    return type_account(document, account, types)


@pytest.mark.parametrize(
    ("sentence", "domain", "event_type"),
    [
        ("A drone strike killed two men in a car near Marib.", "conflict", "air_strike"),
        ("An air strike killed two children at a school.", "conflict", "air_strike"),
        ("A missile hit a ship off Aden and killed two sailors.", "conflict", "air_strike"),
        ("A drone struck a bus in Sumy; two passengers were killed.", "conflict", "air_strike"),
        ("Mortar rounds killed two women in the market of Taizz.", "conflict", "shelling"),
        ("A suicide bomber killed two at a checkpoint in Mosul.", "conflict", "bombing"),
        ("A landmine killed two herders outside Gao.", "conflict", "bombing"),
        ("Two rebels were killed in clashes with soldiers in Ituri.", "conflict", "clash"),
        ("Soldiers killed two militants in the hills of Sinai.", "conflict", "clash"),
        ("Clashes after a bomb killed two soldiers went on all day.", "conflict", "clash"),
        (
            "Gunmen shot dead the mayor of Gusau, who was killed at home.",
            "conflict",
            "assassination",
        ),
        (
            "Attackers slaughtered and killed two farmers with machetes.",
            "crime",
            "execution_or_massacre",
        ),
        (
            "Two were killed when demonstrators and police fought with tear gas.",
            "conflict",
            "riot_or_protest",
        ),
        ("Two were killed in a drive-by shooting, the sheriff said.", "crime", "shooting"),
        (
            "Two passengers were killed when a bus collided with a lorry.",
            "accident",
            "transport_accident",
        ),
        ("Two miners were killed in a coal mine at Zonguldak.", "accident", "industrial_accident"),
        ("A fire broke out in a hotel in Pune and killed two guests.", "accident", "fire"),
        ("Floods and mudslides killed two villagers in Leyte.", "disaster", "weather"),
        (
            "An earthquake of magnitude 6.1 killed two in Herat.",
            "disaster",
            "earthquake_or_tsunami",
        ),
        ("Cholera killed two children in the camp.", "disease", "epidemic"),
        ("Two people were killed.", "other", "other"),
        ("A glide bomb hit a block of flats and killed two.", "conflict", "air_strike"),
        ("Army jets bombed a market, where two traders were killed.", "conflict", "air_strike"),
        ("Unexploded shells killed two boys in a field.", "conflict", "bombing"),
        ("A deputy fatally shot a man, who was killed at once.", "crime", "police_action"),
        ("Two men were put to death, killed by a firing squad.", "crime", "execution_or_massacre"),
        ("Two men were killed when raiders came.", "crime", "execution_or_massacre"),
        ("Two pedestrians were run over and killed by a tram.", "accident", "transport_accident"),
        ("A light aircraft went down, and two were killed.", "accident", "transport_accident"),
        ("A gas cylinder exploded and killed two cooks.", "accident", "industrial_accident"),
        ("Extreme heat killed two pensioners.", "disaster", "weather"),
        ("Howitzers across the river killed two.", "conflict", "shelling"),
        ("Two were killed by carbon monoxide in a flat.", "accident", "other"),
        ("A bomb derailed a train and killed two passengers.", "conflict", "bombing"),
        ("Rebels shot down a plane, and two were killed.", "conflict", "shelling"),
        ("Two were killed in a hit-and-run.", "accident", "transport_accident"),
        ("Two women were strangled, killed by a neighbour.", "crime", "execution_or_massacre"),
        ("A shark killed two swimmers.", "accident", "other"),
    ],
)
def test_kinds_of_events(sentence, domain, event_type):
    assert typed("", sentence) == (domain, event_type)


def test_who_drowned_did_so_in_what_is_told_beside():
    told = "Two of them drowned, killed by the cold."
    claims = ((2, "killed", 2),)
    ship = typed("", "A boat carrying migrants capsized.", told, claims=claims)
    assert ship == ("accident", "transport_accident")
    assert typed("", "The guests went for a swim.", told, claims=claims) == ("accident", "other")
    assert typed("", "Police held a suspect.", told, claims=claims) == ("accident", "other")


def test_bodies_alone_do_not_make_a_massacre():
    told = "Rescuers pulled out two bodies, so two were killed."
    assert typed("", "A bomb went off in a mosque.", told, claims=((2, "killed", 2),))[1] == (
        "bombing"
    )
    speedboat = "Two tourists drowned, killed when their speedboat overturned."
    assert typed("", speedboat)[1] == "transport_accident"


def test_capitals_and_hyphens_make_no_difference():
    assert typed("", "A ROADSIDE BOMB KILLED TWO SOLDIERS.")[1] == "bombing"
    assert typed("", "An air-strike killed two.")[1] == "air_strike"


def test_an_abduction_without_deaths():
    sentences = ("", "Armed men seized two engineers on the road to Kano.")
    assert typed(*sentences, claims=((1, "abducted", 2),)) == ("crime", "abduction")


def test_abducted_and_then_killed_is_killed():
    text = "Two monks who had been kidnapped were shot dead, and another killed, by rebels."
    assert typed("", text)[1] != "abduction"


def test_the_sentences_around_help_where_the_claim_says_nothing():
    assert (
        typed(
            "", "A bomb went off in Quetta.", "Two people were killed.", claims=((2, "killed", 2),)
        )[1]
        == "bombing"
    )
    assert typed("Blast in Quetta", "Two people were killed.")[1] == "bombing"


def test_words_near_the_claim_count_more():
    text = "A day after an air strike on the port across the bay, a car bomb killed two in Aden."
    assert typed("", text)[1] == "bombing"


def test_an_account_without_claims_or_text_is_other():
    assert typed(claims=()) == ("other", "other")
    assert typed("", "Floods killed two.", types=compile_event_types({})) == ("other", "other")


def test_what_comes_out_is_always_allowed():
    for table in TYPES.phrases.values():
        for rest, cues in (phrase for phrases in table.values() for phrase in phrases):
            text = " ".join(("killed", *rest))
            assert isinstance(find_cues(text, TYPES), dict)
            assert cues
    domain, event_type = typed("", "Two killed in a raid.")
    assert domain in DOMAINS
    assert event_type in EVENT_TYPES


@pytest.mark.parametrize(
    "tables",
    [
        {"volcano": {"strong": ["lava"]}},
        {"fire": {"sure": ["blaze"]}},
        {"fire": {"strong": [""]}},
        {"people": {"strong": ["army"]}},
        {"fire": {"strong": [3]}},
    ],
)
def test_a_broken_lexicon_is_refused(tables):
    with pytest.raises(ReferenceDataError, match=r"event_types\.toml"):
        compile_event_types(tables)


def test_who_tells_of_it_is_no_side_in_it():
    sentence = "Two gunmen killed two people at a bakery in Irapuato, state prosecutors said."
    assert typed("", sentence, said="state prosecutors") == ("crime", "shooting")
    assert typed("", sentence) == ("crime", "shooting")
    sentence = "Gunmen killed two bakers at a vigil, said the district police chief, Ode Pernu."
    assert typed("", sentence) == ("crime", "shooting")


def test_civilians_killed_by_rebels_of_whom_the_army_tells_fell_in_no_clash():
    sentence = "Rebels killed nine herders in Djibo overnight, the army said on Tuesday."
    found = typed("", sentence, said="the army", roles=["civilian"])
    assert found == ("conflict", "execution_or_massacre")
    sentence = "Rebels killed nine herders as the army pursued them into Djibo overnight."
    assert typed("", sentence, roles=["civilian"]) == ("conflict", "clash")


def test_troops_that_are_sent_afterwards_are_no_side():
    sentence = "The state is sending soldiers after gunmen killed two people at a bakery."
    assert typed("", sentence) == ("crime", "shooting")


def test_who_has_a_name_to_be_blamed_by_makes_a_conflict():
    sentence = "Gang members opened fire and killed two people at a well."
    assert typed("", sentence) == ("crime", "shooting")
    assert typed("", sentence, actor="Miller's Yard") == ("conflict", "shooting")
    assert typed("", "A bus crash killed two people.", actor="Chad")[0] == "accident"


@pytest.mark.parametrize(
    ("victims", "event_type"),
    [
        ("the wife and a son", "execution_or_massacre"),
        ("the mayor", "assassination"),
        ("the mayor and his wife", "assassination"),
    ],
)
def test_the_kin_of_a_target_are_not_assassinated(victims, event_type):
    sentence = f"Gunmen killed {victims} of the mayor of Gusau."
    assert typed("", sentence, victims=victims) == ("conflict", event_type)


def test_dead_on_both_sides_make_a_clash():
    sentence = "Three guards were killed and two of the attackers were shot dead."
    claims = ((1, "killed", 3), (1, "killed", 2))
    assert typed("", sentence, claims=claims)[1] == "shooting"
    assert typed("", sentence, claims=claims, roles=("state_force", "armed_group"))[1] == "clash"


@pytest.mark.parametrize(
    ("sentence", "domain", "event_type"),
    [
        ("A man killed his wife with a knife.", "crime", "execution_or_massacre"),
        ("Gunmen killed two guards in a raid on an army post.", "conflict", "clash"),
        ("Herders from a rival community opened fire and killed two.", "conflict", "shooting"),
        ("Two workers were killed in a factory fire.", "accident", "fire"),
        ("Two were killed when the Cauto river burst its banks.", "disaster", "weather"),
    ],
)  # fmt: skip
def test_more_kinds_of_events(sentence, domain, event_type):
    assert typed("", sentence) == (domain, event_type)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Two were killed near Gao on 10 March.", "other"),
        ("Two were killed in Gao in March, police said.", "other"),
        ("Two were killed on a march through Gao.", "riot_or_protest"),
        ("Two were killed as workers marched through Gao.", "riot_or_protest"),
        ("Two were killed with a toxic nerve agent.", "execution_or_massacre"),
        ("Two storm chasers were killed in a car crash.", "transport_accident"),
        ("A bomb killed two who had come to board a flight.", "bombing"),
    ],
)
def test_words_that_only_look_like_kinds(sentence, kind):
    assert typed("Talks go on.", sentence)[1] == kind


def test_whom_somebody_killed_died_in_no_accident():
    text = "Police at a roadblock killed two passengers of a bus."
    assert typed("", text)[1] == "transport_accident"
    assert typed("", text, said_who="Police")[1] != "transport_accident"
    struck = "The army said a truck and a bus collided and killed two."
    assert typed("", struck, said_who="army")[1] == "transport_accident"


def test_robbers_who_kill_are_criminals():
    assert typed("", "Robbers killed two men in Onitsha.", said_who="Robbers")[0] == "crime"


def test_who_storms_a_church_is_no_weather():
    assert typed("", "Robbers storm a church; two worshippers killed.")[1] != "weather"


def test_weapons_taken_are_no_depot_that_blows_up():
    taken = "Rebels attacked soldiers in a camp and took ammunition; two were killed."
    assert typed("", taken)[1] == "clash"


def test_the_missing_beside_the_dead_are_not_abducted():
    text = "At least two people were killed in Ayilamo and others were reported missing."
    assert typed("", text)[1] == "other"
