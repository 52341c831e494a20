import pytest

from transforms.coding.items.roles import speaker_role

ROLES = [
    ("Gunmen killed five teachers in Gao.", "civilian"),
    ("Gunmen killed five soldiers in Gao.", "state_force"),
    ("Gunmen killed a policeman in Gao.", "state_force"),
    ("Soldiers killed five rebels in Gao.", "armed_group"),
    ("Soldiers killed five militiamen in Gao.", "armed_group"),
    ("Soldiers killed five suspected rebels in Gao.", "armed_group"),
    ("Soldiers killed five Taliban fighters in Ghazni.", "armed_group"),
    ("A blast killed five people in Gao.", "unknown"),
    ("Five were killed in Gao.", "unknown"),
    ("Gunmen killed an off-duty policeman in Gao.", "civilian"),
    ("Gunmen killed a retired general in Gao.", "civilian"),
    ("Gunmen killed a former soldier in Gao.", "civilian"),
    ("Gunmen killed five peacekeepers in Gao.", "state_force"),
    ("Gunmen killed the mayor of Gao.", "civilian"),
    ("Gunmen killed three children in Gao.", "civilian"),
    ("Gunmen killed two journalists in Gao.", "civilian"),
    ("Gunmen killed two army officers in Gao.", "state_force"),
    ("Gunmen killed two security guards in Gao.", "state_force"),
    ("A gunman was killed in Gao.", "armed_group"),
    ("Gunmen killed two prison inmates in Gao.", "civilian"),
    ("The militia said a strike killed 22 of its members.", "armed_group"),
    ("Gunmen kidnapped five nurses in Gao.", "civilian"),
]
SPEAKERS = [
    ("Five people were killed in Gao.", None, "narrator"),
    ("Police said five people were killed in Gao.", "Police", "police"),
    ("Five people were killed in Gao, police said.", "police", "police"),
    ("Five people were killed in Gao, the army said.", "the army", "military"),
    ("Doctors said five people were killed in Gao.", "Doctors", "medical"),
    ("Five people were killed, according to doctors.", "doctors", "medical"),
    ("According to the mayor, five people were killed.", "the mayor", "official"),
    ("The United Nations said five people were killed.", "The United Nations", "un_or_aid"),
    ("The Red Cross said five people were killed.", "The Red Cross", "un_or_aid"),
    ("Witnesses said five people were killed.", "Witnesses", "witness"),
    ("Villagers said five people were killed.", "Villagers", "witness"),
    ("Islamic State said five people were killed.", "Islamic State", "armed_group"),
    ("Boko Haram said it had killed five soldiers.", "Boko Haram", "armed_group"),
    ("The State Department said five people were killed.", "The State Department", "official"),
    ("The rebels said five people were killed.", "The rebels", "armed_group"),
    ("The Taliban said five people were killed.", "The Taliban", "armed_group"),
    ("State television said five people were killed.", "State television", "media"),
    ("A government official said five people died.", "A government official", "official"),
    ("The governor told reporters five people died.", "The governor", "official"),
    ("Five people died, a hospital doctor said.", "a hospital doctor", "medical"),
    ("The army claimed responsibility for killing five people.", None, "narrator"),
    ("“Five people were killed,” the mayor said.", "the mayor", "official"),
    ("The army confirmed the attack but said five people were killed.", "The army", "military"),
]


@pytest.mark.parametrize(("sentence", "role"), ROLES)
def test_victim_role(sentence, role, accounts):
    (account,) = accounts(sentence)
    assert [claim.victim_role for claim in account.claims] == [role]


def test_roles_of_one_figure_are_claims_of_their_own(accounts):
    (account,) = accounts("A bomb killed two soldiers, three civilians and a rebel in Gao.")
    assert {(c.victim_role, c.best) for c in account.claims} == {
        ("state_force", 2), ("civilian", 3), ("armed_group", 1),
    }  # fmt: skip


@pytest.mark.parametrize(("sentence", "speaker", "role"), SPEAKERS)
def test_speaker(sentence, speaker, role, accounts):
    (account,) = accounts(sentence)
    claim = account.claims[0]
    assert (claim.speaker, claim.speaker_role) == (speaker, role)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("police in Gao", "police"),
        ("the police chief", "police"),
        ("Colonel Idris Maal", "military"),
        ("a spokesman for the rebels", "armed_group"),
        ("the governor's office", "official"),
        ("an army spokesman", "military"),
        ("the interior ministry", "official"),
        ("Dr. Amina Diallo", "unknown"),
        ("the health ministry", "medical"),
        ("UNICEF", "un_or_aid"),
        ("the municipal fire brigade", "official"),
        ("THE MUNICIPAL FIRE BRIGADE", "official"),
        ("the Lima Fire Brigade", "official"),
        ("a rescue brigade", "official"),
        ("a commander of the Martyrs' Brigade", "armed_group"),
        ("her neighbours", "witness"),
        ("local radio", "media"),
        ("", "unknown"),
        ("Omar", "unknown"),
    ],
)
def test_role_of_a_speaker_s_words(words, role, lexicon):
    assert speaker_role(words, lexicon) == role
