"""How often the coder's *when* is right, apart from the rest of the coder.

For every gold incident the sentences with casualty words that stand nearest to its place, else the
first of the article, stand in for the account; `date_account` must find the gold day. Compared as
score.py compares: `date_span` holds the day in at most a week, `date_start` is the day itself.

    python -m benchmarks.when GOLD.jsonl [--errors N]
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from flows.reference import load_knowledge
from transforms.coding.model import Account, Claim, Document, Sentence
from transforms.coding.when.dating import date_account

ROOT = Path(__file__).parents[1]
CASUALTY = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|wound(?:ed|ing)|injur(?:ed|ing|ies)|murder(?:ed|s)?|assassinat(?:ed|ion)|kidnap\w*|abduct\w+"
    r"|sho(?:t|oting)|dead|died|deaths?|slain|executed|massacre\w*|victims?|bod(?:y|ies)|missing|hostages?)\b",
    re.IGNORECASE,
)
BREAK = re.compile(r"(?<=[a-z0-9A-Z\])\"”][.!?])[\"”’]?\s+(?=[\"“‘A-Z\[(])|\n\s*\n")
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Dr|St|Gen|Col|Sgt|Lt|Capt|Sen|Rep|Gov|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|No|U\.S|a\.m|p\.m|[A-Z])\.)$"
)


def split(text: str) -> list[str]:
    """Sentences, roughly: enough for measuring dates."""
    parts: list[str] = []
    for piece in BREAK.split(text):
        words = " ".join((piece or "").split())
        if not words:
            continue
        if parts and ABBREVIATED.search(parts[-1]):
            parts[-1] += " " + words
        else:
            parts.append(words)
    return parts


def read_document(article: dict[str, Any]) -> Document:
    """A gold article as the coder would read it."""
    texts = split(article["text"])
    sentences = [Sentence(n, text, 0, 0) for n, text in enumerate(texts, 1)]
    if article.get("title"):
        sentences.insert(0, Sentence(0, article["title"], 0, 0))
    published = article.get("published_at")
    return Document(
        article_id=str(article["id"]),
        version=1,
        sentences=tuple(sentences),
        report_date=date.fromisoformat(published[:10]) if published else None,
    )


def stand_in(document: Document, incident: dict[str, Any], limit: int) -> Account:
    """An account made of the casualty sentences nearest to the gold place."""
    words = set(re.findall(r"[a-z]{4,}", (incident.get("place") or "").casefold()))
    hits = [s for s in document.sentences if CASUALTY.search(s.text)]
    placed = [
        s.ordinal
        for s in document.sentences
        if words & set(re.findall(r"[a-z]{4,}", s.text.casefold()))
    ]
    if placed and hits:
        hits = sorted(hits, key=lambda s: (min(abs(s.ordinal - p) for p in placed), s.ordinal))
    account = Account(1, "incident")
    for sentence in hits[:limit]:
        match = CASUALTY.search(sentence.text)
        if match:
            account.claims.append(
                Claim(
                    "killed",
                    1,
                    1,
                    1,
                    "one",
                    "exact",
                    sentence.ordinal,
                    0,
                    1,
                    match.start(),
                    match.end(),
                    "gold",
                )
            )
    return account


def incidents(path: Path, single: bool) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Articles with each of their dated incidents, or only the articles with one incident."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if single and len(article["incidents"]) > 1:
                continue
            for incident in article["incidents"]:
                if incident["scope"] == "incident" and incident.get("date_start"):
                    yield article, incident


def main() -> None:
    """Print the two accuracies, and the errors asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--single", action="store_true", help="only articles of one incident")
    parser.add_argument("--sentences", type=int, default=3)
    arguments = parser.parse_args()
    cues = load_knowledge(ROOT / "data" / "reference").when
    asked = span = exact = unsaid = 0
    seconds = words = 0.0
    for article, incident in incidents(arguments.gold, arguments.single):
        document = read_document(article)
        account = stand_in(document, incident, arguments.sentences)
        began = time.perf_counter()
        dating = date_account(document, account, cues)
        seconds += time.perf_counter() - began
        words += sum(
            len(s.text.split()) for s in document.sentences if s.ordinal in account.sentences
        )
        gold = date.fromisoformat(incident["date_start"][:10])
        asked += 1
        unsaid += dating.date_text is None
        first, last = dating.date_start, dating.date_end
        held = bool(first and last and first <= gold <= last and (last - first).days <= 6)
        span += held
        exact += first == gold
        if not held and arguments.errors > 0:
            arguments.errors -= 1
            print(
                f"\n{article['id']} R {document.report_date} gold {gold}"
                f" got {first}..{last} {dating.date_text!r}"
            )
            for sentence in document.sentences:
                if sentence.ordinal in account.sentences or sentence.ordinal <= 2:
                    mark = "*" if sentence.ordinal in account.sentences else " "
                    print(f"   {mark}{sentence.ordinal}: {sentence.text[:400]}")
    print(
        f"incidents {asked}  date_span {span / asked:.3f}  date_start {exact / asked:.3f}"
        f"  nothing said {unsaid / asked:.2f}"
    )
    print(f"{1e6 * seconds / max(words, 1):.1f} us a word of the claims' sentences")


if __name__ == "__main__":
    main()
