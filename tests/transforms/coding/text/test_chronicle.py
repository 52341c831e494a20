"""Lists of earlier events under their days are recalled, and the news among them is not."""

from datetime import date

import pytest

from transforms.coding.text.chronicle import recalled_entries
from transforms.coding.text.sentences import read_document

THURSDAY = date(2026, 3, 12)
LIST = """A nurse was killed in Toledo on Wednesday.

Homicides in the county so far:

Jan. 5: Two men were shot dead in a flat. One of them was 19.

Feb. 2: A cook was killed by a neighbour.

March 11: A nurse is shot dead in her car.

The sheriff asked for calm."""


def recalled(text, report_date=THURSDAY):
    return recalled_entries(read_document("a", 1, None, text, report_date=report_date))


def test_old_entries_are_recalled_to_the_end_of_their_paragraphs():
    assert recalled(LIST) == {3, 4, 5}


def test_an_entry_without_a_year_is_of_the_last_such_day():
    assert recalled(LIST.replace("Jan. 5", "Dec. 5")) == {3, 4, 5}
    assert recalled(LIST.replace("Jan. 5", "Jan. 5, 2019")) == {3, 4, 5}


@pytest.mark.parametrize(
    "text",
    [
        LIST.replace("Feb. 2: A", "A"),  # two days are no list
        LIST.replace(".:", ".").replace(": ", " "),
        LIST.replace("Jan. 5", "March 9").replace("Feb. 2", "March 10"),  # of this week
        LIST.replace("Jan. 5", "Feb. 30").replace("Feb. 2", "Feb. 31"),  # no such days
    ],
)
def test_what_is_no_list_of_old_events_stands(text):
    assert recalled(text) == set()


def test_without_the_day_of_the_article_nothing_is_old():
    assert recalled(LIST, None) == set()


def test_the_coder_counts_only_the_news(accounts):
    told = accounts(LIST, "Nurse killed in Toledo", THURSDAY)
    recalled = [claim.figure for a in told if a.scope == "background" for claim in a.claims]
    assert recalled == ["Two men", "A cook"]
    assert all(
        "nurse" in c.victims.lower() for a in told if a.scope == "incident" for c in a.claims
    )
