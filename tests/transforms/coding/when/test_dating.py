import tomllib
from datetime import date
from pathlib import Path

import pytest

from transforms.coding.model import Account, Claim, Dating, Document, Sentence
from transforms.coding.when.cues import compile_when_cues
from transforms.coding.when.dating import date_account

REFERENCE = Path(__file__).parents[4] / "data" / "reference"
TABLE = tomllib.loads((REFERENCE / "lexicon" / "dating.toml").read_text("utf-8"))
CUES = compile_when_cues(TABLE)
TUESDAY = date(2018, 6, 26)


def dated(*sentences, claims=((1, "killed"),), report=TUESDAY, taken=frozenset()):
    """The dating of an account whose claims hang on a word of a sentence (0 is the headline)."""
    document = Document(
        "a", 1, tuple(Sentence(n, text, 0, 0) for n, text in enumerate(sentences)), report
    )
    account = Account(1, "incident")
    for ordinal, trigger in claims:
        at = sentences[ordinal].index(trigger)
        account.claims.append(
            Claim("killed", 2, 2, 2, "two", "exact", ordinal, 0, 3, at, at + len(trigger), "test")
        )
    return date_account(document, account, CUES, taken=taken)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("sentence", "start", "words"),
    [
        ("Gunmen killed two traders in Gao on Friday.", "2018-06-22", "Friday"),
        (
            "A bomb killed two people on Sunday night, police said Monday.",
            "2018-06-24",
            "Sunday night",
        ),
        ("The army said Monday that a raid killed two men on Saturday.", "2018-06-23", "Saturday"),
        (
            "Police on Monday arrested a man who killed two people on Friday.",
            "2018-06-22",
            "Friday",
        ),
        (
            "Two people were killed in Thursday's blast, days after a 2002 attack.",
            "2018-06-21",
            "Thursday",
        ),
        ("TWO PEASANTS WERE killed YESTERDAY, THE ARMY REPORTED TODAY.", "2018-06-25", "YESTERDAY"),
        (
            "Since 2003 the group has killed two mayors, the last one on 20 June.",
            "2018-06-20",
            "20 June",
        ),
    ],
)
def test_the_day_of_the_deed_and_not_of_the_saying(sentence, start, words):
    dating = dated("", sentence)
    assert (str(dating.date_start), dating.date_text) == (start, words)


def test_a_neighbour_says_when_it_happened():
    dating = dated("", "Two people were killed in Kidal.", "The attack happened on Sunday.")
    assert dating == Dating(day("2018-06-24"), day("2018-06-24"), 1, "Sunday")


def test_a_sentence_that_belongs_to_another_account_is_not_read():
    sentences = (
        "",
        "Two people were killed in Kidal.",
        "A bomb went off in Gao on Friday.",
        "A bus was attacked on Sunday.",
    )
    assert dated(*sentences).date_text == "Friday"
    assert dated(*sentences, taken=frozenset({2, 3})).date_text is None


def test_the_rest_of_the_article_is_read_last():
    dating = dated(
        "",
        "Two people were killed in Kidal.",
        "Their names were read out.",
        "The market was empty.",
        "Shops stayed shut.",
        "The shooting took place on Thursday.",
    )
    assert dating.date_text == "Thursday"


def test_a_dateline_is_no_date():
    dating = dated("", "BAMAKO, 24 JUN 18 (XYZ) -- Gunmen killed two traders.")
    assert dating.date_text is None


def test_a_notice_of_publication_is_no_date():
    assert (
        dated("", "Published Monday, June 25, 2018. Gunmen killed two traders.").date_text is None
    )


def test_a_day_inside_a_vague_span_is_kept():
    dating = dated(
        "",
        "Two people were killed last week.",
        "The blast happened on Friday.",
        claims=((1, "killed"),),
    )
    assert dating == Dating(day("2018-06-22"), day("2018-06-22"), 1, "Friday")


def test_nothing_said():
    dating = dated("Two killed", "Gunmen killed two traders.")
    assert dating == Dating(day("2018-06-24"), TUESDAY, 2, None)


def test_only_the_day_of_saying():
    assert dated("", "Gunmen killed two traders, the mayor said Monday.").date_text is None


def test_without_a_report_day():
    assert dated("", "Gunmen killed two traders.", report=None) == Dating()
    told = dated("", "Gunmen killed two traders on Friday.", report=None)
    assert told == Dating(date_text="Friday")


def test_without_claims_the_lead_is_read():
    assert dated("", "A bomb exploded on Monday.", claims=()).date_text == "Monday"
    assert dated(claims=()).date_text is None


def test_a_coming_day_is_not_last_year():
    assert dated("", "Two were killed before the strike of 28 June.").date_text is None


def test_an_undated_account_takes_the_only_day_of_its_article():
    sentences = (
        "",
        "A bomb exploded in Gao on Friday and killed nine.",
        "Nobody knew why.",
        "Two guards were killed.",
    )
    asked = {"claims": ((3, "killed"),), "taken": frozenset({1})}
    assert dated(*sentences, **asked).date_text == "Friday"
    another = (*sentences[:2], "A bus was attacked near Kidal on Sunday.", sentences[3])
    assert dated(*another, claims=((3, "killed"),), taken=frozenset({1, 2})).date_text is None


