"""What the coder knows, loaded once, and short ways to ask it about a sentence or an article."""

from datetime import date
from pathlib import Path

import pytest

from flows.reference import load_knowledge
from transforms.coding.accounts.settle import settle_account
from transforms.coding.article import read_accounts
from transforms.coding.groups.numbers import read_quantity
from transforms.coding.groups.readers import read_groups
from transforms.coding.mentions.clauses import read_mentions
from transforms.coding.text.sentences import read_document
from transforms.coding.text.tokens import tokenise
from transforms.schema import KINDS

TUESDAY = date(2026, 3, 17)


def bounds(low, best, high):
    """A figure as the codebook's tables write it: "22/22/-", where - is unknown."""
    return "/".join("-" if value is None else str(value) for value in (low, best, high))


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge(Path(__file__).parents[3] / "data" / "reference")


@pytest.fixture(scope="session")
def lexicon(knowledge):
    return knowledge.lexicon


@pytest.fixture(scope="session")
def quantity(lexicon):
    """The quantity that the words open with, and the words that it left: "22/22/- people"."""

    def read(words):
        tokens = tokenise(words, lexicon)
        found = read_quantity(tokens, 0, lexicon)
        if found is None:
            return None
        rest = " ".join(tokens.low[found.last :])
        return f"{bounds(found.low, found.best, found.high)} {rest}".strip()

    return read


@pytest.fixture(scope="session")
def groups(lexicon):
    """The noun groups of a sentence."""

    def read(sentence, *, headline=False):
        return read_groups(tokenise(sentence, lexicon), lexicon, headline=headline)

    return read


@pytest.fixture(scope="session")
def mentions(lexicon):
    """The casualty mentions of one sentence: "killed 3/3/3; injured 2/-/-"."""

    def read(sentence, *, headline=False):
        found = read_mentions(tokenise(sentence, lexicon), lexicon, headline=headline)
        told = []
        for mention in found:
            figures = [(g.low, g.best, g.high) for g in mention.groups]
            unreal = "unreal " if mention.unreal else "not " if mention.negated else ""
            told.append(f"{unreal}{mention.kind} {_summed(figures)}")
        return "; ".join(told)

    return read


def _summed(figures):
    low = sum(f[0] or 0 for f in figures) if any(f[0] is not None for f in figures) else None
    best, high = (
        None if any(f[i] is None for f in figures) else sum(f[i] for f in figures) for i in (1, 2)
    )
    return bounds(low, best, high)


@pytest.fixture(scope="session")
def accounts(knowledge):
    """The accounts of an article."""

    def read(text, title=None, day=TUESDAY):
        return read_accounts(read_document("a", 1, title, text, report_date=day), knowledge)

    return read


@pytest.fixture(scope="session")
def outcome(accounts):
    """The accounts of an article in words: "killed 5/5/5, injured 2/2/2 | background killed 1/1/1".

    An incident's scope goes without saying; kinds whose figure is unknown are left out.
    """

    def read(text, title=None, day=TUESDAY):
        return " | ".join(_told(account) for account in accounts(text, title, day))

    return read


def _told(account):
    toll = settle_account(account.claims)
    kinds = [
        f"{kind} {figure}"
        for kind in KINDS
        if (figure := bounds(*(toll.get(f"{kind}_{b}") for b in ("low", "best", "high"))))
        != "-/-/-"
    ]
    scope = "" if account.scope == "incident" else f"{account.scope} "
    return scope + ", ".join(kinds)
