"""A model's judgement of every aligned clause, in one request; the rules' own findings stay beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from reportedly.llm.interface import ChatRequest, ReplySchema, Structured, Turn
from reportedly.prompting import Prompt, ReplyFault, fill, nonce_for, numbered, read_as
from reportedly.prompting.render import inert
from reportedly.schema import Finding, Opinion, Severity
from reportedly.stages.check.interface import Material

_SUPPORTS: Final = ("supported", "contradicted", "not_in_source")
_CERTAINTIES: Final = ("kept", "raised", "lowered")
_FINDS: Final = {
    "contradicted": ("F205", "the model finds this contradicted by the source"),
    "not_in_source": ("F205", "the model does not find this in the source"),
    "raised": ("C101", "the model finds this surer than the source"),
    "lowered": ("C105", "the model finds this less sure than the source"),
}
"""What a judgement says as a finding: a code of ours, and whose view it is."""
_TOKENS_A_CLAUSE: Final = 45
"""Reply tokens of one judged clause, keys included."""
_TOKENS_BASE: Final = 2_000
"""Reply tokens for a model that reasons first."""


class JudgedClause(BaseModel):
    """One clause as the model judges it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    clause: int
    support: str
    certainty: str
    sentence: int | None

    @property
    def faults(self) -> tuple[str, ...]:
        """The words that speak against the clause."""
        return tuple(word for word in (self.support, self.certainty) if word in _FINDS)


class Judgement(BaseModel):
    """The reply: every clause once."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    clauses: tuple[JudgedClause, ...]


_CLAUSE: Final[dict[str, Any]] = {
    "clause": {"type": "integer"},
    "support": {"type": "string", "enum": list(_SUPPORTS)},
    "certainty": {"type": "string", "enum": list(_CERTAINTIES)},
    "sentence": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
}
JUDGEMENT_SCHEMA: Final[dict[str, Any]] = {
    "title": "clause_judgements",
    "description": "Support and certainty of every clause.",
    "type": "object",
    "properties": {
        "clauses": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": _CLAUSE,
                "required": list(_CLAUSE),
                "additionalProperties": False,
            },
        }
    },
    "required": ["clauses"],
    "additionalProperties": False,
}
"""In the same strict subset as the schema of the summary's reply."""


def ask_judgement(material: Material, prompt: Prompt, structured: Structured | None = None) -> ChatRequest:
    """One request for all clauses of a summary; the article is shown whole, as numbered sentences."""
    article = material.source.article
    clauses = [
        f"({number}) {inert(alignment.part.span.of(material.summary))} {_seems_to_rest(material, alignment.sources)}"
        for number, alignment in enumerate(material.alignments, 1)
    ]
    values = {
        "nonce": nonce_for(article.text + material.summary),
        "title": f"Title: {inert(article.title)}\n" if article.title else "",
        "published": f"Published: {article.published.date().isoformat()}\n" if article.published else "",
        "sentences": numbered((s.id, s.span.of(article.text)) for s in material.source.sentences),
        "clauses": "\n".join(clauses),
    }
    return ChatRequest(
        system=prompt.system.rstrip(),
        turns=(Turn(role="user", text=fill(prompt, values)),),
        reply_schema=ReplySchema(name=str(JUDGEMENT_SCHEMA["title"]), body=JUDGEMENT_SCHEMA),
        structured=structured,
        max_output_tokens=_TOKENS_BASE + _TOKENS_A_CLAUSE * len(clauses),
        temperature=0.0,
    )


def _seems_to_rest(material: Material, sources: Sequence[int]) -> str:
    numbers = ", ".join(str(material.source.sentences[index].id) for index in sources)
    return f"<- {numbers}" if numbers else "<- nothing found"


def read_judgement(text: str, material: Material) -> Judgement:
    """The reply. Raises ReplyFault where a clause is missing, doubled or unknown, or a word is not of the schema."""
    judgement = read_as(text, Judgement)
    due = list(range(1, len(material.alignments) + 1))
    if sorted(judged.clause for judged in judgement.clauses) != due:
        raise ReplyFault(f"every clause from 1 to {len(due)} is to be judged exactly once")
    known = {sentence.id for sentence in material.source.sentences}
    for judged in judgement.clauses:
        if judged.support not in _SUPPORTS or judged.certainty not in _CERTAINTIES:
            raise ReplyFault(f"clause {judged.clause}: support or certainty is not one of the words given")
        if judged.sentence is not None and judged.sentence not in known:
            raise ReplyFault(f"clause {judged.clause}: there is no sentence {judged.sentence}")
    return judgement


def weigh(material: Material, findings: Sequence[Finding], judgement: Judgement) -> tuple[Finding, ...]:
    """The rules' findings, each confirmed or disputed, and as warnings what only the model finds."""
    by_clause = {judged.clause: judged for judged in judgement.clauses}
    weighed: list[Finding] = []
    found_in: set[int] = set()
    for finding in findings:
        clause = _clause_of(material, finding)
        if clause is None or finding.code[0] not in "CF":
            weighed.append(finding)
            continue
        found_in.add(clause)
        opinion = Opinion.CONFIRMED if by_clause[clause].faults else Opinion.DISPUTED
        weighed.append(finding.model_copy(update={"opinion": opinion}))
    alone = [judged for clause, judged in by_clause.items() if clause not in found_in and judged.faults]
    return (*weighed, *(_of_model(material, judged) for judged in alone))


def _clause_of(material: Material, finding: Finding) -> int | None:
    if finding.summary is None:
        return None
    spans = [alignment.part.span for alignment in material.alignments]
    return next((number for number, span in enumerate(spans, 1) if span.overlaps(finding.summary)), None)


def _of_model(material: Material, judged: JudgedClause) -> Finding:
    code, message = _FINDS[judged.faults[0]]
    return Finding.of(
        code,
        message,
        hint="the rules found nothing here: read both",
        summary=material.alignments[judged.clause - 1].part.span,
        source=tuple(s.span for s in material.source.sentences if s.id == judged.sentence),
        severity=Severity.WARNING,
    )
