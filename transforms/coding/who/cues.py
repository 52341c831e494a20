"""Phrases that tie an actor to a deed, or loosen it: who did it, claimed it, denied it, was blamed.

Read by `transforms.coding.who.sayings`. Patterns named `_BEFORE` end at the actor's name, those
named `_AFTER` begin behind it; every repetition is bounded, so hostile text costs linear time.
"""

from __future__ import annotations

import re


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", "").replace(" ", r"\s{1,3}"), re.IGNORECASE)


_HOME = r"(?:[A-Z][\w-]{2,20}-(?:based|linked|backed|affiliated|aligned|allied|inspired) )?"
"""Where a group is from, or whose it is: "Pakistan-based X", "al-Qaida-linked X"."""

_DEED = (
    "(?:killed|kills?|killing|shot|shoots?|shooting|gunned|murdered|murder|murders|murdering|"
    "slain|slaughtered|massacred"
    "|assassinated|assassinate|executed|beheaded|stabbed|hacked|ambushed|ambush|ambushing|"
    "attacked|attacks?|attacking"
    "|bombed|bombing|bombs?|shelled|shelling|struck|strikes?|hit|hits|kidnapped|kidnap|"
    "kidnapping|abducted|abducting"
    "|seized|detonated|detonating|blew|fired|firing|opened|stormed|raided|destroyed|"
    "destroying|torched|burned|wounded|wounding|injured"
    "|injuring|captured|exploded|planted|launched|staged|carried|perpetrated|massacre|"
    "dynamited|set|took|targeted|targeting|pounded|shelled|stoned|lynched|rammed|overran)"
    r"(?! (?:in|by|during|when|dead by|and \w+ by)\b)"
)
_DONE = (
    "(?:killed|shot|gunned down|murdered|slain|slaughtered|massacred|assassinated|executed|"
    "beheaded|stabbed|hacked to death"
    "|ambushed|attacked|bombed|shelled|struck|hit|kidnapped|abducted|seized|fired|stormed|"
    "raided|wounded|injured|captured"
    "|planted|launched|staged|carried out|perpetrated|dynamited|murder|killing|assassination|"
    "attack|attacks|ambush|raid"
    "|assault|bombing|bombings|kidnapping|abduction|massacre|shelling|blown up|destroyed|"
    "committed|set|set off|detonated|dead|down|intercepted)"
)
_NOUN = (
    "(?:air ?strikes?|strikes?|attacks?|raids?|bombings?|bombs?|bombers?|shelling|missiles?|"
    "rockets?|drones?|ambush(?:es)?|offensive"
    "|gunfire|fire|operation|incursion|invasion|assault|bombardment|warplanes?|mortars?|"
    "artillery|grenades?|shells?|massacre|landmines?)"
)

BY_BEFORE = _compile(
    rf"\b{_DONE}(?:[\s,]+\w[\w'’-]*){{0,8}}[\s,]+by (?:(?:the|a|an|some|about|suspected|"
    rf"alleged|members|fighters|forces|militants|gunmen"
    r"|rebels|guerrillas|elements|soldiers|units|men|group|column|commando|apparently|of|"
    r"from|to|linked|self-styled|leftist|rightist"
    r"|separatist|several|two|three|four|five|six|hooded|masked|unknown|local|palestinian|"
    r"marxist|maoist|islamic|islamist|pro-castro|pro-castroite|communist|unidentified|armed|"
    rf"\d+|presumed|terrorists) ){{0,5}}{_HOME}$"
)
HELD_BY = _compile(
    r"\b(?:used|guarded|run|manned|held|occupied|controlled|protected|patrolled|visited|owned|ruled"
    r"|rented|shared|frequented) by (?:[\w-]+ ){0,3}$"
)
"""Whose place or vehicle it is that is hit."""

