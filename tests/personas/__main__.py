"""Writes the transcripts and the funnels anew: `python -m tests.personas`, or with the names of some groups."""

from __future__ import annotations

import sys

from tests.personas.writing import write

if __name__ == "__main__":
    write(sys.argv[1:])
