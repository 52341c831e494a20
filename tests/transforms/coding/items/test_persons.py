"""One person under many names: who is told apart, who may be one, who is one beyond doubt."""

import pytest

from transforms.coding.groups.readers import read_groups
from transforms.coding.items.persons import People, Person, compare, read_person
from transforms.coding.mentions.clauses import read_mentions
from transforms.coding.text.tokens import tokenise

YEAR = 12


@pytest.fixture
def person(lexicon):
    """What the words of a sentence's first group tell."""

    def read(sentence):
        tokens = tokenise(sentence, lexicon)
        return read_person(tokens, read_groups(tokens, lexicon)[0], lexicon, 1)

    return read


@pytest.mark.parametrize(
    ("sentence", "names", "age", "sex"),
    [
        ("A 17-year-old boy was shot.", (), 17 * YEAR, "male"),
        ("A 21-month-old girl was shot.", (), 21, "female"),
        ("A nine-year-old was shot.", (), 9 * YEAR, ""),
        ("Marcus Dell, 17, was shot.", ("marcus", "dell"), 17 * YEAR, ""),
        ("His wife, Ada Lowe, 34, was shot.", ("ada", "lowe"), 34 * YEAR, "female"),
        ("The woman, identified as Ada Lowe, was shot.", ("ada", "lowe"), None, "female"),
        ("12-year-old Ada Lowe was shot.", ("ada", "lowe"), 12 * YEAR, ""),
    ],
)
def test_what_words_tell_of_a_person(sentence, names, age, sex, person):
    told = person(sentence)
    assert (told.names, told.age, told.sex) == (names, age, sex)


@pytest.mark.parametrize("sentence", ["Two boys were shot.", "A couple was shot."])
def test_several_people_are_no_person(sentence, person):
    assert person(sentence) is None


@pytest.mark.parametrize(
    ("first", "second", "likeness"),
    [
        (Person(sex="male"), Person(sex="female"), -1),
        (Person(age=17 * YEAR), Person(age=17 * YEAR), 1),
        (Person(age=17 * YEAR), Person(age=40 * YEAR), -1),
        (Person(age=7 * YEAR), Person(years=(16, 120)), -1),
        (Person(age=17 * YEAR), Person(years=(12, 19)), 0),
        (Person(names=("ada", "lowe")), Person(names=("lowe",)), 1),
        (Person(names=("ada", "lowe")), Person(names=("ida", "stern")), -1),
        (Person(names=("ada", "lowe")), Person(), 0),
        (Person(role="state_force"), Person(role="armed_group"), -1),
        (Person(), Person(), 0),
    ],
)
def test_likeness(first, second, likeness):
    assert compare(first, second) == likeness
    assert compare(second, first) == likeness


def test_what_is_told_later_is_learned():
    people = People()
    assert people.find(Person(sex="male", last=1), ()) == (0, True)
    assert people.find(Person(age=17 * YEAR, last=2), ()) == (0, False)
    assert people.find(Person(names=("marcus", "dell"), last=3), ()) == (0, False)
    assert people.find(Person(names=("dell",), last=9), ()) == (0, True)
    assert people.known[0].age == 17 * YEAR


def test_somebody_else_is_a_new_person():
    people = People()
    people.find(Person(sex="male", last=1), ())
    assert people.find(Person(sex="male", last=1), (), adds=True) == (1, True)
    assert people.find(Person(sex="male", last=1), (0, 1)) == (2, True)


def test_a_pronoun_near_by_is_the_person_told_last():
    people = People()
    people.find(Person(sex="male", last=1), ())
    people.find(Person(sex="female", last=2), ())
    assert people.find(Person(sex="male", last=3, pronoun=True), ()) == (0, True)
    assert people.find(Person(sex="male", last=30, pronoun=True), ()) == (0, False)


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("A boy accidentally shot himself.", "A boy"),
        ("A man shot his wife and son before killing himself.", "A man"),
        ("The sheriff said a girl was hit before she died.", "a girl"),
    ],
)
def test_whom_a_pronoun_stands_for(sentence, subject, lexicon):
    tokens = tokenise(sentence, lexicon)
    groups = [g for m in read_mentions(tokens, lexicon) for g in m.groups]
    named = next(g.antecedent for g in groups if g.antecedent is not None)
    assert tokens.words(named.first, named.last) == subject


STORIES = [
    (
        "A man shot and killed his wife in Erie on Monday. Police said the man then shot himself.",
        "killed 1/1/1, injured 1/1/1",
    ),
    (
        "One person was killed and four others hurt in Erie. Police said the shooting that killed"
        " one man and wounded four others began in a bar.",
        "killed 1/1/1, injured 4/4/4",
    ),
    (
        "A woman was shot in Erie on Monday. The 34-year-old died in hospital on Tuesday.",
        "killed 1/1/1",
    ),
    (
        "Two men died in a crash in Erie on Monday. Paul Hess, 40, was the driver, and Luke Orr,"
        " 22, died in an ambulance.",
        "killed 2/2/2",
    ),
    (
        "A boy and his sister were killed in a fire in Erie on Monday. Their mother was injured.",
        "killed 2/2/2, injured 1/1/1",
    ),
    # who hits is not who is hit
    (
        "An officer was shot in the leg near Erie on Sunday when a man fired at him. The officer"
        " fired back and hit the man. He died at the scene.",
        "killed 1/1/1, injured 1/1/1",
    ),
    (
        "A woman was stabbed in Erie on Sunday. The woman shot the intruder, who died.",
        "killed 1/1/1, injured 1/1/1",
    ),
    (
        "A man was shot in Erie on Sunday. Police said the gunman shot the man twice. He died.",
        "killed 1/1/1",
    ),
]


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_persons_make_the_toll(text, expected, outcome):
    assert outcome(text) == expected


COURT = [
    "A man was charged on Monday with killing a teacher in Erie.",
    "A jury found a man guilty on Monday of killing his wife in Erie.",
]


@pytest.mark.parametrize("text", COURT)
def test_an_arrest_or_a_trial_that_an_article_opens_with_is_its_news(text, accounts):
    assert [account.scope for account in accounts(text)] == ["incident"]


def test_a_trial_further_down_recalls(accounts):
    text = "The mayor of Erie opened a park on Monday. Many came. It rained. Paul Hess was there."
    text = f"{text} He was convicted of killing a teacher."
    assert [account.scope for account in accounts(text)] == ["background"]


def test_what_a_court_says_of_the_victim_opens_no_second_account(outcome):
    text = "Ada Lowe, 30, was shot dead in Erie on Sunday. A man is charged with killing Lowe."
    assert outcome(text) == "killed 1/1/1"
