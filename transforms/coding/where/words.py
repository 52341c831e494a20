"""Closed classes of words around place names: what makes a capitalised word a place, or keeps it from being one."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AT = _words("in at inside on within throughout across aboard amid into around near outside beyond off along between")
"""Prepositions that say where something is."""

NEAR = _words("near outside around beyond off along")
"""Those that say that it is not quite there: precision 2."""

TOWARDS = _words("from to toward towards via through for with against over upon since by")
"""Prepositions of movement and company: the place may be another one."""

DIRECTIONS = _words(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west"
)
SIDES = DIRECTIONS | _words(
    "northern southern eastern western central northeastern northwestern southeastern southwestern north-eastern"
    " north-western south-eastern south-western north-central south-central upper lower mid far downtown inner outer"
    " greater mainland coastal rural old"
)

ADMIN1_NOUNS = _words("province provinces state states department departments governorate governorates oblast prefecture republic")
ADMIN2_NOUNS = _words("district districts county counties municipality agency subdistrict sub-district division jurisdiction canton parish")
TOWN_NOUNS = _words(
    "city town village cities towns villages capital suburb suburbs neighborhood neighbourhood neighborhoods hamlet settlement port"
    " township resort borough quarter community camp camps ward metropolis barrio colony outpost oasis kibbutz hometown stronghold"
)
SITE_NOUNS = _words(
    "airport base prison university hospital bridge dam mosque church cathedral square street avenue highway road market"
    " checkpoint crossing station stadium hotel junction farm mine refinery oilfield field pass tunnel barracks"
    " garrison terminal plaza boulevard park palace monastery temple shrine refuge plant facility factory ranch estate"
)
AREA_NOUNS = _words(
    "region area zone valley valleys mountains mountain hills hill plain plains desert peninsula island islands delta"
    " border frontier coast enclave strip belt heights forest jungle gorge plateau basin corridor volcano highlands territory"
    " sector outskirts range archipelago countryside wilderness marshes triangle atoll"
)
WATER_NOUNS = _words("river rivers lake sea ocean gulf bay strait straits canal channel stream creek lagoon reservoir")
PLACE_NOUNS = ADMIN1_NOUNS | ADMIN2_NOUNS | TOWN_NOUNS | SITE_NOUNS | AREA_NOUNS | WATER_NOUNS

PARTS = _words(
    "part parts side outskirts suburb suburbs edge centre center heart streets area areas region regions portion section"
    " corner corners tip end coast coasts shore shores border borders waters capital soil territory neighborhood neighborhoods"
    " neighbourhood district districts vicinity rest people residents inhabitants people out kilometers kilometres miles"
    " km island mountains hills"
)
"""Nouns before "of" that keep the place: "the outskirts of", "the eastern part of", "the coast of"."""

TITLES = _words(
    "mr mrs ms dr sir lord lady dame mr. president vice-president premier minister prime chancellor king queen prince princess emir"
    " sultan sheikh sheik shaikh ayatollah imam mullah maulana maulvi rabbi pope bishop archbishop cardinal father sister brother"
    " monsignor reverend rev pastor general gen lieutenant lt colonel col major maj captain capt sergeant sgt corporal"
    " private commander admiral marshal brigadier officer detective inspector sheriff chief senator sen representative"
    " rep congressman congresswoman governor gov mayor judge justice secretary ambassador envoy spokesman spokeswoman"
    " spokesperson professor prof attorney coach player striker actor actress singer author journalist reporter"
    " photographer correspondent militant leader ex-president deputy comrade commandante comandante don dona haji hajji malik sardar qari"
    " named called nicknamed alias surnamed hurricane typhoon cyclone ship vessel tanker"
)
"""A capitalised word after one of these is a person (or a storm, or a ship)."""

NAME_NOUNS = _words(
    "times post herald chronicle tribune news daily gazette journal observer star telegraph radio television tv"
    " united rovers rangers fc cup league olympics games championship agreement accord accords treaty pact declaration"
    " conference summit protocol convention process talks war wars street-journal bank fund company corporation corp inc ltd group"
    " airlines airways motors institute foundation association society federation union party front army"
    " brigade brigades battalion division regiment corps forces force movement organization organisation committee commission"
    " council ministry minister parliament congress senate assembly court government police command network"
    " tigers brotherhood jihad emirate caliphate state-department club festival award prize university-press"
    " act law plan initiative doctrine syndrome virus flu ebola fever cartel gang red-cross crescent president center centre"
    " agency authority administration office bureau embassy consulate"
)
"""A place name before one of these, capitalised, is part of a name that is no place of an event."""

SAYING = _words(
    "said says say saying has have had is was were are accuses accused blames blamed denied denies wants wanted warned warns"
    " insists insisted called calls announced announces vowed vows hopes agreed agrees refused refuses rejects rejected claims"
    " claimed will would could should can may believes supports supported backed backs condemned condemns urged urges does did"
    " considers maintains argues plans began imposed recognizes recalled withdrew also"
)
HYPHENATED = _words(
    "based led backed born trained made style controlled held ruled administered run occupied funded sponsored educated"
    " supported allied bound appointed registered owned flagged dominated speaking wide area brokered mediated imposed linked"
)
MONTHS = _words("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec")
DAYS = _words("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun")

FUNCTION_WORDS = _words(
    "a an the in at on of to from by near outside inside around across between along for with and or but nor so yet as if when while where who"
    " what why how which that this these those there here then than after before since until during under over above below about"
    " into onto upon within without through throughout toward towards against among amid via per he she it they we you i his her its"
    " their our my your him them us me is are was were be been being has have had do does did will would can could may might shall"
    " should must not no yes all any both each few many most more other others some such only own same also even ever never just"
    " still too very one two three four five six seven eight nine ten eleven twelve elsewhere meanwhile separately earlier later today yesterday"
    " tonight tomorrow however although though because despite according last next first second third officials police witnesses military"
    " gunmen residents authorities security army rebels insurgents militants soldiers troops government hospital medical local"
    " another several at least nearly almost dozens hundreds thousands thursday north south east west northern southern eastern western"
    " central among including following speaking violence attacks attack bomb suicide car roadside sources reports"
)
"""Words that may stand capitalised at the head of a sentence or headline and are no names."""

NO_PLACES = _words(
    "fmln efe acan urng mrta eln epl farc un oas cadena modelo radio venceremos inravision caracol arena pdc usis dpa afp tass copan"
    " islamist islamists marines marine mr mrs ms god allah islam islamic muslim muslims christian christians jewish jew jews sunni shiite shiites shia shi'ite shi'ites kurd kurds kurdish arab arabs"
    " catholic hindu hindus sikh sikhs tamil tamils taleban taliban qaida qaeda al-qaida hamas hezbollah fatah nato eu un u.n. united nations"
    " reuters afp ap bbc cnn voa xinhua efe ansa parliament congress senate pentagon english arabic french spanish ramadan christmas easter"
    " eid ashura internet facebook twitter operation interpol fbi cia red cross olympic defense defence justice interior foreign labor"
    " african european asian western african-american black white house supreme court"
)
"""Words that are never the unknown place after "in"."""

LINKS = _words("de del la las los el al of and e i y ul bin ibn du da do das dos des le les di der van von den au aux sur en the upon on")
"""Lower-case words inside names: San Luis de la Reina, Deir ez-Zor, Port-au-Prince."""

ARTICLES = _words("al el as ash at ad ar an az ul ur ez es et")
"""Arabic articles as written before a hyphen."""

STRICT_AT = _words("in at near outside inside around between")
"""Prepositions after which a capitalised word that nobody knows is a place."""

PLACE_ADJECTIVES = _words(
    "tribal refugee border mountain industrial residential military air market oil prison marketplace shopping business"
    " international national naval army state royal nuclear power bus train railway police shanty mining coal gas army's"
)
"""Words between a name and the noun that says what it is: "Khyber tribal district"."""

WORDLIKE = _words("us car am it so no me")
"""Acronyms that are ordinary words in text that is all capitals."""

LOOSE_LINKS = _words("and of on upon the in - .")
"""Words that may stand inside a name, but as often between two."""

GIVEN_NAMES = _words(
    "abdul abdullah abu-ahmed adolfo agustin ahmad ahmed alan albert alberto alejandro alex alexander alfonso alfredo ali alvaro andrea"
    " andres andrew angel anna anthony antonio armando arturo augusto bernardo bill bob brian carlos carmen cesar charles chris"
    " christopher claudia daniel dave david diego eduardo edgar elena elizabeth emily enrique eric ernesto eugenio federico felipe"
    " felix fernando fidel francisco frank fred gabriel george gerardo gilberto gonzalo guillermo gustavo hassan hector henry"
    " hernan hugo humberto hussein ibrahim ignacio ismail ivan jack jaime jairo james jane jason javier jean jeff jennifer jerry"
    " jesus jim jimmy joaquin joe john jon jonathan jorge jose joseph joshua juan julia julian julio karen kenneth kevin khalid"
    " larry laura leon leonardo lisa luis lucia mahmoud manuel marco marcos maria mariano mario mark marta martha martin mary"
    " matthew mauricio michael michelle miguel mike mohamed mohammad mohammed muhammad mustafa nancy napoleon nelson nicholas"
    " nicolas omar orlando oscar osama pablo patricia patrick paul pedro peter philip rafael ramiro ramon raul rene ricardo richard"
    " rick robert roberto rodolfo rodrigo roger roman ron ruben saddam salvador-allende samuel sandra sara sarah scott sergio"
    " stephen steve steven susan thomas tim todd tom tony victor vicente virgilio walter william yasser yousef yusuf"
)
"""Given names: a name right after one is a person's."""

SPANISH_HEADS = _words("la las los el al san santa santo puerto villa")
"""Words that begin names and are never ordinary words in all-capital text when a name follows."""

NOT_AFTER_CAPITAL = _words("punishment murder crime crimes offense offence letters letter investment gains market markets flight goods")

TURNS = (
    "elsewhere", "separately", "meanwhile", "in other", "in another", "in a separate", "also ", "in an unrelated", "in related",
    "earlier", "on the same day", "in addition", "at the same time", "moreover", "in a different",
)  # fmt: skip
"""How sentences begin that turn to another event."""

TALK = _words(
    "sources source talks negotiations meeting meetings conference summit speech interview statement reporters correspondent"
    " correspondents told speaking announced visit visiting trip arrived dialogue negotiate meet met embassy headquarters"
    " session ceremony studies hospitalized treated buried funeral seminar forum congress released"
)
"""Words before "in X" that tie X to talk about the event and not to the event."""

INNER_NOUNS = _words("district neighborhood neighbourhood quarter suburb ward borough section sector colony colonia township")
"""Nouns of parts of a city."""
