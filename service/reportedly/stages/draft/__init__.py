"""From an article to claims and a summary, before anything is checked: by rules, or by a model."""

from reportedly.stages.draft.by_model import ReplyFault, Style, ask, ask_again, ask_merge, read_merge, read_reply
from reportedly.stages.draft.by_rules import Extracts, claims_of, draft_by_rules
from reportedly.stages.draft.interface import Draft
from reportedly.stages.draft.reply import MergeReply, Reply, reply_schema_digest

__all__ = [
    "Draft",
    "Extracts",
    "MergeReply",
    "Reply",
    "ReplyFault",
    "Style",
    "ask",
    "ask_again",
    "ask_merge",
    "claims_of",
    "draft_by_rules",
    "read_merge",
    "read_reply",
    "reply_schema_digest",
]
