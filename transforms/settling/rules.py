"""The rules of settlement: each chooses, per event and kind, among the figures of reports.

A rule is a name, a version and a pure function from a pool of figures (as
`transforms/settling/figures.py` makes them) to one row per event and kind. A rule that would choose
otherwise for the same claims gets a new version.

Source: codebook section 9. `latest` follows the GTD codebook, `ucdp` the UCDP GED codebook, `acled`
the ACLED codebook, `min_max` Iraq Body Count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from transforms.errors import SettingsError

GROUP = ["event_id", "kind"]
TRIPLE = ["low", "best", "high"]

ACLED_WORDS = {"tens": 10, "dozens": 12, "hundreds": 100}
ACLED_VAGUE = ("several", "few", "many", "some", "plural")


Choose = Callable[[pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of settlement.

    Attributes:
        choose: from the pool of figures to `event_id`, `kind`, `low`, `best`, `high` (floats) and
            to the pool's rows that won.
        words: numbers for vague words by `convention`, where the rule has its own.
    """

    name: str
    version: int
    choose: Choose
    words: dict[str, int]

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"


def find_rule(name: str) -> Rule:
    """The rule of a name ("latest") or of a name and version ("latest/1").

    Raises:
        SettingsError: there is no such rule, or not in that version.
    """
    short, _, version = name.partition("/")
    rule = RULES.get(short)
    if rule is None or (version and version != str(rule.version)):
        known = ", ".join(map(str, RULES.values()))
        raise SettingsError(f"no settlement rule {name!r}; there are {known}")
    return rule


def pool_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures among which a rule chooses: where there are any, the credible and the precise.

    Those who died later of their wounds are killed, not injured. A figure that rests on the
    perpetrator's side alone is used only where nothing else is known, and vague words only where
    nobody gives a number.
    """
    figures = _without_the_dead(figures)
    for good in ("credible", "precise"):
        figures = figures.assign(precise=figures["best"].notna())
        possible = figures.groupby(GROUP, observed=True)[good].transform("max")
        figures = figures[figures[good] == possible]
    return figures


def _without_the_dead(figures: pd.DataFrame) -> pd.DataFrame:
    """Leaves out the injured who are told dead by other reports of the event.

    Those of reports after which exactly as many more were told to be dead; and, whatever the day,
    the only one of a report that tells of no dead at all, where one died and no report tells of
    both ("Boy shot at range", two days after "Boy shot dead at range").
    """
    killed = figures[(figures["kind"] == "killed") & figures["best"].notna()]
    last = killed.sort_values(["report_date", "best"], na_position="first")
    last = last.drop_duplicates("event_id", keep="last")[["event_id", "best", "report_date"]]
    own = killed[["event_id", "report_id", "best"]].rename(columns={"best": "before"})
    hurt = figures[(figures["kind"] == "injured") & (figures["best"] > 0)]
    told = hurt[["event_id", "report_id", "best", "report_date"]]
    told = told.merge(own, on=["event_id", "report_id"], how="left", validate="1:1")
    told = told.merge(last, on="event_id", how="left", suffixes=("", "_now"), validate="m:1")
    died = told["best"] + told["before"].fillna(0.0) == told["best_now"]
    died &= ~(told["report_date"] > told["report_date_now"])
    both = told.loc[told["before"] > 0, "event_id"]
    of_dead = told["before"].isna() & (told["best"] == 1.0) & (told["best_now"] == 1.0)
    died |= of_dead & ~told["event_id"].isin(both)
    return figures.drop(index=hurt.index[died.to_numpy()])


def _latest(pool: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    # an undated report is older than any other
    dated = pool.assign(day=pool["report_date"].fillna(pd.Timestamp(0)))
    newest = dated.groupby(GROUP, observed=True)["day"].transform("max")
    return _most_sources(pool[dated["day"] == newest])


def _majority(pool: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return _most_sources(pool)


def _most_sources(pool: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figure with most independent sources, else the lowest, with its commonest bounds."""
    winners = _best_supported(pool, ["value"])
    winners = _best_supported(winners, TRIPLE)
    return winners.drop_duplicates(GROUP)[[*GROUP, *TRIPLE]], winners


def _best_supported(pool: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    support = pool.groupby([*GROUP, *by], observed=True, dropna=False)["source"].nunique()
    ranked = support.rename("sources").reset_index()
    ranked = ranked.sort_values(
        [*GROUP, "sources", *by], ascending=[True, True, False, *([True] * len(by))]
    )
    chosen = ranked.drop_duplicates(GROUP)[[*GROUP, *by]]
    return pool.merge(chosen, on=[*GROUP, *by], validate="m:1")


def _ucdp(pool: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    chosen, winners = _latest(pool)
    low, high = _extremes(pool)
    chosen = chosen.set_index(GROUP)
    # vague words alone give a low and nothing else
    chosen["high"] = high.where(chosen["best"].notna())
    chosen["low"] = low
    return chosen.reset_index(), winners


def _min_max(pool: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    low, high = _extremes(pool)
    precise = pool.groupby(GROUP, observed=True)["best"].count() > 0
    chosen = pd.DataFrame({"low": low, "best": low.where(precise & (low == high)), "high": high})
    chosen["high"] = chosen["high"].where(precise)
    edge = pool.merge(chosen[["low", "high"]].add_suffix("_end"), left_on=GROUP, right_index=True)
    ends = (edge["low"].fillna(edge["value"]) == edge["low_end"]) | (
        edge["high"].fillna(edge["value"]) == edge["high_end"]
    )
    return chosen.reset_index(), edge[ends]


def _extremes(pool: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The smallest and the largest number that any figure of the pool names."""
    keys = [pool[k] for k in GROUP]
    low = pool["low"].fillna(pool["value"]).groupby(keys, observed=True).min()
    high = pool["high"].fillna(pool["value"]).groupby(keys, observed=True).max()
    return low, high


def _acled(pool: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    for column in ("rank", "value"):
        least = pool.groupby(GROUP, observed=True)[column].transform("min")
        pool = pool[pool[column] == least]
    return _most_sources(pool)


def _rule(name: str, choose: Choose, words: dict[str, int] | None = None) -> Rule:
    return Rule(name, 1, choose, words or {})


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        _rule("latest", _latest),
        _rule("ucdp", _ucdp),
        _rule("acled", _acled, {**dict.fromkeys(ACLED_VAGUE, 3), **ACLED_WORDS}),
        _rule("acled_10", _acled, {**dict.fromkeys(ACLED_VAGUE, 10), **ACLED_WORDS}),
        _rule("min_max", _min_max),
        _rule("majority", _majority),
    )
}
"""All rules, the default first."""

DEFAULT_RULE = "latest"
