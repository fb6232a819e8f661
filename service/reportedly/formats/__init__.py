"""Where reports go: terminal text, JSON, JSONL, Markdown."""
