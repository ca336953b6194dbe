"""From a scan to a folder with the real engine, through the command line, with the network cut."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pikepdf
import pytest

from recover import load_document
from recover.stages.account import IN_NO_TEXT
from samples.conservation import losses
from samples.truths import Truth, load_truth

pytestmark = pytest.mark.engine

# Whatever asks for an address or opens a connection fails, whether it catches the error or not: it is written down.
OFFLINE = """
import socket, sys
def cut(*arguments, **settings):
    print("NETWORK", arguments, file=sys.stderr, flush=True)
    raise OSError("the network is cut")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = cut
from recover.cli.app import main
sys.argv = ["recover", *sys.argv[1:]]
main()
"""
PAGES = 2


def offline(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", OFFLINE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """The first pages of a sample whose text layer is English read out of Chinese print."""
    path = tmp_path_factory.mktemp("scan") / "als.pdf"
    with pikepdf.open(samples / "als_kai.pdf") as whole:
        del whole.pages[PAGES:]
        whole.save(path, deterministic_id=True)
    return path


@pytest.fixture(scope="module")
def folder(scan: Path) -> Path:
    done = offline("pdf", scan, "-o", scan.parent / "out")
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stderr
    return scan.parent / "out" / "als"


@pytest.fixture(scope="module")
def document(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "document.json").read_bytes())


def test_every_character_of_the_pages_is_accounted_for(folder: Path) -> None:
    recovered = load_document(folder)
    assert not losses(recovered)
    assert not recovered.account.unread
    assert [place.why for page in recovered.account.pages for place in page.open if place.why == IN_NO_TEXT] == []


@pytest.fixture(scope="module")
def truth() -> Truth:
    return load_truth("als_kai")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_document_keeps_its_schema(document: dict[str, Any]) -> None:
    printed = offline("schema")
    schema = json.loads(printed.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)


def test_the_folder_holds_what_is_promised(folder: Path, document: dict[str, Any]) -> None:
    promised = "document.json document.md references.bib references.csl.json references.ris terms.csv report.html"
    assert all((folder / name).stat().st_size for name in promised.split() if name.startswith(("document", "report")))
    assert all((folder / name).exists() for name in promised.split())
    pictures = [figure["image"] for figure in document["figures"] if figure["image"]]
    assert all((folder / picture).exists() for picture in pictures)
    assert not [path for path in folder.parent.iterdir() if path != folder]


def test_title_and_headings_are_those_of_the_paper(document: dict[str, Any], truth: Truth) -> None:
    assert squeezed(document["title"]["zh"]) == squeezed(truth.title.zh)
    printed = {(section.number, squeezed(section.title)) for section in truth.sections if section.page < PAGES}
    found = {(section["number"], squeezed(section["title"])) for section in document["sections"]}
    assert len(printed & found) >= 0.9 * len(printed), printed - found


def test_running_heads_are_kept_out_of_the_text(document: dict[str, Any], truth: Truth) -> None:
    text = squeezed("".join(part["text"] for section in document["sections"] for part in section["paragraphs"]))
    heads = [squeezed(line) for line in truth.furniture if len(squeezed(line)) > 8]
    assert heads
    assert not [head for head in heads if head in text]
    assert document["furniture"]


def test_every_offset_lies_in_its_text(document: dict[str, Any]) -> None:
    for section in document["sections"]:
        for part in section["paragraphs"]:
            for place in (*part["spans"], *part["citations"]):
                assert 0 <= place["start"] < place["end"] <= len(part["text"])


def test_the_garbled_layer_was_not_kept(document: dict[str, Any]) -> None:
    origins = {
        span["origin"] for section in document["sections"] for part in section["paragraphs"] for span in part["spans"]
    }
    assert "ppocr" in origins
    text = "".join(part["text"] for section in document["sections"] for part in section["paragraphs"])
    assert sum("\u4e00" <= char <= "\u9fff" for char in text) > 0.5 * len(text)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_scan_gives_the_same_bytes(folder: Path, scan: Path) -> None:
    again = scan.parent / "again"
    assert offline("pdf", scan, "-o", again).returncode == 0
    first = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    second = {
        path.relative_to(again / "als"): path.read_bytes() for path in (again / "als").rglob("*") if path.is_file()
    }
    assert [str(name) for name in sorted(first.keys() | second.keys()) if first.get(name) != second.get(name)] == []
