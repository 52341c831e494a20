"""The command line: `python -m flows VERB`, also installed as `casualty-ledger`.

Exit codes: 0 released, or nothing changed; 1 failed, the current release stands; 2 bad usage or
settings; 3 released, but some feeds failed; 130 interrupted.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import click

from flows import __version__
from flows.cli import corpora, nights, reference, releases
from flows.logs import configure_logging, give_up_stderr
from flows.settings import load_settings
from transforms.errors import LedgerError

logger = logging.getLogger("flows")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casualty-ledger")
@click.pass_context
def cli(context: click.Context) -> None:
    """A nightly record of violence, traceable to a sentence and a speaker."""
    context.obj = load_settings(os.environ, Path.cwd())
    configure_logging(context.obj.log)


for command in (
    nights.nightly,
    nights.ingest,
    nights.backfill,
    nights.build,
    nights.rebuild,
    nights.serve,
    nights.demo,
    corpora.code,
    corpora.evaluate,
    corpora.explain,
    releases.show,
    releases.diff,
    releases.as_of,
    releases.export,
    releases.status,
    reference.feeds,
    reference.places,
    reference.docs,
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; every error is one line on standard error and an exit code."""
    code = _run(arguments)
    try:
        if sys.stderr and not sys.stderr.closed:
            sys.stderr.flush()
    except OSError:
        give_up_stderr()
    return code


def _run(arguments: list[str] | None) -> int:
    try:
        return cli.main(arguments, prog_name="casualty-ledger", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        return _fail(f"{error.format_message()} (see --help)", 2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        return _fail("interrupted; the current release stands", 130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, and the interpreter would say so
        return 0
    except LedgerError as error:
        return _fail(str(error), error.exit_code)
    except OSError as error:
        return _fail(f"{error.filename or 'the system'}: {error.strerror or error}", 1)
    except Exception as error:  # whoever runs this at night gets one line, not a trace
        logger.debug("unexpected", exc_info=error)
        said = f"{type(error).__name__}: {error}"
        return _fail(f"a fault of ours: {said} (log level debug shows where)", 1)


def _fail(message: str, code: int) -> int:
    try:
        print(f"casualty-ledger: {' '.join(message.split())}", file=sys.stderr, flush=True)
    except OSError:  # the disk under the log is full: the code says it alone
        give_up_stderr()
    return code


if __name__ == "__main__":
    sys.exit(main())
