"""Dates as feeds and pages write them: to UTC, or to nothing; never to today for want of one.

The standard forms come first, for they are nearly all (RFC 822 and ISO 8601); one fallback finds
day, month name, year, time and zone in whatever order.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from functools import lru_cache
from zoneinfo import ZoneInfo

MAX_DATE_CHARACTERS = 100
"""Longer strings are no dates; the bound keeps hostile ones cheap."""

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Years outside are typing errors or placeholders (0001, 9999)."""


def _table(text: str) -> dict[str, int]:
    """Name to number, from lines of a number and its names."""
    return {
        name: int(n) for n, *names in map(str.split, text.strip().splitlines()) for name in names
    }


_ZONES = _table("""
    0 z ut utc gmt wet
    60 west bst cet mez met wat
    120 cest mesz eet cat sast
    180 eest msk eat trt
    210 irst
    270 irdt aft
    240 gst msd
    300 pkt uzt
    330 ist
    345 npt
    360 bdt
    390 mmt
    420 ict wib
    480 wita hkt sgt pht myt awst
    540 wit jst kst
    570 acst
    600 aest
    630 acdt
    660 aedt
    720 nzst
    780 nzdt
    -210 nst
    -150 ndt
    -180 brt art adt
    -240 ast clt bot vet edt
    -300 est cot pet ect cdt
    -360 cst mdt
    -420 mst pdt
    -480 pst akdt
    -540 akst
    -600 hst
""")
"""Minutes east of UTC. Ambiguous names are read as feeds use them most: IST India, CST and EST
North America, BST Britain, AST Atlantic."""

_MONTHS = _table("""
    1 jan january januar janvier janv enero ene janeiro gennaio gen ocak oca januari января
    1 янв січня يناير janvāris styczeń stycznia sty gener ianuarie ιανουαρίου ιαν jän jänner
    2 feb february februar février févr fév fevrier febrero fevereiro fev febbraio şubat şub
    2 februari pebruari февраля фев февр лютого فبراير luty lutego lut φεβρουαρίου φεβ
    3 mar march märz mär mars marzo março marco mart maret maart mrt марта мар мартa березня
    3 مارس marca marzec μαρτίου μαρ mrz
    4 apr april avril avr abril abr aprile nisan nis апреля апр квітня أبريل ابريل kwiecień
    4 kwietnia kwi απριλίου απρ
    5 may mai mayo maio maggio mag mayıs mei мая май травня مايو maj maja μαΐου μαϊ
    6 jun june juni juin junio junho giugno giu haziran haz июня июн червня يونيو czerwiec
    6 czerwca cze ιουνίου ιουν
    7 jul july juli juillet juil julio julho luglio lug temmuz tem июля июл липня يوليو lipiec
    7 lipca lip ιουλίου ιουλ
    8 aug august août aout agosto ago ağustos ağu agustus agu augustus августа авг серпня
    8 أغسطس اغسطس sierpień sierpnia sie αυγούστου αυγ
    9 sep sept september septembre septiembre setembro set settembre eylül eyl сентября сен
    9 сент вересня سبتمبر wrzesień września wrz σεπτεμβρίου σεπ
    10 oct october oktober okt octobre octubre outubro out ottobre ott ekim eki октября окт
    10 жовтня أكتوبر اكتوبر październik października paź οκτωβρίου οκτ
    11 nov november novembre noviembre novembro kasım kas nopember ноября ноя нояб листопада
    11 نوفمبر listopad listopada lis νοεμβρίου νοε
    12 dec december dezember dez décembre déc decembre diciembre dic dezembro dicembre aralık
    12 ara desember des декабря дек грудня ديسمبر grudzień grudnia gru δεκεμβρίου δεκ
""")

