import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.coding.accounts.settle import RELIABILITY, settle_account, settle_kind
from transforms.coding.model import Claim
from transforms.schema import KINDS, SPEAKER_ROLES, TOLLS

EXACT, LEAST, ABOUT, UP_TO, VAGUE = "=", ">=", "~", "<=", "vague"


def claim(number, how=EXACT, kind="killed", sentence=1, **rest):
    low, best, high = {
        EXACT: (number, number, number),
        LEAST: (number, number, None),
        ABOUT: (None, number, None),
        UP_TO: (None, number, number),
        VAGUE: (number, None, None),
    }[how]
    return Claim(kind, low, best, high, str(number), "exact", sentence, 0, 1, 2, 3, "test", **rest)


def killed(*claims):
    toll = settle_account(claims)
    return toll["killed_low"], toll["killed_best"], toll["killed_high"]


def test_no_claims_is_unknown_and_never_zero():
    assert settle_account([]) == dict.fromkeys(TOLLS)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim(22)], (22, 22, 22)),
        ([claim(22, LEAST)], (22, 22, None)),
        ([claim(0)], (0, 0, 0)),
        ([claim(24, VAGUE)], (24, None, None)),
        # parts add up
        ([claim(2, relation="part"), claim(3, relation="part")], (5, 5, 5)),
        ([claim(2, relation="part"), claim(3, LEAST, relation="part")], (5, 5, None)),
        ([claim(2, relation="part"), claim(3, ABOUT, relation="part")], (2, 5, None)),
        ([claim(2, relation="part"), claim(2, VAGUE, relation="part")], (4, None, None)),
        ([claim(3, ABOUT, relation="part"), claim(4, ABOUT, relation="part")], (None, 7, None)),
        # a total speaks for its parts; subsets and superseded figures never count
        ([claim(9), claim(2, relation="part"), claim(3, relation="part")], (9, 9, 9)),
        ([claim(9), claim(3, relation="subset")], (9, 9, 9)),
        ([claim(11, relation="superseded"), claim(14)], (14, 14, 14)),
        # a fuller figure replaces a poorer one
        ([claim(12, sentence=0), claim(14)], (14, 14, 14)),
        ([claim(12, sentence=0), claim(2, VAGUE)], (12, 12, 12)),
        ([claim(24, VAGUE), claim(31)], (31, 31, 31)),
        ([claim(200, VAGUE), claim(31)], (31, 31, None)),
        # sources disagree
        ([claim(7, speaker_role="police"), claim(9)], (7, 9, 9)),
        ([claim(7, speaker_role="witness"), claim(9, speaker_role="medical")], (7, 9, 9)),
        ([claim(40, speaker_role="party"), claim(6, speaker_role="witness")], (6, 6, 40)),
        ([claim(8, speaker_role="police"), claim(9, speaker_role="medical")], (8, 8, 9)),
        ([claim(9, LEAST), claim(12, speaker_role="police")], (9, 9, 12)),
        ([claim(15, LEAST), claim(12, speaker_role="police")], (12, 15, None)),
        ([claim(10, UP_TO), claim(12, speaker_role="police")], (None, 10, 12)),
        # stances
        ([claim(40, stance="disputed"), claim(6, speaker_role="party")], (6, 40, 40)),
        ([claim(40, stance="denied"), claim(6, speaker_role="party")], (6, 6, 6)),
        ([claim(40, stance="denied")], (40, 40, 40)),
    ],
)
def test_settling_inside_the_article(claims, expected):
    assert killed(*claims) == expected
    assert killed(*reversed(claims)) == expected


def test_kinds_do_not_mix():
    toll = settle_account([claim(3), claim(5, kind="injured"), claim(20, kind="casualties")])
    assert (toll["killed_best"], toll["injured_best"], toll["casualties_best"]) == (3, 5, 20)
    assert toll["missing_best"] is None


def test_the_deciding_claims_are_named():
    winner = claim(9)
    assert settle_kind([claim(7, speaker_role="police"), winner]).claims == (winner,)


def test_every_speaker_role_has_a_rank():
    assert set(RELIABILITY) == set(SPEAKER_ROLES)


claims_of_any_sort = st.lists(
    st.builds(
        claim,
        st.integers(0, 60),
        st.sampled_from([EXACT, LEAST, ABOUT, UP_TO, VAGUE]),
        kind=st.sampled_from(KINDS),
        sentence=st.integers(0, 3),
        relation=st.sampled_from(["total", "part", "subset", "superseded"]),
        stance=st.sampled_from(["asserted", "disputed", "denied"]),
        speaker_role=st.sampled_from(SPEAKER_ROLES),
    ),
    max_size=6,
)


@given(claims_of_any_sort, st.randoms())
def test_bounds_hold_and_order_does_not_matter(claims, random):
    toll = settle_account(claims)
    for kind in KINDS:
        known = [v for b in ("low", "best", "high") if (v := toll[f"{kind}_{b}"]) is not None]
        assert known == sorted(known)
    random.shuffle(claims)
    assert settle_account(claims) == toll
