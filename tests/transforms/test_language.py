"""Languages told by script, letters and function words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language import detect_language

TEXTS = {
    "en": "The police said that three people were hurt in the fire at the market.",
    "fr": "La police a indiqué que trois personnes ont été blessées dans un incendie au marché.",
    "es": "La policía dijo que tres personas resultaron heridas en el incendio del mercado.",
    "pt": "A polícia disse que três pessoas ficaram feridas no incêndio do mercado da cidade.",
    "it": "La polizia ha detto che tre persone sono rimaste ferite nel rogo del mercato.",
    "de": "Die Polizei teilte mit, dass drei Menschen bei dem Brand auf dem Markt verletzt wurden.",
    "nl": "De politie zei dat drie mensen gewond zijn geraakt bij de brand op de markt.",
    "id": "Polisi mengatakan tiga orang terluka dalam kebakaran di pasar yang terjadi pada Senin.",
    "tr": "Polis, pazarda çıkan bir yangında üç kişinin yaralandığını ve olayın sürdüğünü söyledi.",
    "sw": "Polisi walisema kuwa watu watatu walijeruhiwa katika moto wa soko la mji huo.",
    "ru": "Полиция сообщила, что три человека пострадали при пожаре на рынке, где были люди.",
    "uk": "Поліція повідомила, що троє людей постраждали під час пожежі на ринку.",
    "bg": "Полицията съобщи, че трима души са ранени при пожара на пазара в града.",
    "ar": "قالت الشرطة إن ثلاثة أشخاص أصيبوا في حريق بالسوق",
    "fa": "پلیس گفت که سه نفر در آتش‌سوزی بازار زخمی شدند",
    "ur": "پولیس نے کہا کہ بازار میں آگ لگنے سے تین افراد زخمی ہوئے ہیں",
    "hi": "पुलिस ने कहा कि बाजार में आग लगने से तीन लोग घायल हो गए हैं",
    "ja": "警察は、市場の火事で三人がけがをしたと発表した",
    "zh": "警方表示，市场火灾造成三人受伤",
    "ko": "경찰은 시장 화재로 세 명이 다쳤다고 밝혔다",
    "he": "המשטרה מסרה כי שלושה בני אדם נפצעו בשרפה בשוק",
    "el": "Η αστυνομία είπε ότι τρεις άνθρωποι τραυματίστηκαν",
    "am": "ፖሊስ ሦስት ሰዎች መቁሰላቸውን አስታወቀ",
    "my": "ရဲက လူသုံးဦး ဒဏ်ရာရခဲ့သည်ဟု ပြောသည်",
}


@pytest.mark.parametrize("code", TEXTS)
def test_one_sentence_is_enough(code):
    assert detect_language(TEXTS[code]) == code
    assert detect_language(TEXTS[code].upper()) == code


@pytest.mark.parametrize("text", ["", "   ", "1 2 3 4 5", "Killed", "Zzyzx qwrt plk mnb vcx", "?!"])
def test_what_is_no_language_is_none(text):
    assert detect_language(text) is None


@given(st.text())
def test_any_text_has_a_short_code_or_none(text):
    code = detect_language(text)
    assert code is None or 2 <= len(code) <= 3


@pytest.mark.parametrize(
    "headline",
    [
        "Bomb in Al Bab kills seven",
        "Gunmen kill 20 in Ar Raqqa and Al Hasakah",
        "Two dead, five hurt in Des Moines shooting",
        "Al Shabaab attacks leave nine soldiers dead in El Wak",
        "Los Zetas gunmen shot two in La Paz",
    ],
)
def test_a_foreign_name_makes_no_headline_foreign(headline):
    assert detect_language(headline) == "en"
