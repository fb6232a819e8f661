"""Leads conversations in this process."""

from __future__ import annotations

from reportedly.batch.configuration import Configuration
from reportedly.batch.interface import Ask, Finished, Job
from reportedly.errors import BudgetExceeded, ReportedlyError
from reportedly.llm.interface import ChatReply, ChatRequest
from reportedly.pipeline import adrive


class Halted(Exception):
    """Carries an error that ends the run past the conversation, which would take it for its article's own."""

    def __init__(self, error: ReportedlyError) -> None:
        super().__init__(str(error))
        self.error = error


class Asking:
    """What a conversation is driven with; over budget is the run's affair, not an article's."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    async def complete(self, request: ChatRequest) -> ChatReply:
        """The reply."""
        try:
            return await self._ask(request)
        except BudgetExceeded as error:
            raise Halted(error) from error


class InProcess:
    """One desk in this process, for a model whose replies take longer than the thinking about them."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    async def converse(self, job: Job, ask: Ask) -> Finished:
        """The finished record."""
        conversation = self._configuration.converse(job.loaded)
        try:
            return Finished.of(await adrive(conversation, Asking(ask)))
        except Halted as halted:
            raise halted.error from None

    async def aclose(self) -> None:
        """Nothing is held."""
