"""A pytest plugin: assert what your articles' reports say, with a model's replies recorded once and played for ever.

    @pytest.mark.reportedly(model="openai:gpt-5-mini")
    def test_our_takeover_story(reported):
        report = reported.summarise(Path("takeover.txt").read_text())
        assert reported.status_of(report, "84 Millionen Euro") == "rumour"

Without the marker, or without `model`, the rule engine reads. `pytest --reportedly-record` asks the model for what is
not recorded yet (it needs the provider's key) and keeps it beside the test, in `cassettes/`, with no key in it; a plain
`pytest` never reaches the network. Built on pytest-recording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Unpack

import pytest

if TYPE_CHECKING:
    from vcr.cassette import Cassette
    from vcr.request import Request

    from reportedly.api import About
    from reportedly.schema import Report

RECORD: Final = "--reportedly-record"
MARKER: Final = "reportedly(model=None, words=None, base_url=None): who reads for the `reported` fixture"
MATCH_ON: Final = ("method", "scheme", "host", "port", "path", "body")
"""A request is the same only if its body is: JSON bodies are compared whatever the order of their keys."""
RECORDERS: Final = ("recording", "pytest_recording.plugin")
"""Names of pytest-recording, loaded by itself or by `-p`."""
KEPT: Final = frozenset({"content-type", "anthropic-version", "retry-after"})
"""Headers that are recorded; all others may hold a key or name an account."""
UNRECORDED: Final = f"no recorded reply to this request; record it: pytest {RECORD}"
KEYS_IN_QUERY: Final = ("key", "api_key", "api-key")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--reportedly-record`."""
    parser.getgroup("reportedly").addoption(
        RECORD, action="store_true", default=False, help="ask models for what the reportedly tests have no recording of"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marker."""
    config.addinivalue_line("markers", MARKER)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put every test that asks a model behind its recording, and off the network."""
    for item in items:
        if _asked(item).get("model") is None:
            continue
        if not any(config.pluginmanager.has_plugin(name) for name in RECORDERS):
            raise pytest.UsageError("tests that ask a model need pytest-recording: pip install 'reportedly[testing]'")
        item.add_marker(
            pytest.mark.vcr(
                record_mode="new_episodes" if config.getoption(RECORD) else "none",
                match_on=list(MATCH_ON),
                before_record_request=_without_secrets,
                before_record_response=_reply_without_secrets,
                filter_query_parameters=list(KEYS_IN_QUERY),
                decode_compressed_response=True,
                allow_playback_repeats=False,
            )
        )
        item.add_marker(pytest.mark.block_network)


class Reported:
    """Reads articles for a test."""

    def __init__(self, model: str | None, words: int | None, base_url: str | None, *, replaying: bool) -> None:
        self._model, self._words, self._base_url, self._replaying = model, words, base_url, replaying

    def summarise(self, text: str, **about: Unpack[About]) -> Report:
        """Summary and claims, as `reportedly.summarise`."""
        from reportedly.api import summarise

        settings = self._settings()
        return self._read(lambda: summarise(text, model=self._model, words=self._words, settings=settings, **about))

    def flag(self, text: str, **about: Unpack[About]) -> Report:
        """Claims alone, as `reportedly.flag`."""
        from reportedly.api import flag

        settings = self._settings()
        return self._read(lambda: flag(text, model=self._model, settings=settings, **about))

    def status_of(self, report: Report, words: str) -> str | None:
        """The rumour status of the first claim that these words stand in; None where they stand in none."""
        at = report.article.text.find(words)
        if at < 0:
            raise AssertionError(f"the article does not hold {words!r}")
        return next((c.status.value for c in report.claims if c.span.start <= at < c.span.end), None)

    def _settings(self) -> Any:
        from reportedly.settings import Settings

        # A recording answers at once or not at all: to try again would only hide which.
        return Settings(base_url=self._base_url, retries=0, cache=None)

    def _read(self, engine: Callable[[], Report]) -> Report:
        if not self._replaying:
            return engine()
        from vcr.errors import CannotOverwriteExistingCassetteException

        try:
            report = engine()
        except CannotOverwriteExistingCassetteException as error:
            pytest.fail(f"{UNRECORDED}\n{error}", pytrace=False)
        if (report.reason or "").startswith("P508"):  # some SDKs turn the recorder's error into one of their own
            pytest.fail(f"{UNRECORDED}\n{report.reason}", pytrace=False)
        return report


@pytest.fixture
def reported(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reported]:
    """Reads articles with the engine that the test's `reportedly` marker names."""
    asked = _asked(request.node)
    model, replaying = asked.get("model"), not request.config.getoption(RECORD)
    if model is None:
        yield Reported(None, asked.get("words"), None, replaying=False)
        return
    cassette: Cassette = request.getfixturevalue("vcr")
    if replaying:
        if len(cassette) == 0:
            pytest.fail(f"nothing is recorded for this test; record it: pytest {RECORD}")
        _stand_in_for_keys(model, monkeypatch)
    yield Reported(model, asked.get("words"), asked.get("base_url"), replaying=replaying)
    if replaying and not cassette.all_played:
        left = len(cassette) - cassette.play_count
        pytest.fail(
            f"{left} recorded replies were not asked for; delete the cassette and record again: pytest {RECORD}"
        )


def _asked(item: pytest.Item) -> dict[str, Any]:
    """What the marker of a test says."""
    marker = item.get_closest_marker("reportedly")
    return dict(marker.kwargs) if marker else {}


def _stand_in_for_keys(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SDKs want a key before they send anything; a replay needs none that is real."""
    from reportedly.llm.providers import parse_model, provider_of

    provider = provider_of(parse_model(model).provider)
    for name in provider.key_variables if provider else ():
        monkeypatch.setenv(name, "not-a-key")


def _without_secrets(request: Request) -> Request:
    from reportedly.llm.redaction import redact

    request.headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT}
    if request.body:
        body = request.body if isinstance(request.body, bytes) else str(request.body).encode()
        request.body = redact(body.decode("utf-8", "replace")).encode()
    return request


def _reply_without_secrets(reply: dict[str, Any]) -> dict[str, Any]:
    from reportedly.llm.redaction import redact

    headers = {name: value for name, value in reply["headers"].items() if name.lower() in KEPT}
    body = redact((reply["body"].get("string") or b"").decode("utf-8", "replace")).encode()
    return {**reply, "headers": headers, "body": {"string": body}}
