"""Nobody but the person at this machine gets an answer, and nobody gets a file outside the folder."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from recover.export.document_json import read
from recover.review.library import Library
from recover.review.server.app import LOOPBACK, _listen, build_app
from recover.review.server.edit_routes import LARGEST_POST
from recover.review.server.guard import find_picture
from tests.review.made import HOSTILE, make_document, write_folder

TOKEN = "right-token"
PORT = 9000
HOME = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def shelf(folder: Path) -> Library:
    return Library(folder)


@pytest.fixture
def stranger(shelf: Library) -> TestClient:
    return TestClient(build_app(shelf, token=TOKEN, port=PORT), base_url=HOME, follow_redirects=False)


@pytest.fixture
def guest(stranger: TestClient) -> TestClient:
    assert stranger.get(f"/?token={TOKEN}").status_code == 303
    return stranger


@pytest.fixture
def key(shelf: Library) -> str:
    return next(iter(shelf.folders))


def paths(key: str) -> list[str]:
    asked = [
        "document",
        "state",
        "version",
        "pages/0",
        "next",
        "place?line=p1.l3&at=1",
        "line?block=x",
        "where",
        "term",
    ]
    return [
        "/",
        f"/read/{key}",
        f"/read/{key}/page/0",
        "/static/main.js",
        "/nowhere",
        *(f"/api/{key}/{one}" for one in asked),
    ]


def test_nothing_answers_without_the_token(stranger: TestClient, key: str) -> None:
    for path in paths(key):
        assert stranger.get(path).status_code == 403, path
    for path in ("write", "check", "act", "terms", "undo", "redo"):
        refused = stranger.post(f"/api/{key}/{path}", json={}, headers={"origin": HOME})
        assert refused.status_code == 403, path


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ü"])
def test_a_wrong_token_is_no_token(stranger: TestClient, token: str) -> None:
    assert stranger.get("/", params={"token": token}).status_code == 403
    assert stranger.get("/", headers={"cookie": f"recover-review-{PORT}={token}".encode()}).status_code == 403


def test_the_token_moves_from_the_address_into_a_strict_cookie(stranger: TestClient, key: str) -> None:
    answer = stranger.get(f"/read/{key}?token={TOKEN}&page=2")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/read/{key}?page=2"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get(f"/read/{key}").status_code == 200


def test_the_welcome_leads_nowhere_else(stranger: TestClient) -> None:
    answer = stranger.get(f"{HOME}//evil.example/?token={TOKEN}")
    assert answer.headers["location"].startswith("/evil.example")


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:9001", "0.0.0.0:9000", ""]
)
def test_a_rebound_name_is_refused_even_with_the_token(guest: TestClient, key: str, host: str) -> None:
    for path in paths(key):
        assert guest.get(path, headers={"host": host}).status_code == 421, path
    answer = guest.get(f"/?token={TOKEN}", headers={"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"[::1]:{PORT}", f"127.0.0.1:{PORT}"])
def test_this_machines_own_names_are_served(stranger: TestClient, host: str) -> None:
    assert stranger.get("/", headers={"host": host, "x-review-token": TOKEN}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9001"},
        {"origin": f"http://localhost:{PORT}"},
        {"origin": HOME, "sec-fetch-site": "cross-site"},
        {"origin": HOME, "sec-fetch-site": "same-site"},
    ],
)
def test_other_sites_cannot_post_even_with_the_cookie(guest: TestClient, key: str, headers: dict[str, str]) -> None:
    assert guest.post(f"/api/{key}/undo", json={}, headers=headers).status_code == 403


def test_a_form_cannot_post(guest: TestClient, key: str) -> None:
    answer = guest.post(f"/api/{key}/undo", content=b"{}", headers={"origin": HOME, "content-type": "text/plain"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[", 400),
        (b'{"block": 1}', 400),
        (b'{"block": "no", "was": "", "now": "x"}', 409),
        (b'{"block": "a", "was": "", "now": "x", "more": 1}', 400),
        (b'"' + b"x" * LARGEST_POST + b'"', 413),
    ],
)
def test_malformed_posts_are_told_so(guest: TestClient, key: str, body: bytes, status: int) -> None:
    headers = {"origin": HOME, "content-type": "application/json"}
    assert guest.post(f"/api/{key}/write", content=body, headers=headers).status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../../../etc/passwd",
        "/static/..%2f..%2fdesk.py",
        "/static/%2e%2e/desk.py",
        "/static//etc/passwd",
        "/read/../../etc/passwd",
        "/read/{key}/page/../document.json",
        "/read/{key}/page/99",
        "/read/{key}/page/-1",
        "/api/{key}/pages/..%2f..",
        "/api/..%2f../document",
        "/read/unknown",
    ],
)
def test_no_made_up_path_is_served(guest: TestClient, key: str, path: str) -> None:
    answer = guest.get(path.replace("{key}", key))
    assert answer.status_code in (404, 405, 409)
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "image",
    ["../secret.jpg", "/etc/passwd", "pages/../../secret.jpg", "linked.jpg", "pages", "document.json", "a\0b", ""],
)
def test_a_hostile_document_cannot_name_other_files(tmp_path: Path, image: str) -> None:
    folder = write_folder(tmp_path / "paper")
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (folder / "linked.jpg").symlink_to(tmp_path / "secret.jpg")
    document = read(folder / "document.json")
    pages = tuple(msgspec.structs.replace(page, image=image) for page in document.pages)
    assert find_picture(msgspec.structs.replace(document, pages=pages), folder, 0) is None


def test_the_larger_picture_is_preferred(folder: Path) -> None:
    document = read(folder / "document.json")
    small = find_picture(document, folder, 0)
    (folder / "pages" / "page-0001.large.jpg").write_bytes(b"large")
    large = find_picture(document, folder, 0)
    assert small is not None
    assert large is not None
    assert (small.name, large.name) == ("page-0001.jpg", "page-0001.large.jpg")


def test_every_answer_forbids_scripts_and_frames_from_outside(
    guest: TestClient, stranger: TestClient, key: str
) -> None:
    for path in paths(key):
        policy = guest.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "'unsafe" not in policy
        assert "http" not in policy
    assert guest.get("/").headers["x-content-type-options"] == "nosniff"


def test_hostile_names_are_escaped_in_the_queue(tmp_path: Path) -> None:
    document = make_document()
    named = msgspec.structs.replace(document, source=msgspec.structs.replace(document.source, name=HOSTILE))
    write_folder(tmp_path / "batch" / "one", named)
    write_folder(tmp_path / "batch" / "two")
    client = TestClient(build_app(Library(tmp_path / "batch"), token=TOKEN, port=PORT), base_url=HOME)
    page = client.get(f"/?token={TOKEN}").text
    assert "&lt;script&gt;" in page
    assert "<script>document" not in page


def test_only_this_machine_is_listened_to() -> None:
    with _listen(0) as listening:
        assert listening.getsockname()[0] == LOOPBACK == "127.0.0.1"
