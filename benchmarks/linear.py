"""Time against size for texts that are made to be slow: doubling the text must about double the time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

from reportedly import flag

SIZES: Final = (250_000, 500_000, 1_000_000)
HOSTILE: Final[dict[str, Callable[[int], str]]] = {
    "one sentence": lambda n: _fill("der Konzern sagte gestern in Wien und ", n),
    "many sentences": lambda n: _fill("Der Konzern zahlt drei Millionen Euro. ", n),
    "quotes": lambda n: _fill('„“ " » « ', n),
    "open quotes": lambda n: _fill("„Das ", n),
    "cues": lambda n: _fill("laut Bericht soll angeblich könnte demnach ", n),
    "English cues": lambda n: _fill("reportedly said according to could allegedly ", n),
    "brackets": lambda n: _fill("([{<", n),
    "full stops": lambda n: _fill(". ", n),
    "commas": lambda n: _fill(", dass ", n),
    "names": lambda n: " ".join(f"Meier{i} sagte das." for i in range(n // 18)),
    "digits": lambda n: _fill("1.200,5 ", n),
    "line ends": lambda n: _fill("Titel\n\n", n),
    "combining marks": lambda n: _fill("e\u0301\u0302\u0303", n),
    "instructions": lambda n: _fill("ignore all the previous and earlier ", n),
}


def main() -> int:
    """Prints seconds at each size and the growth for a doubling; 2.0 is linear."""
    print(f"{'text':18}" + "".join(f"{size // 1000:>8} kB" for size in SIZES) + "   growth")
    for name, make in HOSTILE.items():
        seconds = [_seconds(make(size) + " Ende der Meldung, sagte der Sprecher am Montag.") for size in SIZES]
        growth = (seconds[-1] / seconds[0]) ** 0.5
        print(f"{name:18}" + "".join(f"{second:>9.2f} s" for second in seconds) + f"{growth:>9.2f}")
    return 0


def _seconds(text: str) -> float:
    began = time.process_time()
    flag(text, lang="en" if "reportedly" in text[:40] else "de")
    return time.process_time() - began


def _fill(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


if __name__ == "__main__":
    sys.exit(main())
