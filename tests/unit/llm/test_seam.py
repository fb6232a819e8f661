"""Small parts of the seam: names, prices, tokens, secrets, scripts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportedly import errors
from reportedly.llm import ChatModel, ChatReply, Finish, ModelIdentity, ReplySchema, Tokens
from reportedly.llm.expiring import Expiring
from reportedly.llm.http_errors import error_for, seconds_to_wait
from reportedly.llm.pricing import price
from reportedly.llm.providers import PROVIDERS, parse_model, provider_of
from reportedly.llm.redaction import MASK, provider_message, redact, remember_secret
from reportedly.llm.scripted import Scripted
from reportedly.llm.stacking import Guards, stack
from reportedly.llm.tokens import estimate, estimate_request
from tests.unit.llm.conftest import ask

HEAVY = ("openai", "langchain", "langchain_core", "httpx2", "genai_prices", "anthropic", "boto3", "sqlalchemy")


def test_importing_the_seam_loads_no_sdk() -> None:
    modules = ["reportedly.llm", "reportedly.llm.through_openai", "reportedly.llm.through_langchain"]
    modules += ["reportedly.llm.stacking", "reportedly.llm.providers"]
    code = f"import sys, {', '.join(modules)}; print([m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "provider", "model"),
    [
        ("openai:gpt-5-mini", "openai", "gpt-5-mini"),
        ("ollama:qwen3:8b", "ollama", "qwen3:8b"),
        ("Claude:claude-haiku-4-5", "anthropic", "claude-haiku-4-5"),
        ("bedrock:openai.gpt-oss-120b-1:0", "bedrock_converse", "openai.gpt-oss-120b-1:0"),
        ("google-genai:gemini-2.5-flash", "google_genai", "gemini-2.5-flash"),
    ],
)
def test_a_models_name_has_two_parts(text: str, provider: str, model: str) -> None:
    parsed = parse_model(text)
    assert (parsed.provider, parsed.model) == (provider, model)


@pytest.mark.parametrize("text", ["gpt-5-mini", ":x", "openai:", "", " : "])
def test_half_a_name_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(errors.UsageError) as caught:
        parse_model(text)
    assert "openai:gpt-5-mini" in caught.value.advice


def test_providers_know_whether_they_are_there() -> None:
    openai = provider_of("openai")
    assert openai is not None
    assert openai.installed
    assert not openai.has_key({})
    assert openai.has_key({"OPENAI_API_KEY": "x"})
    assert all(provider.has_key({}) for provider in PROVIDERS if provider.prefix in {"ollama", "scripted"})
    assert provider_of("mistralai") is None


@pytest.mark.parametrize(
    ("identity", "dearer_than", "cheaper_than"),
    [
        (ModelIdentity(provider="openai", model="gpt-5-mini"), 0.0001, 0.01),
        (ModelIdentity(provider="anthropic", model="claude-haiku-4-5"), 0.0005, 0.02),
        (ModelIdentity(provider="google_genai", model="gemini-2.5-flash"), 0.0001, 0.01),
        (ModelIdentity(provider="bedrock_converse", model="openai.gpt-oss-120b-1:0"), 0.00005, 0.01),
        (ModelIdentity(provider="openai", model="openai/gpt-oss-120b", address="openrouter.ai/api/v1"), 0.00001, 0.01),
    ],
)
def test_known_prices(identity: ModelIdentity, dearer_than: float, cheaper_than: float) -> None:
    found = price(identity, Tokens(input=1000, output=200))
    assert found is not None
    assert dearer_than < found < cheaper_than
    cached = price(identity, Tokens(input=1000, cached=900, output=200))
    assert cached is not None
    assert cached <= found


@pytest.mark.parametrize(
    "identity",
    [
        ModelIdentity(provider="openai", model="gpt-99-not-yet"),
        ModelIdentity(provider="openai", model="gpt-5-mini", address="127.0.0.1:8000/v1"),
        ModelIdentity(provider="ollama", model="qwen3:8b"),
        ModelIdentity(provider="SomeModel", model="x"),
    ],
)
def test_an_unknown_price_is_none_never_zero(identity: ModelIdentity) -> None:
    assert price(identity, Tokens(input=1000, output=200)) is None


# Counted once with the o200k vocabulary.
COUNTED = [
    ("The council said on Friday that the bridge would stay closed until May.", 14),
    ("Die Stadtverwaltung teilte am Freitag mit, die Brücke bleibe bis Mai gesperrt.", 20),
    ("Bundesverfassungsgerichtsentscheidung", 8),
    ("1.234.567,89 Euro", 8),
    ('{"claims":[{"sentence":1,"source":null}]}', 13),
    ("«Ja», sagte sie – „vielleicht“ …", 11),
    ("東京都は月曜日に発表した。", 9),
    ("", 0),
]


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_tokens_are_estimated_rather_too_high(text: str, counted: int) -> None:
    most = 3 if any(letter > "\u3000" for letter in text) else 1.4
    assert 0.95 * counted - 0.5 <= estimate(text) <= most * counted


def test_a_request_is_estimated_with_all_its_parts() -> None:
    bare = estimate_request(ask("Wort " * 100, cap=77))
    assert bare.output == 77
    assert bare.estimated
    assert bare.input > 100
    schema = ReplySchema(name="r", body={"type": "object", "properties": {"aussage": {"type": "string"}}})
    assert estimate_request(ask("Wort " * 100).model_copy(update={"reply_schema": schema})).input > bare.input


def test_an_estimate_grows_with_the_text() -> None:
    one, ten = (estimate("ß" * n + "7" * n + "<" * n) for n in (10_000, 100_000))
    assert 9 * one <= ten <= 11 * one


@pytest.mark.parametrize(
    "secret",
    [
        "sk-proj-AbCdEf0123456789AbCdEf",
        "sk-ant-REDACTED",
        "AIzaSyA0123456789abcdefghijklmnopqrstuv",
        "AKIAIOSFODNN7EXAMPLE",
        "gsk_0123456789abcdefABCDEF",
        "Bearer eyJhbGciOi.JIUzI1NiIs.InR5cCI6",
        "https://user:passwort@gateway.example/v1",
        'api_key="0123456789abcdef0123"',
        "?key=0123456789abcdef0123",
    ],
)
def test_what_looks_like_a_key_is_masked(secret: str) -> None:
    masked = redact(f"the request with {secret} failed")
    core = max(
        re.findall(r"[A-Za-z0-9]{6,}", secret.replace("https", "").replace("gateway", "").replace("example", "")),
        key=len,
    )
    assert core not in masked
    assert masked.startswith("the request with")
    assert masked.endswith("failed")


def test_a_known_secret_is_masked_whatever_it_looks_like() -> None:
    remember_secret("geheimwort-mit-umlaut-ä")
    assert redact("sent geheimwort-mit-umlaut-ä along") == f"sent {MASK} along"


def test_ordinary_words_stay() -> None:
    for text in (
        "the key is wrong",
        "token limit of 8192 tokens",
        "basic authentication failed",
        "sk-8",
        "risk-averse-planning",
    ):
        assert redact(text) == text


def test_openings_without_a_key_are_redacted_to_an_end() -> None:
    text = "Bearer " * 2_000 + "sk-" * 5_000 + "://" * 5_000 + "key=" * 3_000
    assert redact(f"{text} and the end").endswith("and the end")


def test_a_providers_message_is_one_short_line_without_control_characters() -> None:
    shown = provider_message("a\x1b[31m\r\nb" + "x" * 1000)
    assert shown.startswith("a [31m b")
    assert len(shown) < 420


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (400, "Unsupported value: 'foo'", errors.RequestInvalid),
        (400, "API key not valid. Please pass a valid API key.", errors.AuthFailed),
        (400, "prompt is too long: 210000 tokens > 200000 maximum", errors.ContextTooLong),
        (413, "request_too_large", errors.ContextTooLong),
        (422, "[{'loc': ['body', 'messages']}]", errors.RequestInvalid),
        (403, "Your project has exceeded its spend limit", errors.QuotaExhausted),
        (429, "Rate limit reached for requests per day (RPD): limit 200", errors.QuotaExhausted),
        (429, "tokens per minute exceeded, see your billing page", errors.RateLimited),
        (500, "server had an error", errors.ProviderFault),
        (529, "Overloaded", errors.ProviderFault),
        (504, "gateway timeout", errors.DeadlineExceeded),
        (200, "insufficient_quota", errors.QuotaExhausted),
        (200, "something broke", errors.ProviderFault),
    ],
)
def test_what_a_status_and_its_words_amount_to(status: int, said: str, expected: type[errors.ModelError]) -> None:
    error = error_for(status, said, shown=said, subject="openai:gpt-5-mini")
    assert type(error) is expected
    assert "openai:gpt-5-mini" in str(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({}, None),
    ],
)
def test_what_retry_after_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert seconds_to_wait(headers) == seconds


async def test_a_script_from_a_file(tmp_path: Path) -> None:
    lines = [{"text": "eins"}, {"text": "", "finish": "refused", "refusal": "nein"}]
    path = tmp_path / "replies.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", "utf-8")
    model = Scripted.from_jsonl(path)
    assert isinstance(model, ChatModel)
    assert (await model.complete(ask())).text == "eins"
    assert (await model.complete(ask())).finish is Finish.REFUSED
    with pytest.raises(errors.RequestInvalid, match="only 2 replies"):
        await model.complete(ask())
    assert len(model.requests) == 3


@pytest.mark.parametrize("line", ["{", '{"text": 3}', '{"words": "x"}', "[]"])
def test_a_broken_script_names_the_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text('{"text": "ja"}\n' + line + "\n", "utf-8")
    with pytest.raises(errors.ConfigError, match=r"replies\.jsonl, line 2"):
        Scripted.from_jsonl(path)


async def test_a_deadline_cancels_and_is_told_apart_from_the_callers_own() -> None:
    import asyncio

    async def never(_: object) -> str:
        await asyncio.Event().wait()
        return ""

    with pytest.raises(errors.DeadlineExceeded, match=r"0\.01 s"):
        await Expiring(Scripted(never), seconds=0.01).complete(ask())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await Expiring(Scripted(never), seconds=60).complete(ask())


async def test_the_stack_is_a_model_like_what_it_wraps() -> None:
    inner = Scripted(["ja"])
    built = stack(inner, Guards(most_in_flight=2))
    assert isinstance(built.model, ChatModel)
    assert built.model.name == inner.name
    assert built.model.identity == inner.identity
    reply = await built.model.complete(ask())
    assert isinstance(reply, ChatReply)
    assert built.budget.spent.calls == 1
