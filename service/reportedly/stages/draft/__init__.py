"""From an article to claims and a summary, before anything is checked: by rules, or by a model."""

from reportedly.stages.draft.by_model import Style, ask, ask_again, ask_merge, read_merge, read_reply
from reportedly.stages.draft.by_rules import Extracts, claims_of
from reportedly.stages.draft.headings import surer_headings
from reportedly.stages.draft.reply import MergeReply, Reply, reply_schema_digest

__all__ = [
    "Extracts",
    "MergeReply",
    "Reply",
    "Style",
    "ask",
    "ask_again",
    "ask_merge",
    "claims_of",
    "read_merge",
    "read_reply",
    "reply_schema_digest",
    "surer_headings",
]
