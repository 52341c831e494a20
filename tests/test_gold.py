"""The form of the gold set: known rules, all of them covered; consistent figures and dates."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from transforms import schema

HERE = Path(__file__).parents[1] / "data" / "gold"
CODEBOOK = (HERE.parents[1] / "docs" / "codebook.md").read_text(encoding="utf-8")
FILES = sorted(HERE.glob("*.jsonl"))
ARTICLES = [
    json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()
]
COUNTED = ("killed", "injured", "abducted", "missing")
KEYS = {"id", "title", "text", "published_at", "rules", "incidents"}
NEEDED = {"scope", *COUNTED, "domain", "event_type", "place", "country", "date_start"}
EXTRA = {
    "casualties", "date_end", "date_precision", "place_precision", "actor", "responsibility",
    "toll_disputed", "roles",
}  # fmt: skip
SPANS = {1: (1, 1), 2: (2, 6), 3: (7, 7), 4: (8, 31), 5: (32, 366)}


def codebook_rules() -> set[str]:
    """Names of the rules of sections 2 to 7, as docs/codebook.md gives them."""
    text = CODEBOOK[CODEBOOK.index("\n## 2.") : CODEBOOK.index("\n## 8.")]
    name = r"`([a-z]+(?:-[a-z]+)+)`"
    patterns = (rf"^\| {name} \|", rf"\({name}\)", rf"^{name}:")
    return {rule for pattern in patterns for rule in re.findall(pattern, text, re.MULTILINE)}


def test_set_is_large_enough_and_ids_differ():
    assert len(ARTICLES) >= 150
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES)
    assert len({article["text"] for article in ARTICLES}) == len(ARTICLES)


def test_every_rule_has_an_article_and_every_article_known_rules():
    named = {rule for article in ARTICLES for rule in article["rules"]}
    assert len(codebook_rules()) > 100
    assert named - codebook_rules() == set()
    assert codebook_rules() - named == set()
    assert all(article["rules"] for article in ARTICLES)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["id"])
def test_article_is_well_formed(article):
    assert set(article) == KEYS
    assert article["text"].strip() == article["text"] != ""
    for incident in article["incidents"]:
        assert set(incident) >= NEEDED
        assert set(incident) <= NEEDED | EXTRA
        assert incident["scope"] in (*schema.SCOPES, "optional")
        assert incident["domain"] in (None, *schema.DOMAINS)
        assert incident["event_type"] in (None, *schema.EVENT_TYPES)
        assert incident["country"] is None or re.fullmatch("[A-Z]{3}", incident["country"])
        check_figures(incident)
        check_dates(incident, article["published_at"])


def check_figures(incident):
    figures = [incident.get(kind) for kind in (*COUNTED, "casualties") if incident.get(kind)]
    assert figures
    for figure in figures:
        assert set(figure) == {"low", "best", "high"}
        known = [figure[b] for b in ("low", "best", "high") if figure[b] is not None]
        assert known
        assert known == sorted(known)
        assert known[0] >= 0
    roles = incident.get("roles")
    if roles:
        assert set(roles) <= set(schema.ROLES)
        assert (
            sum(roles.values())
            == incident["killed"]["best" if incident["killed"]["best"] else "low"]
        )


def check_dates(incident, published_at):
    if incident["date_start"] is None:
        return
    first, last = (date.fromisoformat(incident[f"date_{end}"]) for end in ("start", "end"))
    fewest, most = SPANS[incident["date_precision"]]
    assert fewest <= (last - first).days + 1 <= most
    assert last <= date.fromisoformat(published_at)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["id"])
def test_places_and_weekdays_stand_in_the_text(article):
    words = f"{article['title'] or ''} {article['text']}".casefold()
    days = re.findall(r"\bon (mon|tues|wednes|thurs|fri|satur|sun)day\b", words)
    for incident in article["incidents"]:
        if incident["place"]:
            assert incident["place"].casefold() in words
        start = incident["date_start"]
        if (
            start
            and incident.get("date_precision") == 1
            and days
            and incident["scope"] == "incident"
        ):
            said = {f"{day}day" for day in days}
            name = date.fromisoformat(start).strftime("%A").casefold()
            assert name in said or re.search(
                rf"{name}|yesterday|today|last night|fortnight|\d", words
            )
