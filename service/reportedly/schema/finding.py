"""What a check has to say, with a code like a linter's."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from pydantic import field_validator

from reportedly.schema.span import Record, Span


class Severity(StrEnum):
    """How much it matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(NamedTuple):
    """A finding code and its meaning."""

    code: str
    title: str
    severity: Severity


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: Final = {
    rule.code: rule
    for rule in (
        Rule("C101", "certainty inflated", _E),
        Rule("C102", "attribution dropped", _E),
        Rule("C103", "attribution changed", _E),
        Rule("C104", "denial dropped", _E),
        Rule("C105", "certainty deflated", _W),
        Rule("C106", "heading surer than the body", _W),
        Rule("C107", "model and rules read a cue differently", _W),
        Rule("F201", "number differs", _E),
        Rule("F202", "date differs", _E),
        Rule("F203", "name not in the source", _E),
        Rule("F204", "polarity differs", _E),
        Rule("F205", "content not in the source", _W),
        Rule("G301", "no such sentence", _E),
        Rule("G302", "cue not found in its sentence", _W),
        Rule("G303", "source not found in its sentence", _W),
        Rule("X401", "instructions to a model in the text", _W),
        Rule("X402", "hidden characters", _W),
        Rule("X403", "boilerplate instead of an article", _W),
        Rule("X404", "text damaged on the way in", _W),
        Rule("X405", "text in another language than told", _W),
        Rule("P501", "model refused", _E),
        Rule("P502", "reply truncated", _E),
        Rule("P503", "reply filtered by the provider", _E),
        Rule("P504", "reply does not fit the schema", _E),
        Rule("P505", "budget reached", _E),
        Rule("P506", "summary sentence replaced by an extractive one", _N),
        Rule("P507", "claim removed by a repair", _W),
        Rule("P508", "model gave no reply", _E),
        Rule("P509", "sentences read by the rules alone", _N),
        Rule("P510", "no grammar for the language", _E),
        Rule("P511", "summary in another language than its article", _W),
    )
}
"""Every code there is, in order."""


class Selection(Record):
    """Which codes are wanted; the longest prefix that fits a code decides, `ignore` at a tie."""

    select: tuple[str, ...] = ()
    """Codes or prefixes („C“, "F201"); all where it is empty."""
    ignore: tuple[str, ...] = ()
    """Codes or prefixes to leave out."""

    @field_validator("select", "ignore")
    @classmethod
    def _known(cls, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        for prefix in prefixes:
            if not prefix or not any(code.startswith(prefix) for code in RULES):
                raise ValueError(f"no finding code begins with {prefix!r}")
        return prefixes

    def keeps(self, code: str) -> bool:
        """Whether findings with this code are wanted."""
        wanted = max((len(prefix) for prefix in self.select if code.startswith(prefix)), default=0)
        unwanted = max((len(prefix) for prefix in self.ignore if code.startswith(prefix)), default=0)
        return (wanted > 0 or not self.select) and (unwanted == 0 or wanted > unwanted)


class Opinion(StrEnum):
    """What a model that was asked says of a finding of the rules."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class Finding(Record):
    """One thing that an editor should look at."""

    code: str
    """Stable code, see `reportedly rule CODE`."""
    severity: Severity
    """error, warning or note."""
    message: str
    """What is wrong, in one sentence."""
    hint: str = ""
    """What to do about it."""
    summary: Span | None = None
    """Where in the summary, if it concerns one."""
    source: tuple[Span, ...] = ()
    """Where in the article."""
    opinion: Opinion | None = None
    """What a model says of it; None where none was asked."""

    def touches(self, span: Span) -> bool:
        """Whether it points at any character of that part of the article."""
        return any(place.overlaps(span) for place in self.source)

    @classmethod
    def of(
        cls,
        code: str,
        message: str,
        *,
        hint: str = "",
        summary: Span | None = None,
        source: tuple[Span, ...] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """A finding with the severity of its code, unless another is given. Raises KeyError for an unknown code."""
        return cls(
            code=code,
            severity=severity or RULES[code].severity,
            message=message,
            hint=hint,
            summary=summary,
            source=source,
        )
