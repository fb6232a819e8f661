"""German and English: segmentation, evidential reading, quantities, names; the knowledge is in data/*.toml."""

from reportedly.language.explanation import Explanation, FoundCue, explain
from reportedly.language.reader import read
from reportedly.language.reading import Reading

__all__ = ["Explanation", "FoundCue", "Reading", "explain", "read"]
