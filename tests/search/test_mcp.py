from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp", reason="needs the MCP SDK")
from mcp.client.session import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client


def asked(library: Path, *calls: tuple[str, dict[str, object]]) -> list[Any]:
    """What a client of its own gets from the server, started as an assistant starts it."""
    start = "from recover.cli.app import main; main()"
    server = StdioServerParameters(
        command=sys.executable, args=["-c", start, "mcp", str(library)], env={**os.environ, "PYTHONUTF8": "1"}
    )

    async def run() -> list[Any]:
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            tools = await session.list_tools()
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.tools)
            return [(await session.call_tool(name, arguments)) for name, arguments in calls]

    return anyio.run(run)


def test_an_assistant_searches_reads_and_sees(library: Path) -> None:
    found, outline, section, entry, picture, outside, missing = asked(
        library,
        ("search", {"query": "safety of mesenchymal stem cell OR 安全性", "limit": 1}),
        ("read_section", {"paper": "als"}),
        ("read_section", {"paper": "als", "section": "2"}),
        ("read_reference", {"paper": "als", "number": 1}),
        ("page_picture", {"paper": "als", "page": 2}),
        ("read_section", {"paper": "../als", "section": "2"}),
        ("page_picture", {"paper": "als", "page": 99}),
    )
    hit = json.loads(found.content[0].text)["papers"][0]["hits"][0]
    assert hit["locator"].startswith("als#s2/0")
    assert [one["id"] for one in json.loads(outline.content[0].text)["sections"]] == ["s1", "s2"]
    assert json.loads(section.content[0].text)["paragraphs"][0]["text"] == "间充质干细胞安全性好。"
    assert json.loads(entry.content[0].text)["csl"]["title"] == "干细胞研究"
    assert picture.content[0].type == "image"
    assert "no paper" in json.loads(outside.content[0].text)["error"]
    assert missing.is_error
