"""`make bench`: every benchmark in turn; each prints ratios against a baseline measured in the same run.

`python -m benchmarks speed` runs one of them. What needs the labelled data beside the checkout says so and skips.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

BENCHMARKS: Final = {
    "speed": "articles a second of flag, against TextRank; memory; cold start",
    "linear": "time against size, for texts that are made to be slow",
    "status": "rumour status against labelled articles",
    "pairs": "checks against labelled pairs",
    "tampering": "true sentences in other typography, and with one fact changed",
    "tampered_replies": "replies of a model with one thing changed",
    "inflating": "a model that inflates everything, and one that answers well",
    "stripping": "sentences whose cue was taken away",
    "asking": "tokens of one request an article, against asking claim by claim",
    "seam": "requests a second through the seam to a model",
    "batch": "batches: speed with one and two processes, memory, resuming, the way to a slow model",
    "replay": "recorded articles replayed and scored",
}


def main() -> int:
    """Runs the named benchmarks, or all, each in a process of its own."""
    chosen = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in chosen if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    worst = 0
    for name in chosen:
        print(f"\n## {name}: {BENCHMARKS[name]}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
