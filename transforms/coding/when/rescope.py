"""What an article is about, once the days of its accounts are known: news or recalled.

Comes after the accounts have their days and before they get actors and kinds.

Source: codebook section 2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.coding.model import Account, Document
from transforms.coding.scope.cues import ScopeCues
from transforms.coding.scope.matter import Matter

_LEAD = 2
"""Up to this sentence an article tells what it is about."""

_OLD_DAYS = 45
"""An event that ended longer ago than this is recalled, unless it opens the article."""

_VERY_OLD_DAYS = 5 * 365
"""An event that ended longer ago than this is recalled wherever it stands."""

_FAR_DOWN = 9
"""From this sentence on an event without a day is recalled, where the article did not open with
one, nor with anything violent: of 45 events without a day in news of many kinds that opened with no
casualties, some 40 were recalled."""

_DAYS_BEFORE = 6
"""What happened more days before the event that an article is about is recalled."""

_MONTH = 27
"""Days from the first to the last of a time told no better than by its month."""


def rescope_accounts(accounts: Sequence[Account], document: Document, cues: ScopeCues) -> None:
    """Set the scopes that only the days or the whole article tell.

    Args:
        accounts: those of one article, dated, in text order; their scopes change.
        document: the article.
        cues: the words that tell of violence.
    """
    lead: Account | None = None
    alone = sum(account.scope == "incident" for account in accounts) == 1
    first = min((a.sentences[0] for a in accounts if a.scope == "incident"), default=0)
    aside = first >= _FAR_DOWN and Matter(document, cues).opens_quietly
    for account in accounts:
        if account.scope == "incident":
            old = (not alone and _is_old(account, document)) or _is_very_old(account, document)
            far = aside and account.sentences[0] >= _FAR_DOWN and not account.dating.date_text
            before = lead is not None and _is_before(account, lead)
            if old or far or before or _is_recalled_again(account, accounts):
                _rescope(account, "background")
            elif lead is None and account.sentences[0] <= _LEAD:
                lead = account
        elif (
            account.scope == "background"
            and account.recalled
            and _is_recent(account, document)
            and not any(_may_be_same(account, other) for other in accounts)
        ):
            _rescope(account, "incident")
    news = [account for account in accounts if account.scope == "incident"]
    if not any(claim.kind == "killed" for account in news for claim in account.claims):
        for account in accounts:
            told = any(_may_be_same(account, other) for other in accounts)
            opens = account.scope == "background" and account.sentences[0] <= 1
            if opens and account.court and not told:
                _rescope(account, "incident")  # the arrest or the trial is the news
                return


def _may_be_same(recalled: Account, other: Account) -> bool:
    """Whether an incident may be the one that is recalled: as many victims, no other name."""
    if other is recalled or other.scope != "incident":
        return False
    for claim in recalled.claims:
        for known in other.claims:
            if known.kind == claim.kind and known.value == claim.value:
                first = set(_NAME.findall(claim.victims or ""))
                second = set(_NAME.findall(known.victims or ""))
                if not first or not second or first & second:
                    return True
    return False


_NAME = re.compile(r"\b[A-Z][^\W\d_]{2,}")


def _is_old(account: Account, document: Document) -> bool:
    """Whether an account further down speaks of something that happened long before the article."""
    last, report = account.dating.date_end, document.report_date
    if last is None or report is None or account.sentences[0] <= 1 or not account.dating.date_text:
        return False
    return (report - last).days > _OLD_DAYS


def _is_recalled_again(account: Account, accounts: Sequence[Account]) -> bool:
    """Whether an account without a day tells a large figure that was recalled or summed up before.

    As in "rules made after a blast in 2013 killed 15 ... twelve of the 15 who died were pupils".
    """
    if account.dating.date_text:
        return False
    told = {(c.kind, c.value) for c in account.claims if (c.value or 0) >= _TELLING}
    return bool(told) and any(
        other.scope in ("background", "aggregate")
        and other.sentences[0] < account.sentences[0]
        and told <= {(claim.kind, claim.value) for claim in other.claims}
        for other in accounts
    )


_TELLING = 10
"""Figures from here on are seldom the same by chance."""


def _is_very_old(account: Account, document: Document) -> bool:
    """Whether an account tells of a day of years ago, which no news is about any more."""
    last, report = account.dating.date_end, document.report_date
    told = last is not None and report is not None and account.dating.date_text
    return bool(told and last and report and (report - last).days > _VERY_OLD_DAYS)


def _is_before(account: Account, lead: Account) -> bool:
    """Whether an account further down tells of days before those that the article is about."""
    last, first = account.dating.date_end, lead.dating.date_start
    if last is None or first is None or not account.dating.date_text or not lead.dating.date_text:
        return False
    begun = account.dating.date_start
    month = begun is not None and (last - begun).days >= _MONTH and last < first  # "last month"
    told = account.sentences[0] > _LEAD or account.dating.date_text.endswith(" after")
    return told and (month or (first - last).days > _DAYS_BEFORE)


def _is_recent(account: Account, document: Document) -> bool:
    """Whether the article itself names a day shortly before its own."""
    first, report = account.dating.date_start, document.report_date
    if first is None or report is None or not account.dating.date_text:
        return False
    return (report - first).days <= _OLD_DAYS


def _rescope(account: Account, scope: str) -> None:
    account.scope = scope
    for claim in account.claims:
        claim.scope = scope