_KIND = (
    "(?:suicide|car|truck|roadside|militants?|rebels?|insurgents?|fighters?|guerrillas?|"
    "terrorist|extremist|commando|sniper|gun|night|dawn|air|aerial|bomb|rocket|mortar|"
    "missile|drone|cross-border"
    "|artillery|arson|military|ground|helicopter|tank|naval|surprise|deadly|dynamite|grenade|"
    "army|police|security)"
)
NOUN_AFTER = _compile(rf"(?:['’]s?)?(?:[\s-]{_KIND}['’]?){{0,3}} {_NOUN}\b")
_SAYS = (
    "(?:sa(?:id|ys?)|told|report\\w*|denied|vowed|threatened|blam(?:ed|es)|accus(?:ed|es)"
    "|condemn(?:ed|s))\\b"
)
DEED_AFTER = _compile(
    rf"(?:['’]s)?(?:,? (?:in|from|near|across|"
    rf"around)(?: (?!{_SAYS})[\w'’-]+,?){{1,6}}?(?= (?:have |has |had )?{_DEED}))?"
    rf"(?:[\s,]+(?!{_SAYS}|(?:who|that|were|was|been|being|are|is|and|but|in|after|when|as|"
    rf"while|by|police|station|against|from)\b)"
    r"[\w'’()\[\]-]+){0,5}?,? (?:who (?:have |had )?)?(?:have |has |had |also |then |"
    r"allegedly |reportedly |later |again ){0,2}"
    rf"{_DEED}\b"
)
PASSIVE_AFTER = _compile(
    r"(?:['’]s)?(?: [\w'’-]+){0,3}? (?:were|was|are|is|being|been|be|died|have died|has died)\b"
)
CLASH_BEFORE = _compile(
    r"\b(?:clash(?:es|ed|ing)?|battl(?:e|es|ed|ing)|fight(?:ing)?|firefights?|gun ?battles?|"
    r"gunfights?|shoot-?outs?|combat|confrontations?|encounters?"
    r"|skirmish(?:es)?|fought|exchange of fire|exchanged fire)(?: \w+){0,4}? (?:with|against|"
    r"between)(?: (?:the|a|suspected|some|about|\d+|armed|soldiers|and|government|troops|"
    r"police)){0,4} $"
)
AGAINST_BEFORE = _compile(
    r"\b(?:against|on|targeting|targeted|target|at|attacked|killed|killing|kill|wounded|"
    r"wounding|injured|injuring|captured|arrested|bombed|hit|struck|ambushed"
    r"|fighting|fought|hunt(?:ing)? for|pursu\w+|chasing|kidnapped|abducted|shot|murdered|of|"
    r"carrying|housing|hosting|transporting|escorting|sheltering|protecting|"
    r"including|another|other|two|three|four|five|six|seven|eight|nine|ten|\d+|dozens of|"
    r"between)"
    r" (?:(?:a|an|the|several|some|about|suspected|senior|at|least|more|than|\d+|two|three|"
    r"four|five|six|local|alleged|top|leading|members|fighters|of|his|its|their|as|"
    r"many) ){0,5}$"
)
LONGEST_AGAINST = 8
"""More words than `AGAINST_BEFORE` finds; a search from further back finds the same, later."""

MEN_OF_BEFORE = _compile(
    r"(?:^|[,;:“\"] ?|\b(?:that|said|says|say|and|when|after|as|while) )(?:the |some |about )?"
    r"(?:[\w'’-]+ ){0,2}(?:gunmen|fighters|militants|members|men|rebels|guerrillas|militiamen|"
    r"insurgents|soldiers|elements) (?:of|from) (?:the )?$"
)
"""Subjects only: in "killed two members of the X" the X is hit."""

LOCATIVE_BEFORE = re.compile(
    r"\b(?:with|in|from|near|to|across|between|along|into|inside|outside|over|at|on|for|by)"
    r"(?: the)? $",
    re.IGNORECASE,
)
DESCRIPTION = re.compile(
    r", (?:an?|another|the|one of|which|who|whose|formerly|also known)\b[^;:.“”\"]{2,140}?"
    r"(?=,\s{1,3}(?!(?:and|or|but|while|which|who|whose|an?|the|in|near|on|at)\b))",
    re.IGNORECASE,
)
"""What stands between commas after a name: "the X, an armed group from the hills, ..."."""

