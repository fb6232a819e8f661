"""A provider's Batch API: half the price, a day's patience, and no request lost or bought twice in between."""

from reportedly.batch.executors.openai_batch.budget import BatchBudget
from reportedly.batch.executors.openai_batch.executor import OpenAIBatch, Provider

__all__ = ["BatchBudget", "OpenAIBatch", "Provider"]
