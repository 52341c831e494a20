r"""The words of time and the patterns that they form.

Read by `times`. In a pattern a blank stands for white space, `@name` for a piece.
No pattern repeats a group without a bound, so hostile text costs linear time. Longer readings stand
before shorter ones: the first that fits wins.
"""

from __future__ import annotations

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
WEEKDAYS = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_UNITS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
COUNTS = {word: number for number, word in enumerate(_UNITS, 1)} | {
    "a": 1,
    "an": 1,
    "couple": 2,
    "a couple": 2,
    "couple of": 2,
    "a couple of": 2,
    "fifteen": 15,
    "twenty": 20,
    "twenty four": 24,
    "thirty": 30,
    "thirty six": 36,
    "forty eight": 48,
    "seventy two": 72,
}
HOLIDAYS = {
    "new years day": (1, 1),
    "new years eve": (12, 31),
    "valentines day": (2, 14),
    "fourth of july": (7, 4),
    "july fourth": (7, 4),
    "halloween": (10, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
}


def month_key(words: str | None) -> str:
    """The key of `MONTHS` for a month's name or abbreviation in lower case."""
    return (words or "")[:3]


# May, March, Mar, Sun, Sat and the like are also common words: they count only with a capital.
_MONTH = (
    r"(?:january|february|april|june|july|august|september|october|november|december"
    r"|(?-i:May|MAY|March|MARCH)|(?-i:Jan|JAN|Feb|FEB|Mar|MAR|Apr|APR|Jun|JUN|Jul|JUL|Aug|AUG"
    r"|Sept|SEPT|Sep|SEP|Oct|OCT|Nov|NOV|Dec|DEC)\b\.?)"
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?-i:Mon|Tues|Tue|Weds|Wed|Thurs|Thu|Fri|Sat|Sun|MON|TUES|WED|THURS|FRI|SAT|SUN)\.(?=[\s,]))"
)
_PART = (
    r"(?:(?:late )?(?:morning|afternoon|evening|night|lunchtime|midday|noon|midnight|dawn|predawn))"
)
_SMALL = "|".join(sorted((w.replace(" ", "[ -]") for w in COUNTS), key=len, reverse=True))

_BEFORE_MONTHS = ("in", "of", "by", "since", "during", "from", "until", "this", "or", "and")

PIECES = {
    "month": _MONTH,
    "weekday": _WEEKDAY,
    "part": _PART,
    "day": r"(?:[12]\d|3[01]|0?[1-9])",
    "ordinal": r"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?)",
    "year": r"(?:(?:1[5-9]|20)\d\d\b)",
    # a bare month is also a person's name or a verb: it needs one of these before it
    "after": "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in _BEFORE_MONTHS) + ")",
    # a short year only where nothing else can be meant: "9 JAN 90"
    "shortyear": r"(?:(?:1[5-9]|20)\d\d\b|\d\d\b(?=\]? ?(?:[(\[,;]|--|[—–])|\.?$))",
    "count": rf"(?:(?:a )?few|several|some|{_SMALL}|\d{{1,3}})",
    "ago": r"(?:ago|earlier than today)",
    "early": (
        r"(?:early|mid|late|(?:the )?(?:beginning|start|middle|end) of"
        r"|(?:the )?(?:first|second|third|fourth|last) (?:week|half|days|ten days) (?:of|in))"
    ),
    "dash": r"(?: ?[-–—/] ?| (?:to|and|or|through|until|till) )",
}

SIGN = (
    r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|weds?|thu|thurs|fri|sat|sun)\."
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|may\b|january|february|march|april|june|july"
    r"|august|september|october|november|december|today|tonight|tomorrow|yesterday|overnight|ago"
    r"|recent\w*|weekend|weeks?|months?|years?|hours|days?|mid-\w+|fortnight|noon|dawn"
    r"|(?:night|evening|morning|afternoon)\s+(?:before|earlier|later)|eve\s+of"
    r"|(?:previous|preceding|next|following)\s+(?:night|evening|morning|afternoon)"
    r"|last\s+(?:night|evening)|this\s+(?:early\s+)?(?:morning|afternoon|evening)|during\s+the\s+night"
    r"|midday|midnight|halloween|christmas|valentine|boxing|(?:1[5-9]|20)\d\d|\d{1,2}/\d)"
    r"|\d(?:st|nd|rd|th)\b"
)
"""RE2: a sentence in which this finds nothing has no expression of time; most have none."""

