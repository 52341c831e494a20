"""The tables, declared once.

Everything that speaks of columns derives from here: the Arrow schema, the empty frame, the check at
write time, the Parquet metadata, `datapackage.json` and the data dictionary in docs/.

A column name means one thing and one unit in every table, so columns are declared by name in `FIELDS`
and tables list names. Times are UTC; days are midnight without a zone; counts are nullable integers,
where null means unknown and never 0; ids are strings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from transforms.errors import SchemaError

SCHEMA_VERSION = "1"
"""Rises by one whenever a table or column changes meaning; CHANGELOG.md says what users must do."""

KINDS = ("killed", "injured", "abducted", "missing", "casualties")
"""The kinds of figure. `casualties` holds figures that can't be split into dead and hurt."""

BOUNDS = ("low", "best", "high")
ROLES = ("civilian", "state_force", "armed_group", "unknown")
SCOPES = ("incident", "background", "aggregate", "hypothetical")
DOMAINS = ("conflict", "crime", "accident", "disaster", "disease", "other")
EVENT_TYPES = (
    "clash",
    "air_strike",
    "shelling",
    "bombing",
    "shooting",
    "assassination",
    "abduction",
    "execution_or_massacre",
    "riot_or_protest",
    "police_action",
    "transport_accident",
    "industrial_accident",
    "fire",
    "weather",
    "earthquake_or_tsunami",
    "epidemic",
    "other",
)
RELATIONS = ("total", "part", "subset", "superseded")
CLAIM_STANCES = ("asserted", "disputed", "denied")
ATTRIBUTION_STANCES = ("claimed", "alleged", "denied", "disowned")
SPEAKER_ROLES = (
    "official",
    "military",
    "police",
    "medical",
    "un_or_aid",
    "party",
    "armed_group",
    "witness",
    "media",
    "narrator",
    "unknown",
)
GRADES = ("contested", "confirmed", "fair", "weak")
STATUSES = ("active", "merged", "withdrawn")

