"""How fast `flag` reads news on one core, against sumy's TextRank over the same texts in the same run."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.shared import rows_of
from reportedly import flag, summarise
from reportedly.language.segment import segment
from reportedly.schema import Language

ROOT = Path(__file__).parents[1]
_WORD = re.compile(r"\w+")


class _Cutter:
    """Our sentences for TextRank, so that both rank the same units; it is not charged for segmentation."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._kept: dict[str, list[str]] = {}

    def to_sentences(self, text: str) -> list[str]:
        """Sentences of a text, cut before the clock runs."""
        if text not in self._kept:
            self._kept[text] = [s.span.of(text) for s in segment(text, self._language)]
        return self._kept[text]

    def to_words(self, text: str) -> list[str]:
        """Words in lower case."""
        return _WORD.findall(text.lower())


def main() -> int:
    """Prints articles a second of CPU time, the ratio, memory and cold start."""
    for name, language in (("de_news_300", Language.GERMAN), ("en_news_200", Language.ENGLISH)):
        texts = [row["text"] for row in rows_of(f"articles/{name}.jsonl")] or _own_texts(language)
        flag(texts[0], lang=language.value)
        ours = _rate(texts, partial(flag, lang=language.value))
        summed = _rate(texts, partial(summarise, lang=language.value))
        rank = _rate(texts, _text_rank(texts, language))
        print(
            f"{name}: flag {ours:,.0f} articles/s, summarise {summed:,.0f}/s, TextRank {rank:,.0f}/s"
            f" (flag {ours / rank:.2f} x TextRank)"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:,.0f} MB")
    for command in (["-c", "import reportedly"], ["-m", "reportedly", "flag", "--format", "jsonl", "seeds"]):
        seconds = sorted(_cold(command) for _ in range(7))
        print(f"cold start of python {' '.join(command)}: median {seconds[3]:.2f} s, best {seconds[0]:.2f} s")
    return 0


def _rate(texts: Sequence[str], work: Callable[[str], object]) -> float:
    """Texts a second of CPU time, which other load on the machine disturbs less than the clock."""
    began = time.process_time()
    for text in texts:
        work(text)
    return len(texts) / (time.process_time() - began)


def _text_rank(texts: Sequence[str], language: Language) -> Callable[[str], object]:
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.text_rank import TextRankSummarizer

    cutter, ranker = _Cutter(language), TextRankSummarizer()
    for text in texts:
        cutter.to_sentences(text)
    return lambda text: ranker(PlaintextParser.from_string(text, cutter).document, 3)


def _cold(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], check=False, stdout=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - began


def _own_texts(language: Language) -> list[str]:
    """The articles of our own suites, several times, where no others are at hand."""
    folder = ROOT / "evals" / "suites" / f"rumour-{language.value}" / "cases"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.gold"))]
    return texts * max(1, 300 // len(texts))


if __name__ == "__main__":
    sys.exit(main())