_MONTHS = (
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sept sep oct nov dec"
)
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday"
    " mon tues tue weds wed thurs thu fri sat sun"
)
SIGNS = frozenset(
    f"{_MONTHS} {_WEEKDAYS} today tonight tomorrow yesterday overnight ago recent recently weekend"
    " week weeks month months year years hour hours minute minutes day days fortnight night evening"
    " morning afternoon noon midday midnight dawn halloween christmas valentine valentines boxing"
    " mid".split()
)
"""Every expression of time has one of these words, a year, or a number before a slash or "th"."""

LONGEST_BEFORE = 64
"""Characters that an expression may have before its first sign ("within the last couple of")."""

_EARLY = "early mid late the beginning start middle end first second third fourth last"
_DIGITS = "0"
OPENERS = {
    "since": "since",
    "iso": _DIGITS,
    "american": _DIGITS,
    "numeric": _DIGITS,
    "around": "on or around about",
    "span_day_month": _DIGITS,
    "span_month_day": _MONTHS,
    "day_month": f"{_DIGITS} {_WEEKDAYS}",
    "month_day": f"{_MONTHS} {_WEEKDAYS}",
    "holiday": "new valentine valentines fourth july halloween christmas boxing",
    "relative_month": f"{_EARLY} earlier this previous",
    "relative_year": "early late earlier later last this previous",
    "named_month": f"{_EARLY} {_MONTHS}",
    "weekday_of_week": _WEEKDAYS,
    "weekday_pair": f"the overnight night between {_WEEKDAYS}",
    "overnight_weekday": "overnight",
    "next": "next the coming upcoming tomorrow",
    "last_weekday": "last this",
    "weekday": f"early late this {_WEEKDAYS}",
    "weekend": "over during at the this last",
    "week": "earlier later early late last this previous",
    "fortnight": "a two",
    "ago": (
        f"{_DIGITS} about around some nearly almost more over just only few several "
        + " ".join(words.split()[0] for words in COUNTS)
    ),
    "past": "in over during within the past last previous preceding",
    "recently": "in recent recently the other",
    "before_yesterday": "the day",
    "yesterday": "early late yesterday",
    "last_night": "late last",
    "overnight": "overnight during",
    "today": "early earlier late at today tonight this",
    "ordinal_day": "on",
    "year": (
        "in since during of from by until before after early late mid the a an his her their its"
    ),
}
"""The words that the expressions of each pattern may begin with; `_DIGITS` stands for numbers."""

