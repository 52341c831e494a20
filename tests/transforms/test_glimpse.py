"""The second look: which pages the coder would find something in, before they are extracted."""

import time
from pathlib import Path

import pytest

from flows.reference import load_knowledge
from transforms.glimpse import MAX_HITS, MAX_STRETCHES, tell_casualties
from transforms.look import hold_words, look_pattern, look_searcher, look_words, visible_markup

TELLING = "<p>A lorry left the road near Lokweni and killed three farmers on Monday.</p>"


@pytest.fixture(scope="module")
def tell():
    knowledge = load_knowledge(Path(__file__).parents[2] / "data" / "reference")
    words = look_words(knowledge.lexicon)
    return lambda *pages: tell_casualties(
        visible_markup([page.encode() for page in pages]), words, knowledge
    ).tolist()


def test_a_page_that_tells_of_casualties_passes(tell):
    assert (
        tell(
            TELLING,
            "<div><h2>Rains</h2><div>Flooding in Gorema <b>left two people dead</b>.</div></div>",
            "<h1>Senate adjourns over deaths of two members</h1><p>It sits again on Friday.</p>",
            "<p>The <a href='/x'>army said</a> 12 soldiers were <a href='/y'>killed</a>.</p>",
            "Twelve people drowned, the harbour master said.",
            '<script type="application/ld+json">{"articleBody": "Gunmen shot dead nine."}</script>',
        )
        == [True] * 6
    )


def test_words_that_mean_nothing_there_do_not(tell):
    assert (
        tell(
            "<p>Rains are late in Gorema.</p>",
            "<p>He took a shot of the harbour at dusk.</p>",
            "<p>The body of the text has four chapters, and one is missing.</p>",
            "<p>The team was hurt by two late goals.</p>",
            "",
        )
        == [False] * 5
    )


def test_what_stands_in_links_to_elsewhere_does_not(tell):
    headline = "Gunmen killed nine people at a wedding"
    assert (
        tell(
            f"<p>Rains are late.</p><ul><li><a href='/x'>{headline}</a></li></ul>",
            f"<p>Rains are late.</p><a href='/x'><div><h3>{headline}</h3></div></a>",
            f"<p>Rains are late.</p><img alt='{headline}' src='/x'><p>Maize is dear.</p>",
        )
        == [False] * 3
    )


def test_too_much_to_be_sure_passes(tell):
    weak = "<p>He took a shot of the body.</p>"
    assert tell(weak * (MAX_STRETCHES + 1), "<p>" + "a shot " * (MAX_HITS + 1)) == [True, True]


def test_pages_are_judged_one_by_one(tell):
    assert tell("<p>Rains.</p>", TELLING, "<p>Maize.</p>") == [False, True, False]
    assert tell() == []


@pytest.mark.parametrize(
    "piece",
    ["killed ", "<a killed ", "<p>killed", "<h1>dead ", "<a href='x'>killed", "500 killed and "],
)
def test_it_is_linear_whatever_the_page(tell, piece):
    def cost(size):
        started = time.process_time()
        tell(piece * (size // len(piece)))
        return time.process_time() - started

    cost(1000)
    assert cost(1_000_000) < 15 * cost(100_000) + 0.3


def test_the_vocabulary_fits_into_what_a_search_may_keep(capfd):
    """RE2 says on the standard error when it does not, and then takes ten times as long."""
    words = look_words(load_knowledge(Path(__file__).parents[2] / "data" / "reference").lexicon)
    text = " ".join(words).replace("*", "ing").replace(" ... ", " of the ")
    assert hold_words([text, "calm"], words).tolist() == [True, False]
    found = sum(1 for _ in look_searcher(look_pattern(words).encode()).finditer(text.encode()))
    assert found > 0.8 * len(words)
    assert "out of memory" not in capfd.readouterr().err
