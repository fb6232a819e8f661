"""The conversations and their drivers: a conversation yields requests, is sent replies and returns a report."""

from reportedly.pipeline.by_model import Asked, OnUnsure, report_by_model
from reportedly.pipeline.by_rules import report_by_rules
from reportedly.pipeline.drivers import Answer, Answering, adrive, answered, drive, keep_replies, timed
from reportedly.pipeline.estimating import Estimate, estimate_report
from reportedly.pipeline.interface import Conversation, Wanted
from reportedly.pipeline.review import Judging, read_source, review_by_model, review_by_rules

__all__ = [
    "Answer",
    "Answering",
    "Asked",
    "Conversation",
    "Estimate",
    "Judging",
    "OnUnsure",
    "Wanted",
    "adrive",
    "answered",
    "drive",
    "estimate_report",
    "keep_replies",
    "read_source",
    "report_by_model",
    "report_by_rules",
    "review_by_model",
    "review_by_rules",
    "timed",
]