PATTERNS = {
    # a span that runs to the report day; it swallows the expression that opens it
    "since": (
        r"since (?:about |around |the (?:night|morning|evening|afternoon) of |late |early )?"
        r"(?P<since>(?:last )?@weekday(?: @part)?\b(?![’']s )|yesterday"
        r"|last (?:week|month|year|night)|@month @ordinal\b(?!,? ?@year)"
        r"|@ordinal @month\b(?! ?@year)|@month\b(?!,? \d))"
    ),
    "iso": r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\b(?!-)",
    # month first only where the day can't be a month, so that 5/1 is never guessed at; but for
    # incident summaries, which open so ("05/11/2016: ")
    "american": (
        r"(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01]|(?:0\d|1[0-2])(?=/\d{4}: ))"
        r"/(?P<year>(?:19|20)\d\d|\d\d)\b(?!/)"
    ),
    # in either order
    "numeric": (
        r"(?P<first>3[01]|[12]\d|0?[1-9])/(?P<second>3[01]|[12]\d|0?[1-9])"
        r"/(?P<year>(?:19|20)\d\d)\b(?!/)"
    ),
    "around": (
        r"(?:on )?(?:or )?(?:around|about) (?:(?P<day>@ordinal) (?P<month>@month)"
        r"(?:,? (?P<year>@year))?\b(?!\d))"
    ),
    "span_day_month": (
        r"(?P<day>@ordinal)(?: (?:of )?(?P<month>@month))?@dash(?:the )?(?P<day2>@ordinal)"
        r" (?:of )?(?P<month2>@month)(?:,? \[?(?P<year>@year)\]?)?(?![\w])"
    ),
    "span_month_day": (
        r"(?P<month>@month) (?P<day>@ordinal)@dash(?P<month2>@month )?(?P<day2>@ordinal)"
        r"(?:,? (?P<year>@year))?(?![\w])"
    ),
    "day_month": (
        r"(?:@weekday(?: @part)?,? (?:the )?)?"
        r"(?P<day>@ordinal)(?: day)? ?-?(?:of )?(?P<month>@month)"
        r"(?:(?: |-)\[?(?P<year>@shortyear)\]?|, \[?(?P<year2>@year)\]?)?(?![\w])"
        r"(?! (?:be|have|not|also|still|well)\b)"
    ),
    "month_day": (
        r"(?:@weekday(?: @part)?,? (?:on )?)?"
        r"(?P<month>@month) (?:the )?(?P<day>@ordinal)\b(?![:.]\d)"
        r"(?:,? (?P<year>@year))?(?![\w])"
    ),
    "holiday": (
        r"(?P<holiday>(?:new year|valentine)(?:[’']?s) (?:day|eve)|fourth of july|july fourth"
        r"|halloween|christmas (?:day|eve)|boxing day)(?:,? (?P<year>@year))?\b(?! tree)"
    ),
    "relative_month": (r"(?:(?P<part>@early) |earlier )?(?P<which>last|this|previous) month\b"),
    "relative_year": r"(?:(?:early|late|earlier|later) )?(?P<which>last|this|previous) year\b",
    "named_month": (
        r"(?:(?P<part>@early)[ -]|(?P<last>last )|@after|(?=\w{3,9}\.?,? (?:of )?@year))"
        r"(?P<month>@month)(?:,? (?:of )?(?P<year>@year)"
        r"|(?<=[a-z.])(?! \d|, \d(?!\d{0,3} [a-z])))(?!\w)"  # "In August, 14 soldiers"
    ),
    "weekday_of_week": (
        r"(?P<weekday>@weekday)(?: @part)? (?:of )?(?P<which>last|this|past) week\b"
    ),
    "weekday_pair": (
        r"(?:the )?(?:(?:overnight|night) )?(?:between )?(?P<weekday>@weekday)(?: @part)?"
        r"(?: ?[-–—/] ?| (?:to|and|or|through|into|until|till) (?:early |late )?)"
        r"(?P<weekday2>@weekday)(?: @part)?(?!\w)"
    ),
    "overnight_weekday": r"overnight (?:on |from )?(?P<weekday>@weekday)(?!\w)",
    "next": (
        r"(?:(?:next|the following|coming|upcoming) (?:@weekday|@month|week|month|year)"
        r"|the (?:next|following) (?:day|morning|night)|tomorrow(?: @part)?)\b"
    ),
    "last_weekday": r"(?:last|this past) (?P<weekday>@weekday)(?: @part)?(?!\w)",
    "weekday": (
        r"(?:(?:early|late) (?:on )?)?(?:this )?(?P<weekday>@weekday)(?: (?:at )?@part)?(?!\w)"
        r"(?! (?:times|mirror|telegraph|express|prayers|mass)\b)"
    ),
    "weekend": r"(?:over |during |at )?(?:the|this|last|the past|the last) (?:past )?weekend\b",
    "week": r"(?:(?:earlier|later|early|late) )?(?P<which>last|this|previous) week\b",
    "fortnight": r"(?:a fortnight|two weeks) ago\b",
    "ago": (
        r"(?:(?:about|around|some|nearly|almost|more than|over|just|only) )?"
        r"(?P<count>@count) (?P<unit>minutes?|hours?|days?|weeks?|months?|years?) ago\b"
    ),
    "past": (
        r"(?:(?:in|over|during|within) )?(?:the )?(?:past|last|previous|preceding)"
        r"(?: (?P<count>@count))?[ -](?P<unit>hours|days|weeks?|months?|years?)\b"
        r"|(?:in|over|during|within) the (?:past|last) (?P<lone>day)\b(?! of\b)"
    ),
    "recently": r"(?:(?:in )?recent days|recently|(?:the )?other day)\b",
    "before_yesterday": r"(?:the )?day before yesterday\b",
    "yesterday": r"(?:(?:early|late) )?yesterday(?: @part)?\b",
    "last_night": r"(?:late )?last (?:night|evening)\b",
    "overnight": r"(?:overnight|during the night)\b",
    "today": (
        r"(?:(?:early|earlier|late|at @part) )?(?:today|tonight|this (?:early )?"
        r"(?:morning|afternoon|evening|noon|midday|dawn))\b(?![’']s world)"
    ),
    "ordinal_day": (
        r"on the (?:night of the )?(?P<day>@day)(?:st|nd|rd|th)\b(?! \w{1,20}(?:ary|day|street))"
    ),
    "year": (
        r"(?:(?:in|since|during|of|from|by|until|before|after|early|late|mid) ?-?(?:the year )?"
        r"|(?:the|a|an|his|her|their|its) )(?P<year>(?:19|20)\d\d)\b(?![,.]\d|[-–]?\w)"
    ),
}
