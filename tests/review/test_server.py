from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from recover.cli.review import app as command
from recover.errors import UnreadableInput
from recover.review.library import Library
from recover.review.log import Log
from recover.review.server.app import build_app
from recover.review.stats import stats_of
from tests.review.made import make_document, write_folder

HOME = "http://127.0.0.1:9000"


@pytest.fixture
def client(folder: Path) -> TestClient:
    shelf = Library(folder)
    headers = {"x-review-token": "t", "origin": HOME}
    client = TestClient(build_app(shelf, token="t", port=9000), base_url=HOME, headers=headers)
    client.base_url = client.base_url.join(f"/api/{next(iter(shelf.folders))}/")
    return client


def test_the_order_of_doubt_is_walked_and_comes_round(client: TestClient) -> None:
    first = client.get("next").json()
    assert (first["was"], first["before"], first["block"]) == ("姜", "肌", "p1.l3@0")
    assert first["offers"][0]["now"] in ("萎", "委")
    seen, place = [], first
    for _ in range(3):
        seen.append(place["was"])
        doubt = place["doubt"]
        place = client.get("next", params={"line": doubt["line"], "at": doubt["at"], "score": doubt["score"]}).json()
    assert sorted(seen) == ["姜", "请", "部"]
    assert place["was"] == "姜"
    doubt = place["doubt"]
    assert client.get("next", params={"line": doubt["line"], "at": doubt["at"], "back": 1}).json()["was"] == seen[-1]


def test_after_a_correction_the_next_is_the_next_worst(client: TestClient) -> None:
    first = client.get("next").json()
    was = client.get("pages/0").json()["blocks"][2]["text"]
    told = client.post("write", json={"block": first["block"], "was": was, "now": was.replace("姜", "萎")}).json()
    assert (told["left"], told["corrected"], told["pages"]) == (first["left"] - 1, 1, [0])
    doubt = first["doubt"]
    after = client.get("next", params={"line": doubt["line"], "at": doubt["at"], "score": doubt["score"]}).json()
    assert after["was"] == "请"


def test_a_glossary_term_is_offered_with_its_score(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    place = client.get("place", params={"line": "p1.l3", "at": 1}).json()
    terms = [offer for offer in place["offers"] if offer["why"] != "reader"]
    assert any(offer["now"] == "萎" and "肌萎缩" in offer["why"] and 0.5 < offer["score"] <= 1 for offer in terms)


def test_a_page_tells_its_blocks_and_their_places(client: TestClient) -> None:
    page = client.get("pages/1").json()
    assert [block["kind"] for block in page["blocks"]] == ["heading", "paragraph", "paragraph", "table", "reference"]
    assert [cell["text"] for cell in page["cells"]] == ["第一列", "数值"]
    reference = page["blocks"][-1]
    assert reference["fields"]["author"] == "林, 若川"
    assert (
        client.get("line", params={"block": reference["id"]})
        .json()["line"]
        .replace(" ", "")
        .startswith("[1]林若川.干细胞研究[J]")
    )


def test_where_a_term_would_apply(client: TestClient) -> None:
    found = client.get("term", params={"zh": "干细胞"}).json()
    assert [place["page"] for place in found["places"]] == [0, 1, 1]


def test_a_term_goes_into_the_glossary_only_when_asked(client: TestClient, tmp_path: Path) -> None:
    own = tmp_path / "glossaries" / "mine.csv"
    client.post("terms", json={"zh": "退行", "en": "degeneration"})
    assert not own.exists()
    told = client.post("terms", json={"zh": "退行性", "en": "degenerative", "glossary": True})
    assert told.status_code == 200
    assert "退行性" in own.read_text()


def test_a_batch_is_a_queue_worst_first(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    good = make_document()
    clean = tuple(msgspec.structs.replace(page, regions=()) for page in good.pages)
    write_folder(root / "a-good", msgspec.structs.replace(good, pages=clean))
    write_folder(root / "deep" / "bad", good)
    write_folder(root / ".draft.part", good)
    queue = Library(root).queue()
    assert [waiting.doubtful for waiting in queue] == [3, 0]


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        Library(tmp_path)


def test_figures_of_a_review(client: TestClient, folder: Path) -> None:
    first = client.get("next").json()
    was = client.get("pages/0").json()["blocks"][2]["text"]
    client.post("write", json={"block": first["block"], "was": was, "now": was.replace("姜", "萎")})
    client.post("check", json={"line": "p1.l5", "at": 5, "end": 6, "was": "请"})
    client.post("terms", json={"zh": "某某新词", "en": "some new word"})
    stats = stats_of(folder)
    assert (stats.checked, stats.wrong, stats.errors_per_1000) == (2, 1, 500.0)
    assert [(one.low, one.checked, one.wrong) for one in stats.bins if one.checked] == [(0.4, 1, 1), (0.6, 1, 0)]
    assert [(term.zh, term.en) for term in stats.terms] == [("某某新词", "some new word")]


def test_the_command_knows_stats_from_a_folder(client: TestClient, folder: Path) -> None:
    client.post("check", json={"line": "p1.l5", "at": 5, "end": 6, "was": "请"})
    run = CliRunner().invoke(command, ["stats", str(folder), "--json"])
    assert run.exit_code == 0
    assert json.loads(run.output)["checked"] == 1
    assert "1 character checked" in CliRunner().invoke(command, ["stats", str(folder)]).output


def test_the_command_opens_what_is_no_subcommand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[Path, int, bool]] = []
    monkeypatch.setattr(
        "recover.review.server.app.serve",
        lambda folder, port, tell, warn, *, opens_browser, export: served.append((folder, port, opens_browser)),
    )
    assert CliRunner().invoke(command, [str(folder), "--no-browser", "--port", "7"]).exit_code == 0
    assert CliRunner().invoke(command, ["--port", "8", str(folder)]).exit_code == 0
    assert served == [(folder, 7, False), (folder, 8, True)]
    assert "stats" in CliRunner().invoke(command, ["--help"]).output


def test_nothing_reviewed_has_no_figures(folder: Path) -> None:
    assert Log(folder).read() == ()
    with pytest.raises(UnreadableInput):
        stats_of(folder)


@pytest.mark.parametrize("body", [b"\xa6\xff", b'{"block": ' + b"[" * 200_000, b"null", b'{"block": 1}'])
def test_a_post_that_is_no_json_of_ours_is_not_understood(client: TestClient, body: bytes) -> None:
    answer = client.post("write", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"][:14]) == (400, "not understood")


def test_a_reference_is_shown_under_its_own_number(tmp_path: Path) -> None:
    document = make_document()
    second = msgspec.structs.replace(document.references[0], number=19)
    folder = write_folder(tmp_path / "paper", msgspec.structs.replace(document, references=(second,)))
    shelf = Library(folder)
    key = next(iter(shelf.folders))
    asked = TestClient(build_app(shelf, token="here", port=1), base_url="http://127.0.0.1:1")
    line = asked.get(f"/api/{key}/line", params={"token": "here", "block": "p2.l5@0"}).json()["line"]
    assert line.startswith("[19]")
