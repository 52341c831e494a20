"""Every error of the project: one root, one class per cause.

A message says what is wrong, in which feed, file or row, and what to do about it. Errors are raised
anywhere and caught only in `flows/`.
"""

from __future__ import annotations


class LedgerError(Exception):
    """Root of all errors of casualty-ledger. `exit_code` is what the command line returns."""

    exit_code = 1


class SettingsError(LedgerError):
    """A settings file, environment variable or argument can't be used."""

    exit_code = 2


class ReferenceDataError(LedgerError):
    """A file under data/reference breaks its own schema."""

    exit_code = 2


class SchemaError(LedgerError):
    """A frame does not have the columns or types that transforms/schema.py declares."""


class StoreError(LedgerError):
    """A raw or published store can't be read or written."""


class CacheLostError(StoreError):
    """What a build had put aside is gone or damaged; it can be made again."""


class LockedError(StoreError):
    """Another run holds the store."""


class ReasonedError(LedgerError):
    """One document or request failed; `reason` is the code that goes into rejects or feeds."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[ReasonedError], tuple[str, str]]:
        # an exception with two arguments does not come back from a worker process otherwise
        return type(self), (self.reason, self.detail)


class FetchError(ReasonedError):
    """One request failed.

    Attributes:
        body: what was read of a body that is refused, as sent; None where there is nothing to keep.
        headers: header fields of that answer.
    """

    def __init__(
        self,
        reason: str,
        detail: str,
        *,
        body: bytes | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(reason, detail)
        self.body = body
        self.headers = headers


class FeedError(ReasonedError):
    """A feed document can't be read."""


class PageError(ReasonedError):
    """A page can't be read, or holds no article."""


class LineError(ReasonedError):
    """A line of a user's corpus can't be read."""


class CheckError(LedgerError):
    """A blocking check failed: nothing is published, the current release stands."""


class CorrectionError(LedgerError):
    """A line of corrections.toml matches nothing, contradicts another or has no evidence."""


class NothingReachedError(LedgerError):
    """Not one feed could be reached."""


class TooManyFailedError(LedgerError):
    """More feeds failed than the settings allow."""


class WorkerError(LedgerError):
    """Worker processes can't be started."""
