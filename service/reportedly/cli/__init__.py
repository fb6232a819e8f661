"""The command line: one file a command; argv in, exit code out."""

from reportedly.cli.app import main

__all__ = ["main"]
