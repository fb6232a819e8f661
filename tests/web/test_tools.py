"""The tools for assistants, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import os
import sys

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

from tests.web.conftest import GERMAN


def tools() -> Client:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "reportedly", "mcp", "--max-body", "5000"], env=dict(os.environ)
    )
    return Client(command)


async def test_the_three_tools() -> None:
    async with tools() as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == ["summarise", "flag", "check"]

        flags = (await client.call_tool("flag", {"text": GERMAN})).structured_content
        assert flags is not None
        assert {"attributed", "speculation"} <= {claim["status"] for claim in flags["claims"]}

        told = (await client.call_tool("summarise", {"text": GERMAN, "words": 20})).structured_content
        assert told is not None
        assert told["summary"]["text"]

        summary = "Die Küstenwerft wird für 50 Millionen Euro verkauft."
        checked = (await client.call_tool("check", {"text": GERMAN, "summary": summary})).structured_content
        assert checked is not None
        assert "F201" in {finding["code"] for finding in checked["findings"]}


async def test_what_can_not_be_read_is_told_with_its_reason() -> None:
    async with tools() as client:
        for arguments, reason in (
            ({"text": " "}, "empty_article"),
            ({"text": GERMAN * 60}, "too_large"),
            ({"text": GERMAN, "engine": "openai:x"}, "unknown_engine"),
        ):
            answer = await client.call_tool("flag", arguments)
            assert answer.is_error
            assert reason in str(answer.content[0])
