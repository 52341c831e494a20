"""`make bench`: the table of all stages. The other benchmarks here go deeper, one stage each."""

from __future__ import annotations

import sys

from benchmarks.table import main

if __name__ == "__main__":
    sys.exit(main())
