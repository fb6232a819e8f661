"""The conversations and their drivers: a conversation yields requests, is sent replies and returns a report."""

from reportedly.pipeline.by_model import Asked, OnUnsure, report_by_model
from reportedly.pipeline.by_rules import report_by_rules
from reportedly.pipeline.drivers import adrive, drive
from reportedly.pipeline.estimating import Estimate, estimate_report
from reportedly.pipeline.interface import Conversation, Wanted
from reportedly.pipeline.review import read_source, review_by_rules

__all__ = [
    "Asked",
    "Conversation",
    "Estimate",
    "OnUnsure",
    "Wanted",
    "adrive",
    "drive",
    "estimate_report",
    "read_source",
    "report_by_model",
    "report_by_rules",
    "review_by_rules",
]
