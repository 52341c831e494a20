import time
from pathlib import Path

import pytest

from flows.reference import load_actors
from transforms.coding.model import Account, Blame, Claim, Document, Sentence
from transforms.coding.who.attribution import attribute_account

ACTORS = load_actors(Path(__file__).parents[4] / "data" / "reference")


def blamed(*sentences, claims=((1, "killed"),), victims=None, taken=frozenset()):
    """The blame of an account; each claim hangs on a word of a sentence (0 is the headline)."""
    document = Document("a", 1, tuple(Sentence(n, text, 0, 0) for n, text in enumerate(sentences)))
    account = Account(1, "incident")
    for ordinal, trigger in claims:
        text = sentences[ordinal]
        at = text.lower().index(trigger)
        start = text.index(victims) if victims else at
        account.claims.append(
            Claim(
                "killed", 2, 2, 2, "two", "exact", ordinal, start, start + 3, at, at + len(trigger),
                "test", victims=victims,
            )
        )  # fmt: skip
    return attribute_account(document, account, ACTORS, taken=taken)


def rows(blame):
    return [(row.stance, row.actor, row.speaker_role) for row in blame.attributions]


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("Taliban fighters killed two teachers in Ghazni.", "Taliban"),
        ("Two teachers were killed by Taliban fighters in Ghazni.", "Taliban"),
        ("Two were killed in a suspected Boko Haram attack near Diffa.", "Boko Haram"),
        ("A US air strike killed two men near Shabwa.", "United States"),
        ("Israeli soldiers shot and killed two men in Jenin.", "Israel"),
        ("Saudi warplanes pounded the port and two were killed.", "Saudi Arabia"),
        ("Two were killed by the Grey Heron Brigade in Ilmar.", "Grey Heron Brigade"),
        ("TWO PEASANTS WERE KILLED BY SHINING PATH GUERRILLAS YESTERDAY.", "Shining Path"),
        ("Two soldiers were killed in clashes with Houthi rebels.", "Houthi movement"),
        ("Police blamed Abu Sayyaf for the bomb that killed two.", "Abu Sayyaf"),
        ("Russia shelled the town and killed two, its mayor said.", "Russia"),
    ],
)
def test_named_perpetrators(sentence, actor):
    blame = blamed("", sentence)
    assert blame.actor == actor
    assert blame.responsibility == "alleged"


@pytest.mark.parametrize(
    "sentence",
    [
        "Two people were killed in a bombing in Quetta.",
        "Two Taliban were killed near Ghazni.",
        "Two Iraqi policemen were killed at a market.",
        "Hamas said two people were killed.",
        "A bomb killed two near an Iraqi police station.",
        "An attack on Israeli soldiers killed two.",
        "The army is fighting Boko Haram; a bus crash killed two.",
        "Pakistani authorities say a bomb blast killed two.",
        "A bus crash in eastern Afghanistan early Saturday killed two.",
        "",
    ],
)
def test_a_name_that_is_hit_or_only_stands_there_is_no_perpetrator(sentence):
    claims = ((1, "killed"),) if sentence else ()
    assert blamed("", sentence, claims=claims).actor is None


def test_victims_of_a_claim_are_no_perpetrators():
    blame = blamed("", "22 Taliban were killed in a US air strike.", victims="22 Taliban")
    assert blame.actor == "United States"


def test_generic_words_keep_the_actor_null():
    blame = blamed("", "Unidentified gunmen killed two traders in Gao.")
    assert blame == Blame(None, "Unidentified gunmen", blame.target, None, ())


def test_nobody_claimed_it():
    blame = blamed("", "Attackers killed two monks.", "No group has claimed responsibility.")
    assert (blame.actor, blame.responsibility) == (None, "disowned")
    assert rows(blame) == [("disowned", None, "narrator")]


def test_a_claim_of_responsibility():
    blame = blamed("", "A bomb killed two in Mosul.", "Islamic State claimed responsibility.")
    assert (blame.actor, blame.responsibility) == ("Islamic State", "claimed")
    assert rows(blame) == [("claimed", "Islamic State", "armed_group")]


