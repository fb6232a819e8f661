"""Everything from outside goes through one strict parser."""

from __future__ import annotations

import pytest

from reportedly.text.strict_json import JsonFault, has_surrogate, parse, parse_object


def test_plain_json_is_read() -> None:
    assert parse_object('{"a": [1, 2.5, null, "ä\\u2028"]}') == {"a": [1, 2.5, None, "ä\u2028"]}


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"outer": {"a": 1, "a": 1}}',
        "[NaN]",
        "[Infinity]",
        "[1e999]",
        "[" * 100_000 + "]" * 100_000,
        "[" + "9" * 5_000 + "]",
        '{"a": 1} trailing',
        "\ufeff{}",
        '"raw\nnewline"',
        "",
    ],
)
def test_what_is_not_strict_json_is_refused(text: str) -> None:
    with pytest.raises(JsonFault):
        parse(text)


def test_an_object_is_needed() -> None:
    with pytest.raises(JsonFault, match="not list"):
        parse_object("[1]")


def test_a_fault_quotes_nothing_of_the_text() -> None:
    with pytest.raises(JsonFault) as caught:
        parse('{"secret-token": ')
    assert "secret" not in str(caught.value)


def test_lone_surrogates_are_seen() -> None:
    assert has_surrogate(parse('"\\ud83d"'))
    assert not has_surrogate(parse('"\\ud83d\\ude00"'))
