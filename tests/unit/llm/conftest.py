"""A clock that nobody waits for, and requests of a few words."""

from __future__ import annotations

import asyncio

import pytest

from reportedly.llm import ChatRequest, Turn


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def ask(text: str = "Wer sagt es?", cap: int = 50) -> ChatRequest:
    return ChatRequest(system="Antworte.", turns=(Turn(role="user", text=text),), max_output_tokens=cap)