@pytest.mark.parametrize(
    ("saying", "actor"),
    [
        ("Islamic State claimed the attack.", "Islamic State"),
        ("Al-Shabaab later claimed the suicide bombing.", "al-Shabaab"),
        ("Islamic State said it was behind a bombing in the town.", "Islamic State"),
        ("Islamic State said its men had planted the bomb.", "Islamic State"),
        ("Nigeria's Boko Haram group claimed responsibility.", "Boko Haram"),
        ("Islamic State claimed the attack was the work of others.", None),
    ],
)
def test_whoever_claims_the_deed_is_its_actor(saying, actor):
    assert blamed("", "A bomb killed two guards in Kirkuk on Monday.", saying).actor == actor


def test_a_claim_by_an_unlisted_group():
    told = (
        "A bomb killed two in Ilmar.",
        "A group calling itself the Grey Heron Brigade claimed responsibility.",
    )
    assert blamed("", *told).actor == "Grey Heron Brigade"
    unknown = blamed("", told[0], "A previously unknown group claimed responsibility.")
    assert (unknown.actor, unknown.responsibility) == (None, "claimed")


def test_blamed_and_denied():
    blame = blamed(
        "",
        "The militia said a US airstrike killed two of its members.",
        "The United States has denied any involvement in the strike.",
    )
    assert (blame.actor, blame.responsibility) == ("United States", "denied")
    assert rows(blame) == [
        ("alleged", "United States", "armed_group"),
        ("denied", "United States", "party"),
    ]


def test_who_blames_whom():
    blame = blamed("", "A mine killed two.", "Officials in Bamako blamed Ansar Dine for the blast.")
    row = blame.attributions[0]
    assert (row.actor, row.stance, row.speaker, row.speaker_role) == (
        "Ansar Dine",
        "alleged",
        "Officials in Bamako",
        "official",
    )
    assert (row.sentence, row.start, row.end) == (2, 27, 37)


def test_accused_of_something_else_is_no_blame():
    told = "He accused Israel of refusing to talk."
    assert blamed("", "A blast killed two in Gaza.", told).actor is None


def test_responsibility_for_another_account_is_not_read():
    sentences = (
        "",
        "A mine killed two in Gao.",
        "A bomb killed nine in Kabul.",
        "The Taliban claimed responsibility.",
    )
    assert blamed(*sentences, taken=frozenset({2})).actor is None
    assert blamed(*sentences, claims=((2, "killed"),), taken=frozenset({1})).actor == "Taliban"


def test_target():
    assert blamed("", "An attack on a police post in Gao killed two.").target == "a police post"
    assert blamed("", "Gunmen killed two monks.", victims="two monks").target == "two monks"


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("Five were killed in Gao on Monday.", None),
        ("At least twenty-two were killed in Gao on Monday.", None),
        ("A fire killed 1,200 in Gao on Monday.", None),
        ("Five were killed and two nurses were wounded in Gao on Monday.", "two nurses"),
        ("Five traders were killed in Gao on Monday.", "Five traders"),
    ],
)
def test_a_bare_number_is_no_target(sentence, target, accounts):
    (account,) = accounts(sentence)
    assert account.blame.target == target


def test_an_account_without_claims():
    assert blamed(claims=()) == Blame()


@pytest.mark.parametrize(
    "piece", ["Taliban ", "killed by ", "the the ", "Israel blamed ", "a" * 50, "in , ", "(Grey "]
)
def test_hostile_text_costs_little(piece):
    text = "killed " + (piece * 4000)[:4000]
    began = time.process_time()
    blamed("", text)
    assert time.process_time() - began < 2.0


@pytest.mark.parametrize(
    ("lead", "sentence", "row"),
    [
        ("A bomb killed two in Ilmar.",
         "The Tin Roof Front, an armed group active along the border with Chad, claimed "
         "responsibility.", ("claimed", "Tin Roof Front", "armed_group")),
        ("A bomb killed two in Ilmar.", "Police said that they suspected the Tin Roof Front.",
         ("alleged", "Tin Roof Front", "police")),
        ("A bomb killed two in Ilmar.",
         "The police hold that the Tin Roof Front, which taxes ferrymen, planted the bomb.",
         ("alleged", "Tin Roof Front", "narrator")),
        ("Mortar shells killed two in Ilmar.",
         "A spokesman for the Ilmar Valley Guard, Ode Pernu, rejected the accusation.",
         ("denied", "Ilmar Valley Guard", "armed_group")),
        ("Gunmen killed two in Ilmar.",
         "The police blamed the Miller's Yard gang for the attack.",
         ("alleged", "Miller's Yard", "police")),
    ],
)  # fmt: skip
def test_unlisted_groups_are_named_by_sayings(lead, sentence, row):
    assert rows(blamed("", lead, sentence)) == [row]


