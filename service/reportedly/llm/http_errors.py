"""What an HTTP status and an error body mean, the same for every provider."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Mapping
from typing import Any, Final

from reportedly.errors import (
    AuthFailed,
    ContentFiltered,
    ContextTooLong,
    DeadlineExceeded,
    ModelError,
    ModelNotFound,
    ProviderFault,
    QuotaExhausted,
    RateLimited,
    RequestInvalid,
)

# Words as found in the providers' documentation and in public issue threads.
_DAILY: Final = re.compile(r"per[_ ]?day|daily (?:limit|quota)|\bRPD\b|\bTPD\b", re.IGNORECASE)
_PASSES: Final = re.compile(r"per[_ ]?minute|rate[_ ]limit reached|(?:try again|retry) in \d", re.IGNORECASE)
_QUOTA: Final = re.compile(
    r"insufficient[_ ]quota|billing|credit balance|out of credits|payment required|spend(?:ing)? limit|"
    r"exceeded your current quota|budget has been exceeded",
    re.IGNORECASE,
)
_FILTER: Final = re.compile(
    r"content[_ ]?(?:policy|filter|management)|safety (?:system|setting|filter)|prompt_?blocked|data_inspection_failed|"
    r"\bmoderation\b|guardrail|responsible ?ai",
    re.IGNORECASE,
)
_TOO_LONG: Final = re.compile(
    r"context[_ ](?:length|window)|maximum context|prompt is too long|input (?:is )?too (?:long|large)|"
    r"too many (?:input )?tokens|exceeds? the (?:maximum|limit).{0,40}tokens|request_too_large",
    re.IGNORECASE,
)
_BAD_KEY: Final = re.compile(
    r"api[_ ]?key (?:not valid|is invalid|expired)|invalid[_ ]api[_ ]key|incorrect api key|security token|"
    r"unrecognizedclient|invalidsignature|expiredtoken",
    re.IGNORECASE,
)
_NO_MODEL: Final = re.compile(
    r"model[_ ]not[_ ]found|model identifier is invalid|no such model|model .{0,120}(?:does not exist|not found)|"
    r"unknown model|invalid model",
    re.IGNORECASE,
)
_DURATION: Final = re.compile(r"^\s*(\d{1,9}(?:\.\d{1,9})?)\s*(ms|s|m|h|d)?\s*$")
LONGEST_READ: Final = 20_000
"""Code points of an error body that are read: a proxy may send a whole page."""
_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def error_for(
    status: int, raw: str, *, shown: str, subject: str, code: str = "", retry_after: float | None = None
) -> ModelError:
    """The error that a status, an error code or type, and a message amount to.

    `raw` is what the provider said and is read, never shown; `shown` is what `redaction.provider_message` left of it;
    `subject` names the model. Status 200 stands for a gateway that reports an error as a success.
    """
    kind = _class_for(status, f"{code} {raw[:LONGEST_READ]}")
    return kind(f"{subject}: HTTP {status}: {shown or code or 'no message'}", status=status, retry_after=retry_after)


def _class_for(status: int, words: str) -> type[ModelError]:
    if status == 429:
        return QuotaExhausted if _is_quota(words) else RateLimited
    if status == 402:
        return QuotaExhausted
    if status in {401, 403}:
        return _class_for_denial(words)
    if status == 404:
        return ModelNotFound
    if status in {408, 504}:
        return DeadlineExceeded
    if status in {409, 424, 425} or status >= 500:  # 424: Bedrock's model failed while it worked
        return ProviderFault
    if 400 <= status < 500:
        return _class_for_bad_request(status, words)
    return _class_for_success_with_error(words)


def _is_quota(words: str) -> bool:
    if _DAILY.search(words):
        return True
    return _QUOTA.search(words) is not None and _PASSES.search(words) is None


def _class_for_denial(words: str) -> type[ModelError]:
    if _FILTER.search(words):
        return ContentFiltered
    return QuotaExhausted if _is_quota(words) else AuthFailed


def _class_for_bad_request(status: int, words: str) -> type[ModelError]:
    for pattern, kind in (
        (_FILTER, ContentFiltered),
        (_TOO_LONG, ContextTooLong),
        (_BAD_KEY, AuthFailed),
        (_NO_MODEL, ModelNotFound),
        (_QUOTA, QuotaExhausted),
    ):
        if pattern.search(words):
            return kind
    return ContextTooLong if status == 413 else RequestInvalid


def _class_for_success_with_error(words: str) -> type[ModelError]:
    if _FILTER.search(words):
        return ContentFiltered
    return QuotaExhausted if _is_quota(words) else ProviderFault


def seconds_to_wait(headers: Mapping[str, Any]) -> float | None:
    """What `Retry-After` (seconds or a date) or its kin ask for, in seconds; None where they ask nothing."""
    milliseconds = _number(headers.get("retry-after-ms"), 0.001)
    if milliseconds is not None:
        return milliseconds
    stated = headers.get("retry-after")
    if stated is None:
        return None
    seconds = _number(stated, 1.0)
    if seconds is not None:
        return seconds
    date = email.utils.parsedate_tz(str(stated))
    return None if date is None else max(0.0, email.utils.mktime_tz(date) - time.time())


def _number(value: object, unit: float) -> float | None:
    match = _DURATION.match(str(value)) if value is not None else None
    if match is None:
        return None
    return float(match[1]) * (_UNITS[match[2]] if match[2] else unit)
