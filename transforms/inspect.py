"""One event with everything behind it, as text for a person: what `show` prints."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from transforms.dossiers import Blame, Dossier, Row, Saying, collect_dossiers, rows_of

Tables = Mapping[str, pd.DataFrame]


def find_events(tables: Tables, beginning: str) -> list[str]:
    """The ids of the events that begin with some characters, sorted.

    Args:
        tables: the tables of a release.
        beginning: an id, or its first characters.
    """
    ids = tables["events"]["event_id"]
    return sorted(ids[ids.str.startswith(beginning)]) if beginning else []


def describe_event(tables: Tables, event_id: str) -> str | None:
    """An event's facts, claims with their speakers and sources, blame, history, reports and links.

    Args:
        tables: the tables of a release.
        event_id: the event; an id that begins with these characters will do where it is the only.

    Returns:
        The text, or None where there is no such event, or more than one.
    """
    found = find_events(tables, event_id)
    if len(found) != 1:
        return None
    dossier = collect_dossiers(tables, found)[0]
    parts = (
        _facts(dossier),
        _section("Claims", [line for s in dossier.sayings for line in _saying(s)]),
        _section("Who is said to have done it", [_blame(b) for b in dossier.blames]),
        _section("History of the toll", _history(dossier)),
        _section("Reports", _reports(tables, found[0])),
        _section("Joined, or nearly", _links(tables, found[0])),
    )
    return "\n".join(part for part in parts if part)


def _facts(dossier: Dossier) -> str:
    row = dossier.event
    lines = [
        f"{row['event_id']}  {row['headline'] or ''}".rstrip(),
        f"  status      {row['status']} {row['merged_into'] or ''}".rstrip(),
        f"  what        {row['domain']}, {row['event_type']}",
        f"  when        {_span(row)} (precision {row['date_precision'] or '-'})",
        f"  where       {_place(row)} (precision {row['place_precision'] or '-'})",
        f"  who         {row['actor'] or row['actor_text'] or '-'}"
        f" (responsibility {row['responsibility'] or '-'}, grade {row['attribution'] or '-'})",
        *(f"  {toll.kind:11} {toll.words}" for toll in dossier.tolls),
        *(f"    {role:9} {count}" for role, count in dossier.roles),
        f"  settled by  {row['rule']}, toll disputed: {'yes' if row['toll_disputed'] else 'no'}",
        f"  sources     {row['n_independent'] or 0} independent, {row['n_publishers'] or 0}"
        f" publishers, {row['n_articles'] or 0} articles",
    ]
    return "\n".join(lines) + "\n"


def _span(row: Row) -> str:
    days = [row[name].date().isoformat() for name in ("date_start", "date_end") if row[name]]
    return "..".join(dict.fromkeys(days)) or "-"


def _place(row: Row) -> str:
    return ", ".join(str(row[n]) for n in ("place_name", "admin1", "country") if row[n]) or "-"


def _saying(saying: Saying) -> list[str]:
    source = saying.source
    said_by = saying.speaker or saying.speaker_role
    figures = [
        f"    {figure.toll.kind} {figure.toll.words} <- {figure.words!r} ({figure.relation},"
        f" {figure.stance}{', decided the toll' if figure.settled else ''})"
        for figure in saying.figures
    ]
    told_by = f"{source.publisher or '?'}, {saying.night or '?'}: {source.url or '-'}"
    return [f'  "{saying.quote}"', *figures, f"    said by {said_by}", f"    {told_by}"]


def _blame(blame: Blame) -> str:
    said_by = blame.speaker or blame.speaker_role
    return f'  {blame.actor or "nobody"} ({blame.stance}, by {said_by}): "{blame.quote}"'


def _history(dossier: Dossier) -> list[str]:
    return [
        f"  {night}  " + ", ".join(f"{toll.kind} {toll.words}" for toll in tolls)
        for night, tolls in dossier.history
    ]


def _reports(tables: Tables, event_id: str) -> list[str]:
    mine = tables["reports"][tables["reports"]["event_id"] == event_id]
    titles = tables["articles"][["article_id", "version", "publisher", "title"]]
    joined = mine.merge(titles, on=["article_id", "version"], how="left", validate="many_to_one")
    return [
        f"  {row['report_id']}  {row['scope']:10} {row['publisher'] or '?'}: {row['title'] or '-'}"
        for row in rows_of(joined.sort_values(["observed_at", "report_id"]))
    ]


def _links(tables: Tables, event_id: str) -> list[str]:
    mine = set(tables["reports"].loc[tables["reports"]["event_id"] == event_id, "report_id"])
    links = tables["links"]
    own = links[links["report_a"].isin(mine) | links["report_b"].isin(mine)]
    return [
        f"  {row['report_a']} {row['report_b']}  {row['decision']} by {row['decided_by']}"
        f" ({'-' if row['score'] is None else format(row['score'], '.2f')}):"
        f" {'; '.join(row['reasons'] if row['reasons'] is not None else ())}"
        for row in rows_of(own.sort_values(["report_a", "report_b"]))
    ]


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([title, *lines, ""]) if lines else ""