def test_men_of_a_group_are_its_hand_and_not_its_victims():
    assert blamed("", "Gunmen of the Miller's Yard gang killed two.").actor == "Miller's Yard"
    hit = blamed("", "Troops killed two members of the Tin Roof Front.", victims="two members")
    assert hit.actor is None


def test_rival_suspects_are_both_taken_down():
    blame = blamed(
        "", "On Tuesday the mayor blamed the Sons of the Marsh for a bomb that killed two.",
        "Regional police say that the Tin Roof Front planted the bomb.",
    )  # fmt: skip
    assert [row[1] for row in rows(blame)] == ["Sons of the Marsh", "Tin Roof Front"]


def test_an_older_attack_of_a_group_is_not_this_one():
    blame = blamed(
        "", "A bomb killed two in Ilmar.", "The Tin Roof Front staged the attack of last May."
    )
    assert blame.actor is None


@pytest.mark.parametrize(
    ("sentences", "actor", "responsibility"),
    [
        # who says that he killed claims it
        (("The Taliban said they had killed two soldiers in Ghazni.",), "Taliban", "claimed"),
        (("The Turkish defence ministry said its jets had killed two.",), "Turkey", "claimed"),
        (("Police said they had killed two bandits.",), None, None),
        (
            ("Islamic State's branch claimed Sunday's blast, which killed two.",),
            "Islamic State",
            "claimed",
        ),
        (
            ("A bomb killed two.", "Al-Shabab said its fighters were behind the attack."),
            "al-Shabaab",
            "claimed",
        ),
        (
            ("A bomb killed two.", "Islamic State said one of its men had carried out the attack."),
            "Islamic State",
            "claimed",
        ),
        # who rides in what is hit, or holds it, did not hit it
        (("A bomb hit a convoy carrying French soldiers, and killed two.",), None, None),
        (("Rockets hit a base used by Turkish soldiers, and two were killed.",), None, None),
        (
            ("A missile killed two in Sumy.", "Ukraine said Russia had fired it."),
            "Russia",
            "alleged",
        ),
        # a group may have any name, and none
        (
            (
                "Gunmen killed two.",
                "A little-known group, Keepers of the Reed, claimed the attack.",
            ),
            "Keepers of the Reed",
            "claimed",
        ),
        (
            ("Gunmen killed two.", "A group calling itself Keepers of the Reed claimed the raid."),
            "Keepers of the Reed",
            "claimed",
        ),
        (("Gunmen killed two.", "A previously unknown group claimed the attack."), None, "claimed"),
        # a capital speaks for its government, and is blamed for it
        (("Shells killed two in Sumy.", "Kyiv blamed Moscow."), "Russia", "alleged"),
        (("Syrian jets killed two.", "Damascus denied it."), "Syria", "denied"),
        (("A bomb killed two in Kabul.", "Kabul said the toll could rise."), None, None),
        (("Israel denied hitting the car, in which two were killed.",), "Israel", "denied"),
        # where a group is from is no part of its name, and who blames it did nothing
        (
            ("India blamed Pakistan-based Lashkar-e-Taiba for an attack that killed two.",),
            "Lashkar-e-Taiba",
            "alleged",
        ),
        (("Pakistan accused Afghanistan of sheltering men who killed two.",), None, None),
        (("ADF rebels killed two.",), "Allied Democratic Forces", "alleged"),
        (("Taleban fighters overran a post, and two were killed.",), "Taliban", "alleged"),
    ],
)
def test_who_is_named_in_other_words(sentences, actor, responsibility):
    blame = blamed("", *sentences)
    assert (blame.actor, blame.responsibility) == (actor, responsibility)
