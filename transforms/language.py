"""In which language a text is written: by script, by telling letters, by its commonest words.

No model: a news text of thirty words holds enough function words to tell the languages that news
feeds use. Shorter ones may give None, which is better than a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import repeat
from struct import Struct

SAMPLE_CHARACTERS = 600
MIN_WORDS = 4
MIN_SHARE = 0.08
"""Share of function words that a Latin-script text must have; running text has 0.25 to 0.5."""

_SCRIPTS = (
    (0x0370, 0x03FF, "el"), (0x0400, 0x052F, "cyrillic"), (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"), (0x0600, 0x077F, "arabic"), (0x08A0, 0x08FF, "arabic"),
    (0x0900, 0x097F, "devanagari"), (0x0980, 0x09FF, "bn"), (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"), (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"), (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"), (0x0D80, 0x0DFF, "si"), (0x0E00, 0x0E7F, "th"), (0x0E80, 0x0EFF, "lo"),
    (0x0F00, 0x0FFF, "bo"), (0x1000, 0x109F, "my"), (0x10A0, 0x10FF, "ka"), (0x1200, 0x139F, "am"),
    (0x1780, 0x17FF, "km"), (0x3040, 0x30FF, "ja"), (0x3400, 0x9FFF, "zh"), (0xAC00, 0xD7AF, "ko"),
)  # fmt: skip

_LETTERS = {
    "arabic": (("ps", "ټډړښځڅۍې"), ("ur", "ٹڈڑےں"), ("ckb", "ڕڵۆێە"), ("ug", "ۇۆۈېڭ"),
               ("fa", "پچژگکی")),
    "cyrillic": (("uk", "іїєґ"), ("be", "ў"), ("kk", "әғқңұһ"), ("mk", "ѓќѕ"), ("sr", "јљњћђџ"),
                 ("ru", "ыэё")),
}  # fmt: skip
"""Letters that one language of a script has and the others have not; the first that is frequent."""

_DEFAULT = {"arabic": "ar", "cyrillic": "bg"}


def _table(text: str) -> dict[str, frozenset[str]]:
    """Language to words, from lines of a language and some of its words."""
    sets: dict[str, set[str]] = {}
    for code, *words in map(str.split, text.strip().splitlines()):
        sets.setdefault(code, set()).update(words)
    return {code: frozenset(words) for code, words in sets.items()}


_WORDS = _table("""
    en the of and to in a that is was for on with as at by from has have are were been said it
    en he his who which their they but not after an this will its had people killed wounded
    en police dead dies kill kills shot injured injures hurt missing attack attacks gunmen gunman
    en soldiers bomb blast shooting crash fighters troops strike
    fr le la les de des du et à au aux en un une que qui est dans pour par sur a été ont sont
    fr plus pas ce cette avec il selon ses d l après personnes morts tués blessés
    es el la los las de del y en que a un una por con se para su al es fue han más lo no como
    es este según tras sus ha sobre entre personas murieron muertos heridos policía
    pt o a os as de do da dos das e em no na que um uma por com se para seu ao é foi não mais
    pt como pelo pela à após segundo são entre pessoas morreram mortos feridos polícia
    it il la le gli i di del della dei e in che un una per con si da al è sono stato non più
    it nel nella dal sulla hanno anche come dopo lo persone morti feriti polizia
    de der die das den dem des und in im zu von mit auf für ist ein eine einer nicht sich bei
    de aus nach wurde wurden hat haben am auch als menschen getötet verletzt polizei
    nl de het een en van in op te dat die voor met is zijn was niet aan er door bij uit ook
    nl naar om werd heeft hij worden over
    sv och i att det som en på är av för den med till har inte om ett var de från han vid
    sv efter
    da og i at det som en på er af for den med til har ikke om et var de fra han ved efter
    da blev
    fi ja on ei että oli se hän ovat mukaan myös kun sen kuin joka mutta jälkeen
    pl w i na z się do że nie jest to o po od za przez jak był dla są jego oraz który zostało
    cs a v na se je že s z do o k ve za byl po jsou který podle také pro při jako ale
    ro și în de la a cu pe din care o un pentru nu că este au fost mai după sa lui prin
    hu a az és hogy nem is egy meg volt van azt szerint csak után mint már ki el több
    tr ve bir bu da de için ile olan olarak en daha çok gibi sonra kadar olduğu ise göre oldu
    tr var kişi öldü yaralandı polis
    az və bir bu üçün ilə olan də da olub edib görə sonra ki isə həmin onun çox
    id yang dan di dari ke untuk pada dengan ini itu dalam adalah tidak akan oleh telah
    id sebagai kata mereka juga orang tersebut tewas luka ledakan polisi
    tl ang ng sa na mga ay at si ni para ito may kung hindi niya ayon nang isang kay
    vi và của là các trong được có cho người đã với không một những này khi theo về tại vào
    sw na ya wa kwa ni katika za la cha kuwa hiyo hii watu baada huo alisema hao yake wakati
    sw waliuawa polisi
    ha da a na ta ya ke cikin wannan sun an ba shi su mutane ce ne domin bayan
    so iyo ku ka in ee waxaa oo uu la ay ah lagu si kale ayaa waa dadka
    ht nan ak yo ki pou te la li se sou moun gen nou pa yon
    sq dhe në të e i me një që për nga u është ka janë se më tek
    bs i u je na se da su za od s koji nije bio kao što iz o po
    ku û li di ji bi ku ev jî de ew ser bo hatin kir ye
