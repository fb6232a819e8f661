from __future__ import annotations

import asyncio

import pytest

from reportedly import errors
from reportedly.llm.interface import Finish
from reportedly.llm.probing import probe
from reportedly.llm.scripted import Scripted


async def test_a_model_that_answers() -> None:
    found = await probe(Scripted(['{"ok": true}']))
    assert (found.works, found.returned, found.requests) == (True, "scripted", 1)


@pytest.mark.parametrize("text", ["yes", "[]", '{"ok": "yes"}', "[" * 100_000])
async def test_a_model_that_answers_something_else(text: str) -> None:
    found = await probe(Scripted([text]))
    assert not found.works
    assert str(Finish.STOP) in found.said


async def test_a_failure_is_told_with_what_to_do() -> None:
    found = await probe(Scripted([errors.AuthFailed("wrong key")]))
    assert (found.works, found.said) == (False, "wrong key")
    assert "key variable" in found.advice


async def test_a_model_that_hangs() -> None:
    async def never(_: object) -> str:
        await asyncio.Event().wait()
        return ""

    assert not (await probe(Scripted(never), seconds=0.01)).works
