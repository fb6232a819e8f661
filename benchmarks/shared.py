"""Where the labelled data lies that is measured against and never ships."""

from __future__ import annotations

import os
from pathlib import Path


def shared_data() -> Path | None:
    """The folder `shared` beside the repository, or the one of REPORTEDLY_SHARED; None where there is none."""
    folder = Path(os.environ.get("REPORTEDLY_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")
    return folder if (folder / "data").is_dir() else None