@pytest.mark.parametrize(
    "told",
    [
        "A man who killed two was charged in court on Monday.",
        "Their killed brothers were named at Monday's press conference.",
        "Two were killed, the family said on Monday.",
    ],
)
def test_days_of_courts_and_conferences_are_not_the_event(told):
    assert dated("", told).date_text is None


@pytest.mark.parametrize(
    ("sentence", "start", "words"),
    [
        ("Two were shot and killed at a funeral home in Celaya on Sunday, local police said.",
         "2018-06-24", "Sunday"),
        ("Two men who were killed near Kano on Sunday have been named.", "2018-06-24", "Sunday"),
        ("A bomb went off on Monday, two days after a mine killed two.",
         "2018-06-23", "two days after"),
        ("On 20 June, a week after a raid killed two, shops opened.", "2018-06-13", "a week after"),
    ],
)  # fmt: skip
def test_days_beside_other_words(sentence, start, words):
    dating = dated("", sentence)
    assert (str(dating.date_start), dating.date_text) == (start, words)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # Friday, 22 June, is told by what an article's event is called, among what is recalled
        ("A bomb outside a court in Gao killed nine. The mayor wept. The blast comes weeks after a "
         "bomb killed 30 on 10 May. Friday's blast raised fears.", "2018-06-22", "2018-06-22"),
        ("Nine men died in strikes in Gao on Thursday and Friday. A jet came about 3am on Friday "
         "and hit a house, killing them.", "2018-06-21", "2018-06-22"),
        ("Around 3 p.m. on Friday, a bus hit a van in Gao. Both drivers were killed. This "
         "afternoon we learned that two people were killed in Gao.", "2018-06-22", "2018-06-22"),
        ("A girl of 14 has been missing from Gao since 20 June.", "2018-06-20", "2018-06-20"),
    ],
)  # fmt: skip
def test_days_beside_other_days(text, start, end, accounts):
    [news] = [a for a in accounts(text, day=date(2018, 6, 26)) if a.scope == "incident"]
    assert (str(news.dating.date_start), str(news.dating.date_end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # the report day is Tuesday, 26 June; what is told by its distance from another day
        ("A slide killed nine in Mocoa, officials said on Monday. It had struck the previous "
         "evening.", "2018-06-24", "2018-06-24"),
        ("Six were shot dead in Lome on the eve of the vote, which was held on Sunday.",
         "2018-06-23", "2018-06-23"),
        ("The attack came a day before the visit on Sunday. Four guards were killed in Bamako.",
         "2018-06-23", "2018-06-23"),
        ("A week before his wedding on Saturday, Ali Hassan was killed by a mine near Aden.",
         "2018-06-16", "2018-06-16"),
        ("The toll from a blast in Gao the night before rose to nine, doctors said on Sunday.",
         "2018-06-23", "2018-06-23"),
        ("A boat sank two days earlier, drowning nine people, the governor said on Monday.",
         "2018-06-23", "2018-06-23"),
        ("On Saturday a judge banned the march. A day later police opened fire and killed two.",
         "2018-06-24", "2018-06-24"),
        ("On Saturday a judge banned the march. The next day police shot dead two boys.",
         "2018-06-24", "2018-06-24"),
        ("Three days after a ferry sank off Mindoro on Friday, divers found two more bodies.",
         "2018-06-22", "2018-06-22"),
        # and what only seems to be
        ("A bomb killed two in Gao on Sunday, a day before elections.", "2018-06-24", "2018-06-24"),
        ("A man was shot in Gao on Friday and died two days later.", "2018-06-22", "2018-06-22"),
        ("A bomb killed two in Gao on Sunday. A day later the mayor resigned.",
         "2018-06-24", "2018-06-24"),
        # whose attack it was since when the streets are empty
        ("Since Sunday's attack in Herat, which killed three clerks, the streets are empty.",
         "2018-06-24", "2018-06-24"),
        ("Six people died in the last day in floods in Sylhet.", "2018-06-25", "2018-06-26"),
        ("On the last day of the fair, a stage fell in Brno, killing two.",
         "2018-06-24", "2018-06-26"),
        # days of datelines, with one hyphen, and of those who mourn
        ("LIMA, 26 June 2018 - A coach fell into a ravine on Sunday and 14 died.",
         "2018-06-24", "2018-06-24"),
        ("Hundreds marched on Sunday in memory of a student shot dead in Rouen last Wednesday.",
         "2018-06-20", "2018-06-20"),
        # an hour is nothing that is recalled, who tries is in no court, a rally is where it was
        ("A coach left a road in Dolakha before dawn on Sunday. Nine people were killed.",
         "2018-06-24", "2018-06-24"),
        ("Inmates tried to break out of a jail on Sunday. Guards shot nine dead.",
         "2018-06-24", "2018-06-24"),
        ("Police opened fire on a banned rally on Sunday and killed three men.",
         "2018-06-24", "2018-06-24"),
    ],
)  # fmt: skip
def test_days_told_by_their_distance(text, start, end, accounts):
    [news] = [a for a in accounts(text, day=date(2018, 6, 26)) if a.scope == "incident"]
    assert (str(news.dating.date_start), str(news.dating.date_end)) == (start, end)