DID_AFTER = _compile(
    r"(?:['’]s?)? (?:has |have |had )?(?:fired|dropped|launched|planted|laid|carried out|staged)"
    r" it\b|"
    r"(?:['’]s?)?,?(?: (?:gang|militia|group|cartel|fighters|militants|rebels|men))? (?:has |have |"
    r"had )?(?:planted|laid|detonated|set off|carried out|staged|ordered|launched|mounted|"
    r"perpetrated|fired) (?:the|this|both) (?:[a-z]+ )?(?:bombs?|devices?|explosives?|attacks?|"
    r"blasts?|explosions?|raids?|ambush(?:es)?|assault|shells?|rockets?|missiles?|mines?|"
    r"killings?|murders?|massacre|shootings?|abductions?|kidnappings?|strikes?)\b"
    r"(?! (?:in|of|on|at|that|last)\b)"
)
"""The name did what the article is about; "the attack of last May" is about something else."""

KILLING_AFTER = _compile(
    r"(?:['’]s)? (?:have |has |had |also )?(?:\w{2,14}ed|set|broke|struck|hit|fought|burst|"
    r"drove|threw) [^.;:]{0,140}?,? (?:killing|wounding|injuring|beheading|murdering)\b"
)
"""The name does something, and that kills."""

SOME_GROUP_CLAIMED = _compile(
    r"\b((?:an?|another) (?:[\w'’-]+ ){0,6}?(?:groups?|organi[sz]ation|faction|militants)|"
    r"(?:[A-Z][\w'’-]+ ){1,4}group) (?:has |have |had |also |later )?(?:(?:claimed|"
    r"took) (?:\w+ )?(?:responsibility|(?:attack|bombing|blast|killings?|raid|ambush|kidnapping)s?"
    r"\b(?! (?:was|were|had)))|said it (?:was|had been) (?:responsible|behind))"
)
NO_CLAIM = _compile(
    r"\b(?:no(?:t one|body| one| ?-?one| group| organi[sz]ation| individual| militant group|"
    r" person| party)?(?: or (?:group|organi[sz]ation|individual|person))?"
    r" (?:has |have |had )?(?:\w+ ){0,2}?(?:claimed|taken|admitted|"
    r"assumed)(?: \w+){0,2}? (?:responsibility|credit)"
    r"|no (?:\w+ ){0,3}?claims? of responsibility"
    r"|(?:has|have|had) (?:not|yet to)(?: \w+)?(?: claim(?:ed)?|"
    r" taken?)(?: \w+)? (?:responsibility|credit)"
    r"|did not (?:immediately )?claim responsibility)"
)
CLAIM_AFTER = _compile(
    r"(?:['’]s)?(?:[\s,]+[\w'’()\[\]\"“”-]+){0,9}?,? (?:has |have |had |also |later |"
    r"quickly |immediately |earlier |today |yesterday |since ){0,2}"
    r"(?:claimed? (?:\w+ ){0,2}?responsibility|claims (?:\w+ ){0,2}?responsibility|"
    r"claiming (?:\w+ ){0,2}?responsibility|took (?:\w+ )?(?:responsibility|credit)|"
    r"taken (?:\w+ )?(?:responsibility|credit)"
    r"|admitted (?:\w+ ){0,2}?(?:responsibility|carrying|killing|being)|"
    r"acknowledged (?:responsibility|carrying|killing|that its|that it)|"
    r"accepted responsibility|assumed responsibility"
    r"|claim(?:ed|s) (?:the|this|that|both|all|another|an?|\w{3,6}day['’]s) (?:[\w'’-]+ ){0,3}?"
    r"(?:attacks?|assaults?|bombings?|blasts?|explosions?|raids?|ambush(?:es)?|killings?|shootings?"
    r"|strikes?|kidnappings?|abductions?|operation|massacre|murders?)"
    r"(?! (?:was|were|had|has|have|is|are|by|did|could|would|killed|will|came|took))"
    r"|said (?:that )?(?:it|they) (?:had )?(?:carried out|was behind|were behind|launched|"
    r"staged|killed|planted|detonated|fired|shot|executed|kidnapped|abducted)"
    r"|said (?:that )?(?:\w+ of )?(?:its|their) (?:\w+ ){0,3}?(?:fighters|forces|troops|men|"
    r"militants|members|soldiers|units|suicide bomber|bomber|jets|warplanes) (?:had |were |was )?"
    r"(?:behind|responsible for|killed|"
    r"carried|attacked|shot|launched|ambushed|fired|detonated|struck|planted|bombed|stormed|laid"
    r"|targeted|seized|kidnapped|abducted))\b"
)
CLAIM_BEFORE = _compile(
    r"\b(?:(?:claimed|claims?|claiming|admitted) by|"
    r"responsibility (?:for (?:[\w'’-]+ ){1,8}?)?(?:was|were|has been|had been) (?:claimed|"
    r"taken|assumed) by"
    r"|claim of responsibility (?:from|by)|"
    r"responsibility (?:has been )?claimed by) (?:(?:the|a|an|militants|fighters|group|"
    r"groups|linked|to|known|as|calling|itself|previously|unknown|little-known|islamist|"
    r"islamic|militant|self-styled|called|separatist|armed|rebel|outlawed|banned) ){0,6}$"
)
DENY_AFTER = _compile(
    r"(?:['’]s)?(?:[\s,]+[\w'’()\[\]-]+){0,8}?,? (?:has |have |had |also |later |strongly |"
    r"flatly |repeatedly |earlier ){0,2}"
    r"(?:den(?:ied|ies|y|ying) (?:[\w'’]+ ){0,4}?(?:involvement|responsibility|role|part|"
    r"connection|links?|accusations?|allegations?|charges?|claims?|reports?|that (?:it|its|"
    r"they|their)|carrying|killing|being|having|targeting|bombing|attacking|striking|hitting|"
    r"shelling|firing|shooting|any|it)"
    r"|reject(?:ed|s) (?:[\w'’]+ ){0,3}?(?:accusations?|allegations?|charges?|responsibility|"
    r"claims?)|disclaimed|disavowed"
    r"|said (?:that )?(?:it|they) (?:was|were|is|had|has|did|do)(?:n['’]t| not| nothing|"
    r" no)(?: \w+){0,3}? (?:involved|responsible|behind|to do with|carry|carried|kill|killed|"
    r"role|part|conduct|strike)"
    r"|had nothing to do with|(?:was|were|is|are) not (?:responsible|involved|behind)|(?:has|"
    r"have|had) no (?:part|involvement|role|connection))\b"
)
DENY_BEFORE = _compile(r"\b(?:denied by|denials? (?:from|by)|not the work of) (?:the )?$")
BLAME_BEFORE = _compile(
    r"\b(?:blam(?:e|es|ed|ing)(?: (?:[\w'’-]+ ){0,7}?on)?|accus(?:e|es|ed|ing)|attribut(?:ed|"
    r"es|ing) (?:[\w'’-]+ ){0,6}?to|suspect(?:s|ed)?|point(?:s|ed|ing)(?: \w+)? fingers? at|"
    r"the work of|accusations? against"
    r"|believed (?:\w+ )?to (?:have )?be(?:en)?(?: carried out)?(?: by)?|carried out by|"
    r"responsibility (?:\w+ ){0,4}?(?:lies|rests) with|hallmarks? of|masterminded by|"
    r"ordered by|orchestrated by|implicat(?:ed|es)|holds?|held)"
    r" (?:(?:the|a|an|on|suspected|militants|fighters|members|elements|of|from|to|by|group|"
    r"linked|extremists|rebels|islamic|islamist|leftist|separatist|forces|troops|guerrillas|"
    rf"terrorists) ){{0,6}}{_HOME}$"
)
BLAME_AFTER = _compile(
    r"(?:['’]s)?(?: [\w'’()\[\]-]+){0,6}? (?:(?:is|are|was|were|has been|"
    r"have been) (?:\w+ )?(?:blamed|accused|suspected|believed|thought|said) (?:\w+ )?(?:for|"
    r"of|to|in)"
    r"|(?:is|are|was|were) (?:\w+ )?(?:behind|responsible)|carried out|bears? responsibility)\b"
)
_OF_RESPONSIBILITY = (
    r"\b(?:responsib|claim(?:ed|s|ing) (?:the|that|it|credit|\w{3,6}day)|den(?:ied|ies|y|ying)|"
    r"blam|accus|suspected of|suspect(?:s|ed)? (?:the|that)\b|attributed to|involvement|"
    r"behind (?:the|an?|this)\b|"
    r"sa(?:id|ys?) (?:that )?(?:it|they|(?:\w+ of )?(?:its|their)) "
    r"(?:\w+ ){0,4}?(?:killed|carried|shot|struck|ambushed|"
    r"attacked|fired|launched|bombed|shelled|targeted|executed|abducted|kidnapped|stormed)\b|"
    r"reject(?:ed|s) the\b|"
    r"hallmark|admitted|acknowledged|carried out by|claimed by|"
    r"(?:planted|laid|detonated|set off|carried out|staged|ordered|launched|mounted|perpetrated|"
    r"fired|dropped) (?:the|this|both|it)\b)"
)
OF_RESPONSIBILITY = _compile(_OF_RESPONSIBILITY)
BLAME_SIGN = f"{_OF_RESPONSIBILITY}|claimed|taken|admitted|assumed|claims|claim|credit".replace(
    " ", r"\s+"
)
"""RE2, lower case: a sentence in which this finds nothing says nothing about responsibility."""