_WORD = re.compile(r"[^\W\d_]+")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})[:h](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?(?!\d)\s*([ap]\.?m\b)?", re.I
)
_OFFSET = re.compile(
    r"(?:(?<=[\s\d])|GMT|UTC)([+-])(\d{1,2}):?(\d{2})?(?![\d:])\s*(?:\([^()]*\))?$", re.I
)
_NO_YEAR = re.compile(r"(?<![\d:+-])0\d{3}(?!\d)")
_HALF_DAY = re.compile(r"\d\s*[ap]\.?m\b", re.I)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.年\s]{1,2}(\d{1,2})[-/.月\s]{1,2}(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_NUMBER = re.compile(r"(?<![\d:])\d{1,4}(?![\d:])")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:$|[T ]\d\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that was read.

    Attributes:
        at: the moment, in UTC.
        local_day: midnight of its day in the zone that the string itself names, without zone.
        has_zone: False where the zone had to be assumed.
        has_time: False where only a day was given.
    """

    at: datetime
    local_day: datetime
    has_zone: bool
    has_time: bool


def parse_date(raw: str | None, time_zone: str = "UTC") -> Moment | None:
    """Read a date as feeds and pages write it.

    Args:
        raw: the date as written; RFC 822, ISO 8601, Unix time in seconds or milliseconds, or day,
            month name and year in one of 15 languages.
        time_zone: IANA zone that holds where the string names none.

    Returns:
        None where it can't be read, does not exist (31 February) or is no plausible year.
    """
    if not raw or len(raw) > MAX_DATE_CHARACTERS:
        return None
    text = raw.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in text)
    for reader in (_read_epoch, _read_iso, _read_mail, _read_words):
        naive = reader(text)
        if naive is not None:
            return _moment(naive, text, time_zone)
    return None


def zone_of(name: str) -> tzinfo:
    """The IANA time zone of that name, UTC where there is none."""
    return _zone(name)


def day_in(moment: datetime, time_zone: str) -> datetime:
    """Midnight, without zone, of the moment's day in the zone."""
    local = moment.astimezone(_zone(time_zone))
    return datetime(local.year, local.month, local.day)  # noqa: DTZ001 - a day has no zone


@lru_cache(maxsize=512)
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def _moment(value: datetime, text: str, time_zone: str) -> Moment | None:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return None
    has_zone = value.tzinfo is not None
    local = value if has_zone else value.replace(tzinfo=_zone(time_zone))
    day = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
    return Moment(
        local.astimezone(UTC), day, has_zone, bool(value.hour or value.minute or ":" in text)
    )


def _read_epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC)


def _read_iso(text: str) -> datetime | None:
    if not _ISO.match(text):
        return None
    late = "24:00" in text[10:16]
    try:
        value = datetime.fromisoformat(text.replace("24:00", "00:00", 1) if late else text)
        return value + timedelta(days=1) if late else value
    except (ValueError, OverflowError):
        return None


def _read_mail(text: str) -> datetime | None:
    """RFC 822 and its relatives; zone names that the standard library does not know are ours."""
    # the standard library reads year 0001 as 2001
    if _HALF_DAY.search(text) or _NO_YEAR.search(text) or not text[-1:].isalnum():
        return None
    fields = parsedate_tz(text)
    if fields is None or fields[3] > 24:
        return None
    year, month, day, hour, minute, second = fields[:6]
    zone = fields[9]
    last = text.rsplit(None, 1)[-1].lower()
    if last.isalpha() and last in _ZONES:
        zone = _ZONES[last] * 60
    elif last.isalpha() or not (last[0] in "+-" or ":" in last):
        return None
    elif ":" in last and last[0] not in "+-":
        zone = None
    clock = (hour, minute, min(second, 59))
    return _build(year, month, day, clock, None if zone is None else zone // 60)


def _read_words(text: str) -> datetime | None:
    """Day, month, year, time and zone in any order; months by their names in `_MONTHS`."""
    lowered = text.lower()
    clock = _TIME.search(lowered)
    rest = lowered if not clock else lowered[: clock.start()] + " " + lowered[clock.end() :]
    day = _words_day(rest)
    if day is None:
        return None
    return _build(*day, _clock(clock), _zone_minutes(lowered))


def _words_day(rest: str) -> tuple[int, int, int] | None:
    found = _YEAR_FIRST.search(rest)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    found = _DAY_FIRST.search(rest)
    if found:
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        # 05/06/2026 is two days; only dots are always day first
        if "." in found[0] or first > 12:
            return year, second, first
        return (year, first, second) if second > 12 or first == second else None
    month = next((_MONTHS[w] for w in _WORD.findall(rest) if w in _MONTHS), None)
    numbers = _NUMBER.findall(_OFFSET.sub(" ", rest))
    year = next((int(n) for n in numbers if len(n) == 4), 0)
    days = [int(n) for n in numbers if len(n) <= 2]
    if not month or not days:
        return None
    if not year and len(days) > 1:
        year = days[1] + (2000 if days[1] < 69 else 1900)
    return (year, month, days[0]) if year else None


def _clock(found: re.Match[str] | None) -> tuple[int, int, int]:
    if not found:
        return 0, 0, 0
    hour, half = int(found[1]), found[4]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0].lower() == "p" else 0)
    return hour, int(found[2]), min(int(found[3] or 0), 59)


def _zone_minutes(lowered: str) -> int | None:
    found = _OFFSET.search(lowered)
    if found:
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return -minutes if found[1] == "-" else minutes
    words = _WORD.findall(lowered)
    return _ZONES.get(words[-1]) if words and words[-1] not in _MONTHS else None


def _build(
    year: int, month: int, day: int, clock: tuple[int, int, int], minutes: int | None
) -> datetime | None:
    hour, minute, second = clock
    late = (hour, minute, second) == (24, 0, 0)
    try:
        zone = None if minutes is None else timezone(timedelta(minutes=minutes))
        value = datetime(year, month, day, 0 if late else hour, minute, second, tzinfo=zone)
        return value + timedelta(days=1) if late else value
    except (ValueError, OverflowError):
        return None
