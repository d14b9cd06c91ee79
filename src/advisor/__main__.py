"""`python -m advisor`: the same as the command `advisor`."""

from __future__ import annotations

import sys

from advisor.surfaces.cli import main

if __name__ == "__main__":
    sys.exit(main())
