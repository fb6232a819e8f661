"""Reportedly: summaries that stay as unsure as their source."""

from reportedly._version import __version__

__all__ = ["__version__"]
