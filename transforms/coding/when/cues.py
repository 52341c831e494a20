"""Words that tell what an expression of time is about: the deed, its aftermath, or something else.

Read by `dating`. The lists were gathered from the errors on muc4_dev and gvc_dev.
"""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.coding.words.scan import Memory, compile_scan, scan_pieces, scan_words

_HAPPENED = r"""
happen(?:ed|s|ing) | occur(?:r?ed|s|ring) | took\ place | taken\ place | responded | were\ called
(?:was|were)\ reported\ (?:at|about|around|just|shortly)
(?:incident|shooting|attack|blast|explosion|accident|crash|killings?)\ (?:was|began|started|came)
"""
_AFTERMATH = r"""
died | dies | dying | has\ died | death | found | discovered | recovered | hospital\w* | succumbed
life\ support | surgery | pronounced | toll | remain(?:ed|s)? | condition
"""
_VIOLENCE = r"""
kill\w* | shoot\w* | shot | gunned | murder\w* | slain | slay\w* | assassinat\w* | massacre\w*
slaughter\w* | execut(?:ed|ion)\w* | behead\w* | stabb\w* | bomb\w* | blasts? | blew | blown
explo[ds]\w* | detonat\w* | attack\w* | ambush\w* | raid\w* | strikes? | struck | airstrikes?
clash\w* | fight\w* | fought | battles? | fir(?:ed|ing) | fires? | shell(?:ed|ing|s) | kidnap\w*
abduct\w* | seized | taken\ hostage | wound\w* | injur\w* | hurt | hit | crash\w* | collid\w*
collision | collaps\w* | sank | sunk | capsiz\w* | derail\w* | earthquake | quake | flood\w*
storm\w* | landslide | gun\w* | grenades? | missiles? | rockets? | disappear\w* | vanished
(?:went|been)\ missing | homicides? | violence | riot\w* | broke\ out | erupted | unrest
opened\ fire | incident
"""
_SAID = r"""
sa(?:id|ys|ying) | told | announc\w+ | report(?:ed|s|ing)? | stat(?:ed|es|ement|ements)
confirm\w* | identif\w+ | declar\w+ | acknowledg\w+ | claim\w* | denie[ds] | deny\w* | condemn\w*
warn\w* | blam\w+ | accus\w+ | add(?:ed|s) | insist\w* | communiques? | conference | interview\w*
spokes\w+ | news | e-?mails? | editorial | tweet\w* | learned | disclosed | revealed | issued
indicated | described | voiced | called\ (?:for|on) | protested | repudiated | denounced
expressed | urged | vowed | pledged | posted | wrote | published | quoted | asked | commented
addressed | recalled | spoke | speaking | tells | ruled | noted | explained
charged\ that | demanded
"""
_DEED = r"""
arrest\w* | charg(?:ed|es|ing) | sentenc\w+ | convict\w+ | court\w* | trial
tried(?!\ to) | arraign\w*
hearing | pleads? | pleaded | pled | guilty | custody | indict\w* | jury | judge | releas\w+
freed | buried | burial | funerals?(?!\ (?:home|parlou?r|procession)) | memorials? | vigils?
services? | mourn\w* | remember\w*
visit\w* | met | meeting\w* | talks | arriv(?:ed|es) | elections? | voted | voting | anniversary
scheduled | plan(?:s|ned) | will | would | expected | due | extradit\w+ | acquitted | probation
resigned | captured | detained | jailed | surrender\w* | apologi\w+ | born | signed
clos(?:ed|es) | reopen\w* | gathered
rally(?=\ (?:is|was|will|for|in\ support)) | rallied | counselors? | appear\w*
search(?:ed|ing) | launched | deployed | proposed | appointed | elected | autops\w+ | bail | bond
march(?:ed|ers|ing) | in\ memory
honou?r\w* | walked | testimony | turned\ (?:him|her|them)sel(?:f|ves)\ in | withheld | confess\w*
admitted | investigat\w* | celebrat\w+ | tak(?:ing|en)\ office | took\ office | inaugurat\w*
"""


def _any(words: str) -> str:
    return "|".join(
        word.strip() for line in words.split("\n") for word in line.split(" | ") if word.strip()
    )


_CUE = re.compile(
    r"\b(?:"
    + "|".join(
        f"(?P<{name}>{_any(words)})"
        for name, words in (
            ("happened", _HAPPENED),
            ("aftermath", _AFTERMATH),
            ("violence", _VIOLENCE),
            ("said", _SAID),
            ("deed", _DEED),
        )
    )
    + r")\b",
    re.IGNORECASE,
)
"""What a word is about, by the name of its group."""

_CUE_STARTS = frozenset(
    "was were has took taken taking rally life broke opened went been called charged turned e"
    " incident shooting attack blast explosion accident crash killing killings".split()
)
"""Words with which a cue of several words may begin."""


def _may_be_cue(word: str) -> bool:
    """Whether a cue may begin with a word."""
    low = word.lower()
    return low in _CUE_STARTS or _CUE.fullmatch(low) is not None


def _cues_in(piece: str) -> tuple[int, ...]:
    """The offsets in a piece at which a cue may begin."""
    words, starts, _ = scan_words(_WORD, piece)
    return tuple(at for word, at in zip(words, starts, strict=True) if _may_be_cue(word))


