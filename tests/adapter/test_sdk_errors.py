"""Every exception class that the SDKs define comes to one of our errors, and to the right one."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import httpx2
import pytest

from reportedly import errors
from reportedly.llm import ChatRequest, Turn
from reportedly.llm.sdk_errors import BY_NAME, kind_by_name, understand

# Never raised by a call that we make: set-up of other features, of webhooks, of tools run by the SDK.
NOT_OURS = {
    "openai.InvalidWebhookSignatureError",
    "google.UnknownFunctionCallArgumentError",
    "google.UnsupportedFunctionError",
    "google.FunctionInvocationError",
    "google.ContinuationInterruptedError",
    "botocore.UndefinedModelAttributeError",
    "botocore.MissingServiceIdError",
    "botocore.StubResponseError",
    "langchain_core.TracerException",
}
MODULES = (
    "openai._exceptions",
    "anthropic._exceptions",
    "google.genai.errors",
    "botocore.exceptions",
    "botocore.parsers",
    "ollama._types",
    "langchain_core.exceptions",
    "langchain_anthropic.chat_models",
    "langchain_google_genai.chat_models",
    "langchain_aws.chat_models.bedrock_converse",
    "httpx",
    "httpx2",
)


def _name(kind: type[BaseException]) -> str:
    return f"{kind.__module__.partition('.')[0]}.{kind.__name__}"


def exception_classes() -> list[type[BaseException]]:
    found: dict[str, type[BaseException]] = {}
    for module in MODULES:
        for _, kind in inspect.getmembers(importlib.import_module(module), inspect.isclass):
            if (
                issubclass(kind, Exception)
                and not issubclass(kind, Warning)
                and kind.__module__.partition(".")[0] == module.partition(".")[0]
            ):
                found[_name(kind)] = kind
    return [found[name] for name in sorted(found)]


@pytest.mark.parametrize("kind", [k for k in exception_classes() if _name(k) not in NOT_OURS], ids=_name)
def test_every_class_is_in_the_table(kind: type[BaseException]) -> None:
    assert kind_by_name(kind.__new__(kind)) is not None


def test_the_walk_finds_what_it_should() -> None:
    names = {_name(kind) for kind in exception_classes()}
    assert len(names) > 150
    assert {"openai.RateLimitError", "botocore.ClientError", "google.ServerError", "ollama.ResponseError"} <= names
    assert names >= NOT_OURS - {"botocore.UndefinedModelAttributeError"}


def test_the_table_names_no_class_that_is_gone() -> None:
    packages = {module.partition(".")[0] for module in MODULES}
    names = {_name(kind) for kind in exception_classes()}
    listed = {name for name in BY_NAME if name.partition(".")[0] in packages}
    # google.auth's come from another distribution, and the last is a base class that the walk leaves out
    gone = listed - names - {"google.DefaultCredentialsError", "google.RefreshError", "google.GoogleAuthError"}
    assert gone == set()


def _client_error(status: int, code: str, message: str) -> Any:
    from botocore.exceptions import ClientError

    metadata = {"HTTPStatusCode": status, "HTTPHeaders": {"retry-after": "3"}}
    return ClientError({"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}, "Converse")


@pytest.mark.parametrize(
    ("status", "code", "message", "expected"),
    [
        (429, "ThrottlingException", "Too many requests, please wait", errors.RateLimited),
        (
            429,
            "ThrottlingException",
            "Too many tokens per day, please wait before trying again.",
            errors.QuotaExhausted,
        ),
        (
            403,
            "AccessDeniedException",
            "You don't have access to the model with the specified model ID.",
            errors.AuthFailed,
        ),
        (
            403,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            errors.AuthFailed,
        ),
        (404, "ResourceNotFoundException", "Model use case details have not been submitted.", errors.ModelNotFound),
        (400, "ValidationException", "The provided model identifier is invalid.", errors.ModelNotFound),
        (400, "ValidationException", "Input is too long for requested model.", errors.ContextTooLong),
        (400, "ValidationException", "Malformed input request: #: extraneous key", errors.RequestInvalid),
        (408, "ModelTimeoutException", "Model has timed out in processing the request.", errors.DeadlineExceeded),
        (
            424,
            "ModelErrorException",
            "The request failed due to an error while processing the model.",
            errors.ProviderFault,
        ),
        (503, "ServiceUnavailableException", "Bedrock is unable to process your request.", errors.ProviderFault),
    ],
)
def test_bedrocks_codes(status: int, code: str, message: str, expected: type[errors.ModelError]) -> None:
    error = understand(_client_error(status, code, message), "bedrock_converse:m").error
    assert type(error) is expected
    assert error.status == status
    assert error.retry_after == 3.0
    assert message[:20] in str(error)


def test_googles_wait_stands_in_the_body_and_the_cause() -> None:
    from google.genai.errors import ClientError
    from langchain_google_genai.chat_models import GoogleRateLimitError

    details = {
        "error": {
            "code": 429,
            "status": "RESOURCE_EXHAUSTED",
            "message": "You exceeded your current quota, please check your plan and billing details. "
            "Quota exceeded for metric: generate_content_free_tier_requests, limit: 15. Please retry in 36.2s.",
            "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "36s"}],
        }
    }
    try:
        try:
            raise ClientError(429, details)
        except ClientError as cause:
            raise GoogleRateLimitError("Error calling model") from cause
    except GoogleRateLimitError as failure:
        error = understand(failure, "google_genai:m").error
    assert type(error) is errors.RateLimited
    assert error.retry_after == 36.0


def test_googles_daily_quota_is_no_pause() -> None:
    from google.genai.errors import ClientError

    details = {"error": {"code": 429, "message": "Quota exceeded: GenerateRequestsPerDayPerProjectPerModel-FreeTier"}}
    assert type(understand(ClientError(429, details), "g:m").error) is errors.QuotaExhausted


def test_anthropics_empty_account_comes_as_400() -> None:
    import anthropic
    import httpx2 as transport

    body = {"type": "error", "error": {"type": "invalid_request_error", "message": "Your credit balance is too low"}}
    answer = transport.Response(400, request=transport.Request("POST", "https://api.anthropic.com"), json=body)
    failure = anthropic.BadRequestError("bad", response=answer, body=body)
    assert type(understand(failure, "anthropic:m").error) is errors.QuotaExhausted


@pytest.mark.parametrize(
    ("failure", "expected", "billed"),
    [
        (httpx2.ConnectError("[Errno -2] Name or service not known"), errors.ConnectionFault, False),
        (httpx2.ConnectTimeout("slow"), errors.ConnectionFault, False),
        (httpx2.ReadTimeout("slow"), errors.DeadlineExceeded, True),
        (
            httpx2.RemoteProtocolError("peer closed connection without sending complete message body"),
            errors.ConnectionFault,
            True,
        ),
        (ConnectionResetError("reset by peer"), errors.ConnectionFault, True),
        (ConnectionRefusedError("refused"), errors.ConnectionFault, False),
        (TimeoutError(), errors.DeadlineExceeded, True),
        (ValueError("No 'output' key found"), errors.ProviderFault, False),
    ],
)
def test_what_is_below_the_sdks(failure: Exception, expected: type[errors.ModelError], billed: bool) -> None:
    error = understand(failure, "x:m").error
    assert type(error) is expected
    assert error.may_be_billed is billed


def test_article_text_and_keys_stay_out_of_the_message() -> None:
    line = "[1] Die Reederei wolle den Hafen von Dünenau im Mai räumen."
    request = ChatRequest(system="s", turns=(Turn(role="user", text=line),))
    told: Any = understand(ValueError(f"can't read {line!r} with key sk-abcdefghijklmnop"), "x:m", request).error
    assert "Dünenau" not in str(told)
    assert "sk-abc" not in str(told)
    assert "[article text]" in str(told)
