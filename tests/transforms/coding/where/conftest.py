"""The project's own gazetteer, loaded once for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.reference import load_gazetteer
from transforms.coding.model import Account, Claim, Document, Placing, Sentence
from transforms.coding.where.gazetteer import Gazetteer
from transforms.coding.where.mentions import find_places
from transforms.coding.where.place import place_account
from transforms.coding.where.resolve import resolve_places

PLACES = Path(__file__).resolve().parents[4] / "data" / "reference" / "places"


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer(PLACES)


@pytest.fixture(scope="session")
def place(gazetteer):
    """Places the account of one sentence (or of `own`) of a text given as sentences."""

    def run(
        *texts: str,
        own: tuple[int, ...] = (1,),
        word: str = "killed",
        dateline: str | None = None,
        country: str | None = None,
        taken: tuple[int, ...] = (),
        shares: tuple[int, ...] = (),
    ) -> Placing:
        sentences = tuple(Sentence(n, text, 0, n) for n, text in enumerate(texts, start=1))
        document = Document("a", 1, sentences, dateline=dateline, publisher_country=country)
        account = Account(0, "incident")
        for ordinal in own:
            at = max(texts[ordinal - 1].lower().find(word), 0)
            claim = Claim("killed", 1, 1, 1, "one", "exact", ordinal, at, at, at, at + 6, "test")
            claim.relation = "subset" if ordinal in shares else "total"
            account.claims.append(claim)
        found = {s.ordinal: find_places(s.text, gazetteer) for s in sentences}
        resolved = resolve_places(found, document, gazetteer)
        return place_account(document, account, resolved, gazetteer, taken=taken)

    return run