SEAT_DENIES = _compile(r" (?:has |have |later |also |again )?(?:den(?:ied|ies)|reject(?:ed|s)) ")
SEAT_BLAMED = _compile(r"\b(?:blam|accus)(?:e[sd]?|ing) $")
"""How a capital that stands for its government denies, and is blamed: nothing lies between."""

SUBJECT_BEFORE = _compile(
    r"(?:^|[,;:“\"] ?|\b(?:that|said|says|say|and|when|after|as|while|but) )(?:the )?$"
)
LONGEST_SUBJECT = 16
"""More characters than `SUBJECT_BEFORE` finds."""

VIOLENT_OBJECT = _compile(
    rf"\b(?:{_DEED}|being behind|behind|involvement|murders?|deaths?|killings?|attacks?|"
    rf"assassinat\w+|bombings?|blasts?|explosions?|abductions?|ordering|masterminding|"
    rf"plotting|responsib\w+|firing|opening fire|detonating|massacres?)\b"
)
SUSPECTED_OF_OTHER = _compile(
    r"\b(?:supporting|support for|backing|arming|sheltering|funding|harbou?ring|training|"
    r"aiding|helping|failing|violating|trying)\b"
)

SPOKE = _compile(
    r"\b(?:said|says|say|saying|told|reported|reports|announced|stated|confirmed|added|"
    r"blamed|blames?|accused|accuses?|alleged|insisted|believes?|believed|suspects?|denied|"
    r"claimed|claims|charged|attributed)\b"
)
ACCORDING = _compile(
    r"\b(?:according to|accusations? by|allegations? by|statement by|"
    r"charges? by) ((?:[\w'’.-]+ ?){1,8})"
)

TARGET = _compile(
    r"\b(?:attacks?|assault|raid|strikes?|airstrikes?|bombing|ambush|shelling|attempt|"
    r"fire) (?:on|against|at) ((?:[\w'’.-]+ ?){1,9})"
    r"|\b(?:targeted|targeting|attacked|attacking|stormed|ambushed|bombed|raided|aimed at|"
    r"opened fire on|fired (?:on|at)) ((?:[\w'’.-]+ ?){1,9})"
)
TARGET_SIGNS = (
    "attack", "assault", "raid", "strike", "bomb", "ambush", "shelling", "attempt", "fire",
    "target", "stormed", "aimed",
)  # fmt: skip
"""Lower case: of a sentence that holds none of these, `TARGET` finds nothing."""

TARGET_END = _compile(
    r" ?(?:\b(?:in|near|on|when|after|before|killing|wounding|and (?:killed|wounded|then|"
    r"the)|who|which|that|as|while|outside|at|from|by|were|was|have|has|had|said|during|late|"
    r"early|this|last|today|yesterday"
    r"|with|has|where|since|to|for|but|leaving|left|injuring|because|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday)\b.*)$"
)
