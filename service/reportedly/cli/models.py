"""`reportedly models`."""

from __future__ import annotations

import os
import sys

from rich.table import Table
from rich.text import Text

from reportedly.formats.text import console_for
from reportedly.llm.providers import PROVIDERS


def models() -> None:
    """List providers of models, whether they are installed, and the key that each needs.

    \b
    reportedly models
    """
    table = Table("provider", "installed", "key", "example", box=None, padding=(0, 2, 0, 0))
    for provider in PROVIDERS:
        installed = "yes" if provider.installed else f"reportedly[{provider.extra}]"
        key = " or ".join(provider.key_variables) or "none"
        state = "" if not provider.key_variables else (" (set)" if provider.has_key(os.environ) else " (not set)")
        table.add_row(Text(provider.title), installed, Text(key + state), f"{provider.prefix}:{provider.example}")
    console_for(sys.stdout).print(table)
