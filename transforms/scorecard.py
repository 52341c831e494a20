"""The score card in words: what `evaluate` prints, keeps and writes about errors."""

from __future__ import annotations

from typing import Any

import pandas as pd

from transforms.evaluate import Miss, ScoreCard, rows_by_article, share


def render_card(card: ScoreCard) -> str:
    """The score card as a table in plain text."""
    lines = [
        f"{'kind':10} {'gold':>5} {'prec':>5} {'rec':>5} {'f1':>5}"
        f" {'exact':>5} {'triple':>6} {'leak':>5}"
    ]
    for kind, score in card.kinds.items():
        if score.gold:
            shares = (
                share(score.exact, score.articles),
                share(score.triples, score.matched),
                share(score.leaked, score.barred),
            )
            exact, triple, leak = (_three(share) for share in shares)
            lines.append(
                f"{kind:10} {score.gold:5d} {_three(score.precision)} {_three(score.recall)}"
                f" {_three(score.f1)} {exact} {triple:>6} {leak}"
            )
    rate = share(card.alarms, card.quiet)
    lines.append(f"false alarms {_three(rate)} of {card.quiet} articles without incidents")
    lines += [f"{name:11} {s.right / s.asked:.3f} of {s.asked}" for name, s in card.fields.items()]
    return "\n".join(lines) + "\n"


def card_values(card: ScoreCard) -> dict[str, Any]:
    """The figures of the card as plain values, to keep as JSON or to compare with floors."""
    kinds = {
        kind: {
            "gold": s.gold,
            "precision": s.precision,
            "recall": s.recall,
            "f1": s.f1,
            "exact": share(s.exact, s.articles),
            "articles": s.articles,
            "triple": share(s.triples, s.matched),
            "leak": share(s.leaked, s.barred),
        }
        for kind, s in card.kinds.items()
    }
    fields = {n: {"n": s.asked, "accuracy": s.right / s.asked} for n, s in card.fields.items()}
    alarms = {"articles": card.quiet, "rate": share(card.alarms, card.quiet)}
    return {**kinds, "false_alarms": alarms, "fields": fields}


def render_errors(card: ScoreCard, reports: pd.DataFrame) -> str:
    """The errors, grouped by kind and by what went wrong, with the sentences behind the figures.

    Args:
        card: the score card.
        reports: the table that it scored.
    """
    quotes: dict[str, list[str]] = {
        key: [row["quote"] for row in rows] for key, rows in rows_by_article(reports).items()
    }
    groups: dict[tuple[str, str], list[Miss]] = {}
    for miss in card.misses:
        wrong = (
            "wrong figure" if miss.missed and miss.extra else "missed" if miss.missed else "extra"
        )
        groups.setdefault((miss.kind, wrong), []).append(miss)
    lines: list[str] = []
    for (kind, wrong), members in groups.items():
        lines += ["", f"## {kind}: {wrong} ({len(members)} articles)", ""]
        for miss in members:
            lines.append(
                f"- {miss.article_id}: missed {_figures(miss.missed)}, extra {_figures(miss.extra)}"
            )
            lines += [f"    {quote}" for quote in quotes.get(miss.article_id, [])]
    return "\n".join(lines).lstrip("\n") + "\n"


def _three(share: float | None) -> str:
    return "    -" if share is None else f"{share:5.3f}"


def _figures(counts: dict[int, int]) -> str:
    return (
        ", ".join(f"{n}" if k == 1 else f"{n} (x{k})" for n, k in sorted(counts.items())) or "none"
    )
