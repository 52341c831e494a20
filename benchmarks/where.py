"""Accuracy of the places alone: python benchmarks/where.py GOLD.jsonl [--errors 40].

The claims come from the gold set and not from the coder: an incident's `evidence` sentences, or,
where a set has none, the sentence with casualty words in which its place stands. Place and country
agree as in the gold set's scorer.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flows.reference import load_gazetteer
from transforms.coding.model import Account, Claim, Document, Sentence
from transforms.coding.where.mentions import find_places
from transforms.coding.where.place import place_account
from transforms.coding.where.resolve import resolve_places

PLACES = Path(__file__).resolve().parents[1] / "data" / "reference" / "places"
CASUALTY = re.compile(
    r"\b(kill\w*|dead|die[sd]?|death\w*|murder\w*|assassinat\w*|slain|bod(?:y|ies)|injur\w*|wound\w*|hurt|casualt\w*|lives"
    r"|kidnap\w*|abduct\w*|hostage\w*|seiz\w*|missing|drown\w*|execut\w*|shot|massacre\w*|victim\w*|perish\w*)\b",
    re.IGNORECASE,
)
PLAIN = {
    "the",
    "of",
    "in",
    "near",
    "city",
    "town",
    "village",
    "province",
    "district",
    "area",
    "region",
}
DATELINE = re.compile(
    r"^\s*([A-Z][A-Z .,'()]*?(?:,\s*\d{1,2}\s+[A-Z]{3,4}\s+\d{2})?)(?:\s*\([^)]*\))*\s*--", re.S
)
NUMBERS = dict(
    enumerate(
        (
            *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
            *("eighteen", "nineteen", "twenty"),
        )
    )
)


def words(text: object) -> set[str]:
    """The words of a place name that count."""
    flat = (
        unicodedata.normalize("NFKD", str(text or "")).encode("ascii", "ignore").decode().casefold()
    )
    return set(re.findall(r"[a-z0-9]+", flat)) - PLAIN


def same_place(gold: str, *found: str | None) -> bool:
    """One name within the other, in folded words."""
    want = words(gold)
    return any(b and (want <= b or b <= want) for b in map(words, found))


def read_document(article: dict) -> Document:
    """Voice wires have a sentence a line; upper-case wires are cut at full stops."""
    text = article["text"]
    dateline = None
    if "evidence" in json.dumps(article["incidents"]):
        parts = text.split("\n")
    else:
        text = re.sub(r"\s+", " ", text)
        found = DATELINE.match(text)
        dateline = found.group(1) if found else None
        parts = re.split(r"(?<=[.!?])\s+(?=[\[\"(]?[A-Z])", text[found.end() if found else 0 :])
    sentences, at = [], 0
    for ordinal, part in enumerate(parts, start=1):
        sentences.append(Sentence(ordinal, part, at, ordinal))
        at += len(part) + 1
    return Document(str(article["id"]), 1, tuple(sentences), dateline=dateline)


def read_account(document: Document, incident: dict) -> Account:
    """An account with one claim in each sentence that carries the incident."""
    account = Account(0, "incident")
    for number in _evidence(document, incident):
        text = document.sentences[number].text
        at, figure = _trigger(text, incident)
        account.claims.append(
            Claim("killed", 1, 1, 1, "", "exact", number + 1, figure, figure, at, at, "gold")
        )
    return account


def _evidence(document: Document, incident: dict) -> list[int]:
    if "evidence" in incident:
        return incident["evidence"]
    likely = [n for n, s in enumerate(document.sentences) if CASUALTY.search(s.text)]
    want = [
        words(part) for part in re.split(r"[:]| - ", incident.get("place") or "") if words(part)
    ]
    for part in reversed(want):
        here = [n for n, s in enumerate(document.sentences) if part <= words(s.text)]
        if here and likely:
            return [min(likely, key=lambda n: (min(abs(n - h) for h in here), n))]
    return likely[:1] or [0]


def _trigger(text: str, incident: dict) -> tuple[int, int]:
    """Offsets of the incident's figure and of the casualty word nearest to it."""
    triggers = [found.start() for found in CASUALTY.finditer(text)]
    if not triggers:
        return 0, 0
    low = text.lower()
    for kind in ("killed", "injured", "abducted", "missing"):
        figure = incident.get(kind) or {}
        value = figure.get("best") or figure.get("low")
        for shown in (str(value), f"{value:,}", NUMBERS.get(value, "-")) if value else ():
            found = re.search(rf"\b{re.escape(shown)}\b", low)
            if found:
                return min(triggers, key=lambda t: abs(t - found.start())), found.start()
    return triggers[0], triggers[0]


def main() -> int:
    """Prints the accuracy of country and place, and the errors asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    gazetteer = load_gazetteer(PLACES)
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    errors = []
    length, began = 0, time.process_time()
    for line in args.gold.read_text("utf-8").splitlines():
        article = json.loads(line)
        incidents = [i for i in article["incidents"] if i["scope"] == "incident"]
        if not incidents:
            continue
        document = read_document(article)
        length += len(article["text"].split())
        found = {s.ordinal: find_places(s.text, gazetteer) for s in document.sentences}
        resolved = resolve_places(found, document, gazetteer)
        for incident in incidents:
            account = read_account(document, incident)
            others = {n + 1 for i in incidents if i is not incident for n in _evidence(document, i)}
            taken = others - set(account.sentences)
            placing = place_account(document, account, resolved, gazetteer, taken=taken)
            checks = {}
            if incident.get("country"):
                checks["country"] = placing.country == incident["country"]
            if incident.get("place"):
                checks["place"] = same_place(
                    incident["place"], placing.place_name, placing.place_text
                )
            for name, good in checks.items():
                seen[name] += 1
                right[name] += good
            if not all(checks.values()):
                errors.append((article["id"], checks, incident, placing, document, account))
    spent = time.process_time() - began
    for name in seen:
        print(f"{name:8} {right[name] / seen[name]:.3f} of {seen[name]}")
    print(f"{length / spent:,.0f} words/s")
    for ident, checks, incident, placing, document, account in errors[: args.errors]:
        wrong = ",".join(k for k, good in checks.items() if not good)
        print(f"\n{ident} wrong: {wrong}; gold {incident.get('place')!r} {incident.get('country')}")
        print(f"    got {placing}")
        for claim in account.claims:
            text = document.sentences[claim.sentence - 1].text
            print(f"    [{claim.sentence}] @{claim.trigger_start} {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
