"""Where articles come from: text, Markdown, HTML, JSONL, folders, stdin."""
