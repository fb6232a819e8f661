"""The types that every stage speaks: frozen, closed, each field documented on the line below it."""

from reportedly.schema.article import Article, Language, Sentence, SentenceKind
from reportedly.schema.claim import Claim
from reportedly.schema.evidence import (
    UNSURE,
    Attribution,
    Cue,
    Firmness,
    SourceKind,
    Status,
    contradiction,
    derive_status,
    least_sure,
)
from reportedly.schema.finding import RULES, Finding, Opinion, Rule, Selection, Severity
from reportedly.schema.report import (
    SCHEMA_VERSION,
    Failure,
    Origin,
    Outcome,
    Provenance,
    Report,
    Summary,
    SummaryPart,
    SummarySentence,
    Usage,
    outcome_of,
)
from reportedly.schema.review import Review
from reportedly.schema.span import Record, Span

__all__ = [
    "RULES",
    "SCHEMA_VERSION",
    "UNSURE",
    "Article",
    "Attribution",
    "Claim",
    "Cue",
    "Failure",
    "Finding",
    "Firmness",
    "Language",
    "Opinion",
    "Origin",
    "Outcome",
    "Provenance",
    "Record",
    "Report",
    "Review",
    "Rule",
    "Selection",
    "Sentence",
    "SentenceKind",
    "Severity",
    "SourceKind",
    "Span",
    "Status",
    "Summary",
    "SummaryPart",
    "SummarySentence",
    "Usage",
    "contradiction",
    "derive_status",
    "least_sure",
    "outcome_of",
]