ARROW_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int": pa.int32(),
    "long": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "time": pa.timestamp("us", tz="UTC"),
    "day": pa.timestamp("us"),
    "strings": pa.list_(pa.string()),
}
PANDAS_TYPES: dict[str, str] = {
    "string": "str",
    "int": "Int32",
    "long": "Int64",
    "float": "float64",
    "bool": "boolean",
    "time": "datetime64[us, UTC]",
    "day": "datetime64[us]",
    "strings": "object",
}
PACKAGE_TYPES: dict[str, str] = {
    "string": "string",
    "int": "integer",
    "long": "integer",
    "float": "number",
    "bool": "boolean",
    "time": "datetime",
    "day": "date",
    "strings": "array",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type (a key of `ARROW_TYPES`), meaning, unit and allowed values."""

    name: str
    type: str
    description: str
    unit: str | None = None
    values: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its grain (what a row stands for), key, columns and the columns never null."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: frozenset[str] = field(default_factory=frozenset)

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(column.name for column in self.columns)


def _fields(*columns: Column) -> dict[str, Column]:
    return {column.name: column for column in columns}


_TOLL_WORDS = {
    "low": "the fewest that the sources support",
    "best": "the figure to use where one is needed; null where the text gives only vague words",
    "high": "the most that the sources support; null where no upper bound is given",
}
_KIND_WORDS = {
    "killed": "people killed",
    "injured": "people injured",
    "abducted": "people abducted",
    "missing": "people missing",
    "casualties": "people killed or injured that the source does not split; never counted as killed",
}

FIELDS: dict[str, Column] = _fields(
    # identity and lineage
    Column(
        "article_id",
        "string",
        "The article: hash of its canonical url, or of feed and guid; a given id in `code`",
    ),
    Column(
        "version", "int", "Version of the article's text, from 1; changed text is a new version"
    ),
    Column("claim_id", "string", "The claim: hash of its report, kind and place in the text"),
    Column(
        "attribution_id",
        "string",
        "The attribution: hash of its report, actor, stance and place in the text",
    ),
    Column(
        "report_id", "string", "The report: hash of article_id and the ordinal of the account in it"
    ),
    Column(
        "event_id",
        "string",
        "The event: hash of its founding article and report; stable when its facts change",
    ),
    Column("feed_id", "string", "The feed as named in feeds.toml"),
    Column("run_id", "string", "The ingest run that stored the raw bytes"),
    Column("reject_id", "string", "The rejected thing: hash of run, stage and what was rejected"),
    Column("coder_version", "string", "Version of the coder that read the text"),
    Column("code_version", "string", "Version of casualty-ledger"),
    Column("schema_version", "string", "Version of these tables"),
    Column(
        "night",
        "day",
        "Logical date of the run that first stored the row; passed in, never read from a clock",
    ),
    Column("observed_at", "day", "The night on which the row was first seen"),
    # articles
    Column("publisher", "string", "Who published the article"),
    Column("url", "string", "Address as the feed gave it"),
    Column(
        "canonical_url", "string", "Address without tracking parameters, fragments and mobile forms"
    ),
    Column("title", "string", "Headline"),
    Column("language", "string", "Language of the text", values=None, unit="ISO 639-1 code"),
    Column("published_at", "time", "When the article was published, by its feed or page"),
    Column("report_date", "day", "Day of publication in the feed's own time zone"),
    Column(
        "published_at_source",
        "string",
        "Where published_at comes from",
        values=("feed", "page", "given", "clamped"),
    ),
    Column("updated_at", "time", "When the article says that it was last changed"),
    Column("fetched_at", "time", "When its bytes were fetched"),
    Column("word_count", "int", "Length of the text", unit="words"),
    Column("text_sha256", "string", "SHA-256 of the normalised headline and text"),
    Column(
        "duplicate_of",
        "string",
        "article_id of the article that this one repeats or rewrites; null for originals",
    ),
    Column("duplicate_kind", "string", "What the two share", values=("url", "text", "near")),
    # claims
    Column("kind", "string", "What the figure counts", values=KINDS),
    Column("low", "int", "Lower bound of the figure", unit="people"),
    Column("best", "int", "The figure itself; null for vague words", unit="people"),
    Column("high", "int", "Upper bound of the figure", unit="people"),
    Column("figure", "string", "The words that give the number"),
    Column(
        "convention",
        "string",
        "The rule that turned words into numbers (exact, at_least, about, up_to, range, several, few,"
        " plural, dozens, scores, tens, hundreds, thousands, ..., persons, zero, deadly)",
    ),
    Column("relation", "string", "How the claim stands to its report's total", values=RELATIONS),
    Column("victims", "string", "Who was hurt, in the article's words"),
    Column("victim_role", "string", "Who was hurt, by role", values=ROLES),
    Column("speaker", "string", "Who says so, in the article's words; null for the article itself"),
    Column("speaker_role", "string", "Who says so, by role", values=SPEAKER_ROLES),
    Column(
        "stance",
        "string",
        "For a claim: how its number is held (asserted, disputed, denied). For an attribution: claimed"
        " by the actor, alleged by others, denied by the actor, or disowned (nobody claims it)",
        values=CLAIM_STANCES + ATTRIBUTION_STANCES,
    ),
    Column(
        "scope",
        "string",
        "Whether it is news, recalled, a total over many events, or not real",
        values=SCOPES,
    ),
    Column("quote", "string", "The sentence that says so"),
    Column("sentence", "int", "Ordinal of the sentence: 0 is the headline, the text starts at 1"),
    Column(
        "char_start", "int", "Start of the words, in the headline or the text", unit="characters"
    ),
    Column("char_end", "int", "End of the words, in the headline or the text", unit="characters"),
    # when, where, who
    Column("domain", "string", "Realm of the event", values=DOMAINS),
    Column("event_type", "string", "Kind of event", values=EVENT_TYPES),
    Column("date_start", "day", "First day on which it may have happened"),
    Column("date_end", "day", "Last day on which it may have happened"),
    Column(
        "date_precision",
        "int",
        "1 exact day; 2 two to six days; 3 a week; 4 eight to thirty days or a month; 5 longer",
    ),
    Column("date_text", "string", "The words that say when"),
    Column(
        "place_name",
        "string",
        "Place as the gazetteer spells it; the article's words where it has none",
    ),
    Column("place_text", "string", "Place in the article's words"),
    Column("admin1", "string", "First-order division, as the gazetteer spells it"),
    Column("country", "string", "Country", unit="ISO 3166-1 alpha-3 code"),
    Column("latitude", "float", "Latitude, WGS 84", unit="degrees"),
    Column("longitude", "float", "Longitude, WGS 84", unit="degrees"),
    Column(
        "place_precision",
        "int",
        "1 exact place; 2 within about 25 km; 3 second-order division; 4 first-order division;"
        " 5 line or fuzzy area; 6 country only; 7 sea or air",
    ),
    Column("geonames_id", "long", "GeoNames id of the place"),
    Column(
        "actor",
        "string",
        "Alleged perpetrator, as the actor list or the article names it; often null",
    ),
    Column("actor_text", "string", "Perpetrator in the article's words, generic ones included"),
    Column("target", "string", "Whom or what the violence was aimed at, in the article's words"),
    Column(
        "responsibility",
        "string",
        "Sum of the attributions: denied before claimed before alleged before disowned",
        values=ATTRIBUTION_STANCES,
    ),
    Column(
        "confidence",
        "float",
        "How sure the coder is that this is one real event with this toll",
        unit="0 to 1",
    ),
    *(
        Column(
            f"{kind}_{bound}", "int", f"Of {_KIND_WORDS[kind]}: {_TOLL_WORDS[bound]}", unit="people"
        )
        for kind in KINDS
        for bound in BOUNDS
    ),
    # events
    *(
        Column(
            f"killed_{role}",
            "int",
            "Of killed_best: "
            + (
                "those whose role is not known (the rest)"
                if role == "unknown"
                else f"those with the role {role}"
            )
            + "; null where killed_best is null",
            unit="people",
        )
        for role in ROLES
    ),
    Column("attribution", "string", "Grade of the attribution, after Airwars", values=GRADES),
    Column("toll_disputed", "bool", "Whether somebody says that the number is wrong"),
    Column("rule", "string", "Settlement rule that chose the tolls"),
    *(
        Column(f"settled_by_{kind}", "strings", f"claim_ids that decided {kind}")
        for kind in KINDS[:4]
    ),
    Column("n_articles", "int", "Articles that report it, copies included", unit="articles"),
    Column("n_publishers", "int", "Publishers that report it", unit="publishers"),
    Column(
        "n_independent",
        "int",
        "Independent sources: groups of copies, by publisher",
        unit="sources",
    ),
    Column("first_reported_at", "day", "Earliest report_date of its reports"),
    Column("last_reported_at", "day", "Latest report_date of its reports"),
    Column("headline", "string", "Headline of its founding article"),
    Column("status", "string", "Whether the event stands", values=STATUSES),
    Column("merged_into", "string", "event_id that this event became part of"),
    # links
    Column("report_a", "string", "report_id of the smaller id of the pair"),
    Column("report_b", "string", "report_id of the larger id of the pair"),
    Column("score", "float", "How well the two reports agree", unit="0 to 1"),
    Column("reasons", "strings", "What spoke for and against"),
    Column("decision", "string", "What was decided", values=("joined", "near_miss", "separate")),
    Column("decided_by", "string", "Who decided", values=("rule", "correction")),
    # feeds
    Column("http_status", "int", "Status of the last response"),
    Column("entries", "int", "Entries seen in the feed", unit="entries"),
    Column("new", "int", "Entries that became new article versions", unit="entries"),
    Column("bytes", "long", "Bytes received", unit="bytes"),
    Column("seconds", "float", "Time it took", unit="seconds"),
    Column("error_class", "string", "Reason code of the failure; null for success"),
    Column(
        "consecutive_failures", "int", "Nights in a row on which the feed failed", unit="nights"
    ),
    Column("last_success", "day", "Last night on which the feed answered"),
    # rejects
    Column(
        "stage",
        "string",
        "Stage that rejected it",
        values=("fetch", "parse", "extract", "normalise", "code", "merge", "publish"),
    ),
    Column("reason", "string", "Short reason code"),
    Column("detail", "string", "What exactly, for a person"),
    Column("raw_ref", "string", "Where the raw bytes are: shard or imported archive, and record"),
    # runs
    Column("started_at", "time", "When the run started"),
    Column("ended_at", "time", "When the run ended"),
    Column("counts", "string", "Rows that the run added to each table, how the look at pages did, and the seconds of each stage by the clock", unit="JSON object"),
    Column("balances", "string", "The two conservation balances", unit="JSON object"),
    Column("findings", "strings", "What the checks found"),
    Column(
        "outcome",
        "string",
        "How the run ended",
        values=("released", "unchanged", "partial", "failed"),
    ),
)

_WHERE_WHEN_WHO = ["domain", "event_type", "date_start", "date_end", "date_precision", "date_text", "place_name", "place_text", "admin1", "country", "latitude", "longitude", "place_precision", "geonames_id", "actor", "actor_text", "target", "responsibility"]
TOLLS = tuple(f"{kind}_{bound}" for kind in KINDS for bound in BOUNDS)
KILLED_ROLES = tuple(f"killed_{role}" for role in ROLES)
SETTLED_BY = tuple(f"settled_by_{kind}" for kind in KINDS[:4])


def _table(name: str, grain: str, key: str, rest: Iterable[str], required: str = "") -> Table:
    keys = tuple(key.split())
    names = (*keys, *(n for n in rest if n not in keys))
    return Table(
        name=name,
        grain=grain,
        key=keys,
        columns=tuple(FIELDS[n] for n in names),
        required=frozenset((*keys, *required.split())),
    )


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table(
            "articles",
            "article version",
            "article_id version",
            ["feed_id", "publisher", "url", "canonical_url", "title", "language", "published_at", "report_date", "published_at_source", "updated_at", "fetched_at", "night", "word_count", "text_sha256", "duplicate_of", "duplicate_kind", "run_id"],
        ),
        _table(
            "claims",
            "figure in a sentence",
            "claim_id",
            ["report_id", "article_id", "version", "kind", "low", "best", "high", "figure", "convention", "relation", "victims", "victim_role", "speaker", "speaker_role", "stance", "scope", "quote", "sentence", "char_start", "char_end", "report_date", "observed_at", "coder_version"],
            "report_id article_id version kind figure convention relation victim_role speaker_role"
            " stance scope quote sentence char_start char_end coder_version",
        ),
        _table(
            "attributions",
            "saying who did it",
            "attribution_id",
            ["report_id", "actor", "actor_text", "stance", "speaker", "speaker_role", "quote", "sentence", "char_start", "char_end", "report_date", "observed_at"],
            "report_id stance speaker_role quote sentence char_start char_end",
        ),
        _table(
            "reports",
            "article version and account of one event",
            "report_id",
            [
                "article_id",
                "version",
                "event_id",
                "scope",
                *_WHERE_WHEN_WHO,
                *TOLLS,
                "quote",
                "confidence",
                "report_date",
                "observed_at",
            ],
            "article_id version scope quote",
        ),
        _table(
            "events",
            "event",
            "event_id",
            [
                *_WHERE_WHEN_WHO,
                *TOLLS,
                *KILLED_ROLES,
                "attribution",
                "toll_disputed",
                "rule",
                *SETTLED_BY,
                *["n_articles", "n_publishers", "n_independent", "first_reported_at", "last_reported_at"],
                *["headline", "status", "merged_into", "confidence", "observed_at"],
            ],
            "rule status toll_disputed",
        ),
        _table(
            "tolls",
            "event and night on which its toll changed",
            "event_id observed_at",
            [*TOLLS, *KILLED_ROLES, "rule", *SETTLED_BY],
            "rule",
        ),
        _table(
            "links",
            "pair of reports that were compared and joined, or nearly",
            "report_a report_b",
            ["score", "reasons", "decision", "decided_by", "observed_at"],
            "decision decided_by",
        ),
        _table(
            "feeds",
            "run and feed",
            "run_id feed_id",
            ["night", "http_status", "entries", "new", "bytes", "seconds", "error_class", "consecutive_failures", "last_success"],
        ),
        _table(
            "rejects",
            "thing rejected anywhere",
            "run_id reject_id",
            ["night", "stage", "reason", "feed_id", "url", "detail", "raw_ref"],
            "stage reason",
        ),
        _table(
            "runs",
            "run",
            "run_id",
            ["night", "started_at", "ended_at", "code_version", "coder_version", "schema_version", "counts", "balances", "findings", "outcome"],
            "outcome",
        ),
    )
}

_STANCES = {"claims": CLAIM_STANCES, "attributions": ATTRIBUTION_STANCES}


def allowed(table: str, column: str) -> tuple[str, ...] | None:
    """The values that a column of a table may hold, or None where any will do."""
    if column == "stance":
        return _STANCES[table]
    return FIELDS[column].values


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table, with the description and unit of each column as metadata."""
    spec = TABLES[table]
    fields = []
    for column in spec.columns:
        metadata = {"description": column.description}
        if column.unit:
            metadata["unit"] = column.unit
        values = allowed(table, column.name)
        if values:
            metadata["values"] = ",".join(values)
        fields.append(
            pa.field(
                column.name,
                ARROW_TYPES[column.type],
                nullable=column.name not in spec.required,
                metadata=metadata,
            )
        )
    return pa.schema(
        fields,
        metadata={
            "table": table,
            "grain": f"one row per {spec.grain}",
            "schema_version": SCHEMA_VERSION,
        },
    )


def empty_frame(table: str) -> pd.DataFrame:
    """A frame of no rows with the columns and types of a table."""
    return _no_rows(table).copy()


@cache  # a quiet batch of news makes nothing but these, and pandas takes milliseconds for each
def _no_rows(table: str) -> pd.DataFrame:
    return pd.DataFrame(
        {c.name: pd.Series(dtype=PANDAS_TYPES[c.type]) for c in TABLES[table].columns}
    )


def frame_of(table: str, rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """A frame with the columns and types of a table from rows that may leave columns out.

    Args:
        table: name of the table.
        rows: one dict per row; a missing key is null, an unknown key is an error.

    Raises:
        SchemaError: a row has a key that the table has not.
    """
    listed = list(rows)
    spec = TABLES[table]
    extra = set().union(*listed) - set(spec.names)
    if extra:
        named = ", ".join(sorted(extra))
        raise SchemaError(f"table {table} has no column {named}; see transforms/schema.py")
    if not listed:
        return empty_frame(table)
    columns = {}
    for column in spec.columns:
        name = column.name
        values = pd.Series([row.get(name) for row in listed], dtype=object)
        columns[name] = _cast_column(table, column, values).array
    # nobody else holds these arrays: a frame of series would copy each of them
    return pd.DataFrame(columns, copy=False)


def cast_frame(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the columns of a table in their order and types; columns left out are null.

    Raises:
        SchemaError: a column is unknown or holds values that its type can't take.
    """
    spec = TABLES[table]
    extra = [name for name in frame.columns if name not in spec.names]
    if extra:
        raise SchemaError(f"table {table} has no column {', '.join(map(str, extra))}")
    missing = pd.Series(None, index=frame.index, dtype=object)
    out = {
        column.name: _cast_column(table, column, frame.get(column.name, missing))
        for column in spec.columns
    }
    return pd.DataFrame(out, index=frame.index).reset_index(drop=True)


def _cast_column(table: str, column: Column, values: pd.Series) -> pd.Series:
    try:
        return _cast(values, column.type)
    except (TypeError, ValueError, OverflowError) as error:
        raise SchemaError(f"table {table}, column {column.name} ({column.type}): {error}") from error


def _cast(series: pd.Series, kind: str) -> pd.Series:
    if kind == "time":
        return pd.to_datetime(series, utc=True).astype("datetime64[us, UTC]")
    if kind == "day":
        return pd.to_datetime(series).astype("datetime64[us]")
    if kind == "strings":
        return series.astype(object).where(series.notna(), None)
    if kind == "float":
        return pd.to_numeric(series).astype("float64")
    return series.astype(PANDAS_TYPES[kind])  # type: ignore[call-overload, no-any-return]


def to_arrow(table: str, frame: pd.DataFrame) -> pa.Table:
    """The frame as an Arrow table under the declared schema, strictly checked.

    Args:
        table: name of the table.
        frame: exactly the declared columns, in any order.

    Raises:
        SchemaError: columns are missing or extra, a type does not fit, a required column holds a
            null, a key repeats, or a value is not among the allowed ones.
    """
    spec = TABLES[table]
    missing = [n for n in spec.names if n not in frame]
    extra = [str(n) for n in frame.columns if n not in spec.names]
    if missing or extra:
        raise SchemaError(
            f"table {table}: missing columns {missing or 'none'}, unknown columns {extra or 'none'}"
        )
    frame = frame[list(spec.names)]
    for name in sorted(spec.required):
        if frame[name].isna().any():
            row = int(frame[name].isna().to_numpy().argmax())
            raise SchemaError(f"table {table}, column {name}, row {row}: null in a required column")
    for column in spec.columns:
        values = allowed(table, column.name)
        if values:
            bad = ~(frame[column.name].isin(values) | frame[column.name].isna())
            if bad.any():
                raise SchemaError(
                    f"table {table}, column {column.name}: {frame.loc[bad, column.name].iloc[0]!r}"
                    f" is none of {', '.join(values)}"
                )
    repeated = frame.duplicated(list(spec.key))
    if repeated.any():
        key = frame.loc[repeated, list(spec.key)].iloc[0].tolist()
        raise SchemaError(f"table {table}: the key {key} stands in more than one row")
    schema = arrow_schema(table)
    try:
        arrow = pa.Table.from_pandas(cast_frame(table, frame), schema=schema, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise SchemaError(f"table {table}: {error}") from error
    metadata = {**(schema.metadata or {}), b"pandas": (arrow.schema.metadata or {})[b"pandas"]}
    return arrow.replace_schema_metadata(metadata)


def from_arrow(arrow: pa.Table) -> pd.DataFrame:
    """The Arrow table as a frame with the types of `empty_frame`."""
    table = (arrow.schema.metadata or {})[b"table"].decode()
    return cast_frame(table, arrow.to_pandas())


def package_descriptor(files: dict[str, list[str]]) -> dict[str, Any]:
    """The Frictionless Data Package 2 descriptor of a release.

    Args:
        files: for each table the paths of its Parquet files, relative to the release.
    """
    resources = []
    for name, paths in sorted(files.items()):
        spec = TABLES[name]
        fields = []
        for column in spec.columns:
            constraints: dict[str, Any] = {"required": True} if column.name in spec.required else {}
            values = allowed(name, column.name)
            if values:
                constraints["enum"] = list(values)
            entry: dict[str, Any] = {
                "name": column.name,
                "type": PACKAGE_TYPES[column.type],
                "description": column.description,
            }
            if column.unit:
                entry["unit"] = column.unit
            if constraints:
                entry["constraints"] = constraints
            fields.append(entry)
        resources.append(
            {
                "name": name,
                "type": "table",
                "description": f"One row per {spec.grain}.",
                "path": sorted(paths),
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "schema": {"fields": fields, "primaryKey": list(spec.key)},
            }
        )
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "casualty-ledger",
        "title": "casualty-ledger: casualties reported in the news, claim by claim",
        "description": "See codebook.md for the rules of reading, LICENCES.md for quotes and places.",
        "version": SCHEMA_VERSION,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": resources,
    }


def data_dictionary() -> str:
    """The data dictionary of docs/, in Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from `transforms/schema.py` by `python -m flows docs`; do not edit.",
        f"Schema version {SCHEMA_VERSION}. Null means unknown, never 0.",
    ]
    for spec in TABLES.values():
        lines += [
            "",
            f"## {spec.name}",
            "",
            f"One row per {spec.grain}. Key: {', '.join(f'`{k}`' for k in spec.key)}.",
            "",
            "| column | type | unit | meaning |",
            "|---|---|---|---|",
        ]
        for column in spec.columns:
            values = allowed(spec.name, column.name)
            meaning = column.description + (f". One of: {', '.join(values)}" if values else "")
            kind = str(ARROW_TYPES[column.type]) + (
                "" if column.name not in spec.required else ", required"
            )
            lines.append(f"| `{column.name}` | {kind} | {column.unit or ''} | {meaning} |")
    return "\n".join(lines) + "\n"


def describe_json(files: dict[str, list[str]]) -> str:
    """The package descriptor as the text of datapackage.json."""
    return json.dumps(package_descriptor(files), indent=2, ensure_ascii=False) + "\n"
