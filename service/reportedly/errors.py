"""The one error tree. Each class says what to do (`hint`) and whether the same call may succeed later (`retryable`).

    ReportedlyError
    ├── SetupError                  the call or the installation is wrong: exit code 2
    │   ├── UsageError              an option or argument
    │   ├── ConfigError             a settings file or environment variable
    │   ├── MissingExtraError       an optional package is not installed
    │   └── PromptError             a file of prompts/
    ├── ArticleRejected             this input is not an article; others go on
    ├── ModelError                  a language model did not answer usefully
    │   ├── RateLimited             429; wait and go on
    │   ├── QuotaExhausted          no credit left: stops the run
    │   ├── AuthFailed              key wrong or missing: stops the run
    │   ├── ModelNotFound           no such model or address: stops the run
    │   ├── RequestInvalid          the provider rejects the request as formed: stops the run
    │   ├── ContentFiltered         the provider refuses this article
    │   ├── ContextTooLong          the request is larger than the model's window
    │   ├── ProviderFault           5xx, overload, an error body under 200
    │   ├── DeadlineExceeded        no answer in time
    │   ├── ConnectionFault         DNS, TLS, reset, cut
    │   ├── Outage                  nothing gets through any more: stops the run
    │   └── MalformedReply          an answer that is no chat reply
    ├── BudgetExceeded              --max-cost or --max-tokens reached
    └── StorageError                a journal, cache or output file
        └── Locked                  another run owns it

Findings about a text are values (`reportedly.schema.Finding`), never exceptions.
"""

from __future__ import annotations

from typing import ClassVar


class ReportedlyError(Exception):
    """Anything that this package raises on purpose."""

    hint: ClassVar[str] = ""
    retryable: ClassVar[bool] = False
    stops_run: ClassVar[bool] = False

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = self.hint if hint is None else hint

    def __str__(self) -> str:
        return self.message


class SetupError(ReportedlyError):
    """The call or the installation is wrong; nothing was processed."""

    stops_run = True


class UsageError(SetupError):
    """An option or argument can't be used as given."""

    hint = "see 'reportedly --help'"


class ConfigError(SetupError):
    """A settings file or an environment variable can't be used."""

    hint = "see the section Settings in the README"


class MissingExtraError(SetupError):
    """An optional package is needed and not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra {extra!r}", hint=f"pip install 'reportedly[{extra}]'")
        self.extra = extra


class PromptError(SetupError):
    """A file of prompts/ is missing or does not fit its description."""

    hint = "compare the folder with the released version of the same name"


class ArticleRejected(ReportedlyError):
    """An input that can't be read as an article. `reason` is a stable snake_case word, for example `empty_article`."""

    def __init__(self, reason: str, message: str, *, hint: str | None = None, where: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason
        self.where = where


class ModelError(ReportedlyError):
    """A language model did not answer usefully. `status` is the HTTP status where there was one."""

    may_be_billed = False
    """Whether the provider may charge for it all the same (cut off, out of time, unreadable)."""

    def __init__(
        self, message: str, *, hint: str | None = None, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.retry_after = retry_after
        """Seconds that the provider asked us to wait, or None."""
        self.attempts = 1
        """HTTP requests made before giving up; 0 where none was sent."""


class RateLimited(ModelError):
    hint = "lower --concurrency or wait"
    retryable = True


class QuotaExhausted(ModelError):
    hint = "add credit or wait for the quota to renew, then run the same command again"
    stops_run = True


class AuthFailed(ModelError):
    hint = "check the provider's key variable; 'reportedly models' lists it"
    stops_run = True


class ModelNotFound(ModelError):
    hint = "check the model's name and --base-url; 'reportedly models --probe' tries them"
    stops_run = True


class RequestInvalid(ModelError):
    hint = "the provider does not take this request; try another --structured mode"
    stops_run = True


class ContentFiltered(ModelError):
    hint = "the provider refuses this text; use another model for it"


class ContextTooLong(ModelError):
    hint = "use a model with a larger window or a smaller --window"


class ProviderFault(ModelError):
    hint = "the provider has a fault; try again later"
    retryable = True


class DeadlineExceeded(ModelError):
    hint = "raise --timeout or try again later"
    retryable = True
    may_be_billed = True


class ConnectionFault(ModelError):
    hint = "check the network, the proxy and --base-url"
    retryable = True


class Outage(ModelError):
    hint = "the provider, or the way to it, is down; run the same command again later"
    stops_run = True


class MalformedReply(ModelError):
    hint = "what answers at this address may not be a chat model"
    retryable = True
    may_be_billed = True


class BudgetExceeded(ReportedlyError):
    """The run's own limit is reached; what is done stays."""

    hint = "raise --max-cost or --max-tokens and run the same command again"
    stops_run = True


class StorageError(ReportedlyError):
    """A journal, cache or output file can't be read or written."""

    hint = "check space and permissions of the folder"
    stops_run = True


class Locked(StorageError):
    """Another run owns the file."""

    hint = "wait for the other run, or remove the lock if that process is gone"
