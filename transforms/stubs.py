"""Pages that answer 200 and hold no article: consent, paywall, captcha, not found.

Only short texts are looked at: a long one is an article, whatever it says about subscriptions.
The phrases are those of the large consent, paywall and protection services in November 2026.
"""

from __future__ import annotations

import re

STUB_WORDS = 120
"""A page of more words than this is an article even where it also asks for a subscription."""
TITLE_WORDS = 60
"""Below this many words of text the title alone can show that there is no article."""

_PHRASES = (
    r"(?:enable|turn on|activate) (?:javascript|cookies)",
    r"javascript (?:is|to be|must be) (?:disabled|required|enabled)",
    r"captcha",
    r"verify (?:that )?you are (?:a )?human",
    r"(?:checking|update) your browser",
    r"unusual traffic",
    r"ddos protection",
    r"(?:subscribe|log ?in|sign in|register|create a free account)(?: now)? to"
    r" (?:continue|read|keep|unlock)",
    r"(?:content|article|story) is (?:reserved |only |exclusively )?(?:available )?(?:for|to)"
    r" (?:our )?(?:paid |paying |registered )?(?:subscribers|members)",
    r"already (?:a subscriber|have an account|subscribed)",
    r"accept (?:all )?(?:cookies|and continue)",
    r"we (?:value|care about|respect) your privacy",
    r"our (?:\d+ )?partners (?:store|use|process)",
    r"page (?:you (?:are looking for|requested) )?(?:could not|cannot|can't|was not) be found",
    r"(?:page|article|story) (?:was )?not found",
    r"(?:page|article|story) (?:is )?no longer (?:available|exists)",
    r"access (?:to this page )?(?:has been )?denied",
    r"réservé aux abonnés",
    r"(?:exclusivo|solo) para (?:suscriptores|assinantes)",
    r"nur für abonnenten",
    r"только для подписчиков",
)
_TITLES = (
    r"(?:error )?40[134]\b",
    r"(?:error )?50[0-4]\b",
    r"(?:page )?not found",
    r"access denied",
    r"forbidden",
    r"just a moment",
    r"attention required",
    r"are you (?:a robot|human)",
    r"robot check",
    r"before you continue",
    r"(?:log|sign) ?in\b",
    r"subscribe\b",
    r"(?:site )?(?:under |down for )maintenance",
    r"privacy (?:settings|choices)",
)
_BODY = re.compile(f"(?i){'|'.join(_PHRASES)}")
_TITLE = re.compile(rf"(?i)\s*(?:{'|'.join(_TITLES)})")


def stub_phrase(text: str, title: str | None) -> str | None:
    """The words by which a page shows that it holds no article, or None where it holds one.

    Args:
        text: what was taken out of the page.
        title: its title.
    """
    words = len(text.split())
    if words > STUB_WORDS:
        return None
    found = _BODY.search(text) or (_TITLE.match(title or "") if words < TITLE_WORDS else None)
    return found[0].strip() if found else None