_cue_words = Memory(_cues_in, size=20_000)


_CLAUSE_END = re.compile(
    r"[;()]|:(?!\d)|--|[—–]"
    r"|,? (?=[abfiotw])(?:but|while|whereas|although|though|who|whom|whose|which|where|following"
    r"|in connection with|on charges? of|for allegedly|accused of"
    r"|after|before|when|as|that|because|and (?:he|she|they|it|the|was|were|is|has))\b",
    re.IGNORECASE,
)
RECALLED_BEFORE = re.compile(
    r"\b(?:since|after (?:a|an|the|last)|follow(?:s|ing|ed)(?: (?:a|an|the))?|deadliest|worst|first"
    r"|previous\w*|earlier|until"
    r"|before(?! dawn| sunrise| daybreak| noon| midnight| nightfall| dusk)|as of|so far"
    r"|in connection with|anniversary of|similar)"
    r"(?: [\w’']+){0,3} ?$",
    re.IGNORECASE,
)
RECALLED_SIGNS = (
    "since", "after", "follow", "deadliest", "worst", "first", "previous", "earlier", "until",
    "before", "as of", "so far", "in connection", "anniversary", "similar",
)  # fmt: skip
"""Lower case: where none of these stands, `RECALLED_BEFORE` finds nothing."""

NOTICE_BEFORE = re.compile(
    r"\b(?:published|posted|updated?|breaking|copyright|last modified|filed|photo)\b[^.]{0,20}$"
    r"|\b[aA]s (?:of|at|on) (?:\d\d?[:.]?\d\d ?(?:hrs|hours|h)?,? )?(?:on )?$"
    r"|@\w+\)?\s{0,3}$",
    re.IGNORECASE,
)
LONGEST_NOTICE = 40
"""Characters that `NOTICE_BEFORE` may take."""

NAME_AFTER = re.compile(
    r"[\]\"'”’)]{0,2}\s?(?:movement|neighbou?rhood|brigades?|command|group|front|martyrs"
    r"|people[’']s|revolution\w*|commando|street|avenue|square|university|hospital)\b",
    re.IGNORECASE,
)
"""What follows the day in a name: the 19 April Movement, the 7 July University."""

NOUN_AFTER = re.compile(
    r"(?:[’']s)?(?: [\w-]+){0,2} (?:shootings?|attacks?|bombings?|blasts?|explosions?|killings?"
    r"|murders?|massacre|raid|ambush|clash(?:es)?|crash|air ?strikes?|strikes?|assassination"
    r"|kidnapping|abduction|violence|incident|deaths?|fire|quake|earthquake)\b",
    re.IGNORECASE,
)
OTHER_NOUN_AFTER = re.compile(
    r"[’']s? (?:[\w-]+ )?(?:conference|hearing|vigil|statement|meeting|session|testimony"
    r"|funeral|court|editorial|protest|rally|announcement|ruling|election|vote|report|interview|ceremony)\b",
    re.IGNORECASE,
)
CLOCK_BEFORE = re.compile(r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\.?,?(?: on)? ?$", re.IGNORECASE)
"""An hour tells of a deed more often than of a saying."""
LONGEST_CLOCK = 20

RELATIVE_BEFORE = re.compile(r"\b(?:who|whom|which|that)\s*$", re.IGNORECASE)
"""What a clause may begin with whose end the verb of the sentence follows."""
LONGEST_RELATIVE = 10

VERB_AFTER = re.compile(
    r",? (?!wounded|injured|suspected|(?:un)?armed|unidentified|alleged|presumed|masked|united"
    r"|hundred|hooded|unnamed|displaced|retired|red )(?:\w{2,12}ed|will|has|have|met|began"
    r"|(?:we|i|they|he|she) (?:learn(?:ed|t)|heard|found out|(?:was|were) told)) ",
    re.IGNORECASE,
)
DATELINE_AFTER = re.compile(r"\W{0,3}(?:\([^)]{1,60}\))?\W{0,3}(?:--|—|–)")
DATELINE_HYPHEN = re.compile(r"\s{0,2}(?:\([^)]{1,60}\))?\s{1,2}-\s")
DATELINE_BEFORE = re.compile(r"[A-Z][\w .'’/-]{1,40}, ?")
"""A single hyphen ends a dateline only where nothing but a place stands before the day."""

_WORD = compile_scan(r"\w+")


@lru_cache(maxsize=256)
def find_cues(text: str) -> list[tuple[int, int, str]]:
    """First and last character and kind of the words that say what something is about."""
    found: list[tuple[int, int, str]] = []
    done = 0
    for first in [start + at for start, found in scan_pieces(_cue_words, text) for at in found]:
        if first < done:
            continue
        match = _CUE.match(text, first)
        if match:
            done = match.end()
            found.append((first, done, match.lastgroup or ""))
    return found


@lru_cache(maxsize=256)
def clause_ends(text: str) -> list[tuple[int, int]]:
    """First and last character of the words that end a clause or begin one."""
    return [match.span() for match in _CLAUSE_END.finditer(text)]
