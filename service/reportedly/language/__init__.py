"""German and English: segmentation, evidential reading, quantities, names; the knowledge is in data/*.toml."""

from reportedly.language.reader import read
from reportedly.language.reading import Reading

__all__ = ["Reading", "read"]
