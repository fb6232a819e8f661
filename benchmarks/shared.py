"""Where the labelled data lies that is measured against and never ships."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def shared_data() -> Path | None:
    """The folder `shared` beside the repository, or the one of REPORTEDLY_SHARED; None where there is none."""
    folder = Path(os.environ.get("REPORTEDLY_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")
    return folder if (folder / "data").is_dir() else None


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of one of its JSONL files, for example `articles/de_news_300.jsonl`; none where the folder is absent."""
    folder = shared_data()
    if folder is None:
        return []
    lines = (folder / "data" / name).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]
