"""Sentences as chronicles of the day, registers and flash updates have them."""

import pytest

PRESENT = [
    ("A gunman attacks a church in Lyon, killing three.", "killed 3/3/3"),
    ("A drone strikes a bus in Kherson, killing five.", "killed 5/5/5"),
    ("A small plane crashes shortly after take-off in Nampula, killing all four on board.",
     "killed 4/4/4"),
    ("A helicopter owned by a mining company crashes in Papua, killing all four on board.",
     "killed 4/4/4"),
    ("A group linked to al-Qaeda raids a village near Djibo, killing two.", "killed 2/2/2"),
    ("A man ambushes a patrol near Herat, killing two officers.", "killed 2/2/2"),
    # no verbs but plurals: several events
    ("A wave of attacks in Kano, killing nine, has shaken the state.", "aggregate killed 9/9/9"),
    ("Bombings and attacks in Iraq killed 40 people last month.", "aggregate killed 40/40/40"),
    ("A policy of raids in the north has killed 400 people.", "aggregate killed 400/400/400"),
]  # fmt: skip

FILED = [
    ("Somali Civil War: Eleven rebels are killed in a raid near Jowhar.", "killed 11/11/11"),
    ("Islamist insurgency in Mozambique: Seven people are beheaded in Macomia.", "killed 7/7/7"),
    ("The insurgency in Mozambique has killed 600 people.", "aggregate killed 600/600/600"),
    ("Some 500 people were killed in the civil war: most of them in the north.",
     "aggregate killed -/500/-"),
]  # fmt: skip

BETWEEN_DASHES = [
    ("Seven members of one family - two parents and five children - were killed in Saada.",
     "killed 7/7/7"),
    ("The strike killed seven people - two parents and five children - and wounded two guards.",
     "killed 7/7/7, injured 2/2/2"),
    ("The strike killed seven members of one family - two parents and five children.",
     "killed 7/7/7"),
    ("The deaths of seven members of one family - two parents and five children - in a strike on"
     " Saada were confirmed.", "killed 7/7/7"),
    ("The raid killed six priests -- five Spaniards and one Malian -- and two women.",
     "killed 8/8/8"),
    ("The raid killed a guard - a father of two - and a nurse.", "killed 2/2/2"),
]  # fmt: skip

BESIDE_NOBODY = [
    ("Eleven rebels and no soldiers were killed in a battle near Jinotega.", "killed 11/11/11"),
    ("Three civilians but no soldiers were killed in the raid on Gao.", "killed 3/3/3"),
    ("No soldiers but three civilians were killed in the raid on Gao.", "killed 3/3/3"),
    ("No soldiers or policemen were killed in the raid on Gao.", ""),
]  # fmt: skip

LATER = [
    ("Nine wounded were brought to a hospital in Bentiu after a raid; six did not survive.",
     "killed 6/6/6, injured 3/3/3"),
    ("Nine people were wounded in a raid near Bentiu. Six of them did not survive.",
     "killed 6/6/6, injured 3/3/3"),
    ("Nine people were wounded in a raid near Bentiu, but six have since died.",
     "killed 6/6/6, injured 3/3/3"),
    ("Nine people were wounded in a raid near Bentiu. Six later died.",
     "killed 6/6/6, injured 3/3/3"),
]  # fmt: skip

OTHER = [
    ("Five hikers are missing in the Tatras, and rescuers fear that an avalanche buried them.",
     "missing 5/5/5"),
    ("Five hikers are feared dead in the Tatras.", "hypothetical killed 5/5/5"),
    ("Fumes at a plant in Basra left 40 workers requiring hospital treatment.",
     "injured 40/40/40"),
    ("The new law helps patients requiring medical treatment abroad.", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"), PRESENT + FILED + BETWEEN_DASHES + BESIDE_NOBODY + LATER + OTHER
)
def test_figures(outcome, text, told):
    assert outcome(text) == told
