"""Exit codes, and what a person sees of an error: what, where, what to do; never a traceback without --debug."""

from __future__ import annotations

import sys
from typing import Final

from reportedly.errors import ReportedlyError, SetupError
from reportedly.text.terminal import one_line

CLEAN: Final = 0
FOUND: Final = 1
"""Findings, or inputs that failed."""
SETUP: Final = 2
"""The call or the installation is wrong."""
INTERRUPTED: Final = 130
"""128 + SIGINT, as shells have it."""


def exit_code_of(error: ReportedlyError) -> int:
    """2 for what the user has to put right before anything can run, 1 for what went wrong on the way."""
    return SETUP if isinstance(error, SetupError) else FOUND


def complain(error: ReportedlyError) -> None:
    """Two lines on standard error."""
    sys.stderr.write(f"error: {one_line(error.message)}\n")
    if error.advice:
        sys.stderr.write(f"  hint: {one_line(error.advice)}\n")
