"""German and English: segmentation, evidential reading, quantities, names; the knowledge is in data/*.toml."""
