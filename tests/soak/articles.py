"""Short articles that never were, each with a number of its own in its first sentence."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Final

MARK: Final = re.compile(r"Betrieb Nr\. (\d+)")
_PLACES: Final = ("Hollenau", "Wiesmoorbach", "Dünenau", "Kaltenried", "Obergrund")
_PAPERS: Final = ("Kreisblatts", "Tagesboten", "Grenzkuriers")


def text_of(number: int, seed: int = 0) -> str:
    """Three to five sentences; the same for the same number and seed."""
    rng = random.Random(f"{seed}/{number}")
    people, jobs = rng.randint(40, 900), rng.randint(5, 39)
    place = rng.choice(_PLACES)
    sentences = [
        f"Der Betrieb Nr. {number} in {place} beschäftigt {people} Menschen.",
        f"Nach Informationen des {rng.choice(_PAPERS)} will der Eigentümer {jobs} Stellen streichen.",
        f"Der Umsatz sank im vergangenen Jahr um {rng.randint(2, 19)} Prozent.",
        "Die Gewerkschaft fordert ein Gespräch.",
        f"Der Bürgermeister von {place} äußerte sich zunächst nicht.",
    ]
    return " ".join(sentences[: rng.randint(3, 5)])


def write_articles(path: Path, count: int, seed: int = 0, first: int = 1) -> None:
    """JSON Lines of `count` articles with the ids `n1`, `n2`, …"""
    with path.open("w", encoding="utf-8") as out:
        for number in range(first, first + count):
            out.write(json.dumps({"id": f"n{number}", "text": text_of(number, seed)}, ensure_ascii=False) + "\n")
