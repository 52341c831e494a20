"""Which country an account is about, where no place says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transforms.coding.model import Account, Document
from transforms.coding.where.gazetteer import Gazetteer
from transforms.coding.where.resolve import Resolved
from transforms.coding.where.setting import dateline_places, institution_votes, site_places

_ADJECTIVE = ("", "adjunct", "of")
_DATELINE_SAY = 3.0
_ARTICLE_SAY = 1.5
_BESIDE_SAY = 0.3
"""How much dateline, whole article and neighbouring sentences count against an account's own
sentences, where "in Iraq" is 4. Set on voa_dev and muc4_dev, 2026-11."""


def country_shares(
    document: Document, resolved: Mapping[int, Sequence[Resolved]], gazetteer: Gazetteer
) -> dict[str, float]:
    """How much the article, with its dateline, speaks of each country; the most spoken of has 1."""
    scores: dict[str, float] = {}
    for mention in dateline_places(document, gazetteer):
        for candidate in mention.candidates[:1]:
            scores[candidate.country or ""] = _DATELINE_SAY
    for items in resolved.values():
        for country, say in _says(items).items():
            scores[country] = scores.get(country, 0.0) + say
    scores.pop("", None)
    if document.publisher_country and not scores:
        scores[document.publisher_country] = 1.0
    scores = scores or _of_site(document, gazetteer) or institution_votes(document, gazetteer)
    top = max(scores.values(), default=1.0) or 1.0
    return {country: score / top for country, score in scores.items()}


def _of_site(document: Document, gazetteer: Gazetteer) -> dict[str, float]:
    """The country of the places in the name of the site."""
    named = (m.candidates[0].country for m in site_places(document, gazetteer) if m.candidates)
    return {country: 1.0 for country in named if country}


def choose_country(
    account: Account, resolved: Mapping[int, Sequence[Resolved]], shares: Mapping[str, float]
) -> str | None:
    """The country that the account's sentences speak of; the rest of the article has less say."""
    own = account.sentences
    beside = [own[0] - 1, own[-1] + 1] if own else []
    scores = {country: _ARTICLE_SAY * share for country, share in shares.items()}
    for factor, ordinals in ((1.0, own), (_BESIDE_SAY, beside)):
        for ordinal in ordinals:
            for country, say in _says(resolved.get(ordinal, ())).items():
                scores[country] = scores.get(country, 0.0) + factor * say
    return heaviest(scores)


def heaviest(scores: Mapping[str, float]) -> str | None:
    """The key with the largest value, the first in the alphabet of equals; None of none."""
    return max(sorted(scores), key=scores.__getitem__, default=None)


def _says(items: Sequence[Resolved]) -> dict[str, float]:
    """How plainly one sentence speaks of each country: by its plainest words, not their number."""
    says: dict[str, float] = {}
    for item in items:
        if item.country:
            says[item.country] = max(says.get(item.country, 0.0), _say(item))
    return says


def _say(item: Resolved) -> float:
    mention = item.mention
    share = 0.3 if mention.talk else 1.0
    if mention.relation in ("border", "name", "subject"):
        return 0.5
    if item.kind == "people" or (item.country == "USA" and mention.relation in _ADJECTIVE):
        return 0.5 if item.country == "USA" else 1.5
    if item.kind == "country":
        return (4.0 if mention.tie in ("at", "near") else 2.0) * share
    return (3.0 if mention.tie in ("at", "near") else 1.0) * share
