"""Walk a person through labelling an article; the engine's reading is shown only when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from reportedly.evaluation.gold import Block
from reportedly.evaluation.markup import CLAUSE, ELLIPSIS, TAIL
from reportedly.schema import Article, Claim, Firmness, Sentence, SentenceKind, SourceKind, contradiction, derive_status

HELP: Final = """\
kind      a article, p party, m media, u unnamed       (nothing: a)
firmness  1 asserted 2 possible 3 conditional 4 planned 5 denied 6 confirmed 7 evaluated   (nothing: 1)
           so 'm' is a report of an outlet, 'p5' a denial, '2' the writer's own could
n no claim   ^ the source carries over   f heading surer than the body (with kind: fm)   k a summary tells it
? show the engine's reading   b back   q leave and keep what is done
"""
CONTEXT: Final = 2
"""Sentences before that are shown again: what a pronoun or Konjunktiv may go back to."""
_KINDS: Final = {"a": SourceKind.ARTICLE, "p": SourceKind.PARTY, "m": SourceKind.MEDIA, "u": SourceKind.UNNAMED}
_FIRMNESSES: Final = dict(zip("1234567", Firmness, strict=True))
_BLOCKS: Final = {
    SentenceKind.HEADING: Block.HEADLINE,
    SentenceKind.TEASER: Block.TEASER,
    SentenceKind.CAPTION: Block.CAPTION,
    SentenceKind.CREDIT: Block.CREDIT,
}
_BREAK: Final = re.compile("|".join(map(re.escape, ("\n", "\r", CLAUSE, TAIL, ELLIPSIS))))
_SIGNS: Final = {Block.HEADLINE: "# ", Block.TEASER: "> ", Block.CAPTION: "! ", Block.CREDIT: "~ "}


class Desk(Protocol):
    """Where the person sits."""

    def show(self, text: str) -> None:
        """Show a line or more."""

    def ask(self, question: str) -> str:
        """Ask for a line; an empty string at the end of input."""


@dataclass(slots=True)
class Label:
    """What the person said of a sentence, as it stands behind ` || `."""

    tail: str
    shown: bool = False
    """Whether the engine's reading was looked at before."""


class Leave(Exception):
    """The person has had enough; what is done is kept."""


def label_article(
    article: Article, sentences: Sequence[Sentence], claims: Callable[[], Sequence[Claim]], desk: Desk
) -> dict[int, Label]:
    """Ask for the reading of every sentence, by number. `claims` is called only when the engine is asked."""
    done: dict[int, Label] = {}
    desk.show(HELP)
    position = 0
    while position < len(sentences):
        sentence = sentences[position]
        for before in sentences[max(0, position - CONTEXT) : position]:
            desk.show(f"    {before.span.of(article.text)}")
        desk.show(f"{sentence.id:>3} {sentence.span.of(article.text)}")
        try:
            label = _label(sentence, article.text, claims, desk)
        except Leave:
            break
        if label is None:
            position = max(0, position - 1)
            done.pop(sentences[position].id, None)
        else:
            done[sentence.id] = label
            position += 1
    return done


def _label(sentence: Sentence, text: str, claims: Callable[[], Sequence[Claim]], desk: Desk) -> Label | None:
    """The label of one sentence; None for going back. Raises Leave."""
    shown = False
    while True:
        said = desk.ask("how? ").strip()
        if said == "q":
            raise Leave
        if said == "b":
            return None
        if said == "?":
            shown = True
            desk.show(_reading(sentence, claims()))
            continue
        try:
            tail = read_keys(said)
        except ValueError as error:
            desk.show(f"{error}\n{HELP}")
            continue
        if tail not in {"", "none"} and "^" not in tail:
            words = sentence.span.of(text)
            sourced = {kind.value for kind in SourceKind if kind is not SourceKind.ARTICLE} & set(tail.split())
            for what in ("source", "cue") if sourced else ("cue",):
                tail += _words(what, words, desk)
        return Label(tail.strip(), shown)


def read_keys(said: str) -> str:
    """`m2k` is `media possible key`. Raises ValueError where the keys say nothing, or contradict each other."""
    if said == "n":
        return "none"
    kind, firmness, words, carries = None, None, [], False
    for key in said:
        if key in _KINDS and kind is None:
            kind = _KINDS[key]
        elif key in _FIRMNESSES and firmness is None:
            firmness = _FIRMNESSES[key]
        elif key == "^":
            carries = True
        elif key in "fk":
            words.append({"f": "flat", "k": "key"}[key])
        else:
            raise ValueError(f"{said!r} can't be read at {key!r}")
    if not carries:
        if why := contradiction(kind or SourceKind.ARTICLE, firmness or Firmness.ASSERTED):
            raise ValueError(why)
        derive_status(kind or SourceKind.ARTICLE, firmness or Firmness.ASSERTED)
    parts = ["^"] if carries else []
    parts += [kind.value] if kind and kind is not SourceKind.ARTICLE else []
    parts += [firmness.value] if firmness and firmness is not Firmness.ASSERTED else []
    return " ".join([*parts, *words])


def _words(what: str, sentence: str, desk: Desk) -> str:
    """` source="…"`, where the words that are given stand in the sentence; nothing for nothing."""
    while True:
        given = desk.ask(f"{what} (the words, or nothing) ").strip()
        if not given:
            return ""
        if given in sentence and '"' not in given:
            return f' {what}="{given}"'
        desk.show(f"not in this sentence: {given}")


def _reading(sentence: Sentence, claims: Sequence[Claim]) -> str:
    own = [claim for claim in claims if claim.span.overlaps(sentence.span)]
    if not own:
        return "    the engine reads no claim here"
    return "\n".join(
        f"    the engine reads {claim.status} ({claim.attribution.kind} {claim.firmness})"
        + (f", source {claim.attribution.name}" if claim.attribution.name else "")
        + (f", cue {claim.cue.text}" if claim.cue else "")
        for claim in own
    )


def to_gold(article: Article, sentences: Sequence[Sentence], labels: dict[int, Label], topic: str, file: str) -> str:
    """The authored case; the text stays in its own file, to which `file` leads from the suite's folder."""
    lines = ["---", f"id: {article.id}", f"language: {article.language}", f"topic: {topic}", f"file: {file}", "---"]
    paragraph = 0
    for sentence in sentences:
        if sentence.id not in labels:
            continue
        if sentence.paragraph != paragraph and len(lines) > 6:
            lines.append("")
        paragraph = sentence.paragraph
        label, block = labels[sentence.id], _BLOCKS.get(sentence.kind, Block.PROSE)
        # A heading, teaser or caption always says what it is, also where that is the writer's own voice.
        tail = label.tail or ("article" if block is not Block.PROSE else "")
        said = f"{TAIL}{tail}" if tail else ""
        lines.append(_SIGNS.get(block, "") + _one_line(sentence.span.of(article.text)) + said)
    return "\n".join(lines) + "\n"


def _one_line(words: str) -> str:
    """The sentence, or its ends where a line break or a sign of the grammar stands within."""
    pieces = [piece for piece in _BREAK.split(words) if piece.strip()]
    if len(pieces) > 1:
        return f"{_escape(pieces[0].strip())}{ELLIPSIS}{_escape(pieces[-1].strip())}"
    return _escape(words)


def _escape(words: str) -> str:
    escaped = "".join(f"\\{sign}" if sign in "\\[]{}" else sign for sign in words)
    return f"\\{escaped}" if escaped[:1] in "#>!~%=" else escaped