""")

_DEVANAGARI = _table("""
    hi के में की है और से को का ने पर हैं कि यह इस एक
    ne छ र को मा ले गरेको छन् पनि भएको हुन् का गर्न थियो
    mr आहे आणि या च्या ने ला हे केले होते यांनी मध्ये
""")

_CODES = {
    word: tuple(code for code, known in _WORDS.items() if word in known)
    for word in frozenset().union(*_WORDS.values())
}
_TOKEN = re.compile(r"[^\W\d_]+")
_MARKS = "’‘“”–—…"
"""Between words, and often all that keeps an English text from being ASCII."""
_ASCII_LETTERS = bytes(c if chr(c).isascii() and chr(c).isalpha() else ord(" ") for c in range(256))
"""For ASCII, where it leaves the same tokens in a fifth of the time."""

_LANGUAGES = tuple(_WORDS)
_FIELDS = Struct(f"<{len(_LANGUAGES)}H")
_HITS = {
    word: sum(1 << 16 * at for at, code in enumerate(_LANGUAGES) if code in codes)
    for word, codes in _CODES.items()
}
"""A word's languages, as a number with 16 bits for each: their sum counts the hits of a sample."""


def detect_language(text: str) -> str | None:
    """The language of a text.

    Args:
        text: running text; only its first `SAMPLE_CHARACTERS` are looked at.

    Returns:
        ISO 639-1 code (639-3 where there is none), or None where the text is too short or no
        language fits.
    """
    sample = text[:SAMPLE_CHARACTERS].lower()
    western = len(sample.encode("latin-1", "ignore")) > 0.9 * len(sample)
    script = "latin" if western else _script(sample)
    if script == "latin":
        return _by_words(sample)
    if script == "devanagari":
        words = set(sample.split())
        hits = {code: len(words & known) for code, known in _DEVANAGARI.items()}
        return max(hits, key=lambda c: hits[c]) if any(hits.values()) else "hi"
    if script in _LETTERS:
        return _by_letters(sample, script)
    return script


def _script(sample: str) -> str | None:
    counts: Counter[str] = Counter()
    for character, count in Counter(sample).items():
        if character.isalpha():
            code = ord(character)
            latin = code < 0x0370 or 0x1E00 <= code < 0x2000
            counts["latin" if latin else _block(code)] += count
    if not counts:
        return None
    # Japanese is written with many Chinese characters, and few kana tell it apart
    if counts["ja"] * 10 > counts["zh"]:
        counts["ja"] += counts.pop("zh", 0)
    return counts.most_common(1)[0][0] or None


def _block(code: int) -> str:
    return next((name for first, last, name in _SCRIPTS if first <= code <= last), "")


def _by_letters(sample: str, script: str) -> str:
    counts = Counter(sample)
    letters = sum(n for c, n in counts.items() if c.isalpha())
    for code, telling in _LETTERS[script]:
        if sum(counts[c] for c in telling) > 0.01 * letters:
            return code
    return _DEFAULT[script]


def _by_words(sample: str) -> str | None:
    for mark in _MARKS:
        sample = sample.replace(mark, " ")
    if sample.isascii():
        words = sample.encode().translate(_ASCII_LETTERS).decode().split()
    else:
        words = _TOKEN.findall(sample)
    if len(words) < MIN_WORDS:
        return None
    counted = sum(map(_HITS.get, words, repeat(0)))
    hits = _FIELDS.unpack(counted.to_bytes(_FIELDS.size, "little"))
    most = max(hits)
    if most < max(2, MIN_SHARE * len(words)) or hits.count(most) > 1:
        return None
    return _LANGUAGES[hits.index(most)]
