from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from recover.api import index_folder
from recover.review.library import Library
from recover.review.server.app import build_app
from recover.search.store import NAME
from recover.text.messages import in_chinese
from tests.review.made import make_document, write_folder

HOME = "http://127.0.0.1:9000"


@pytest.fixture(scope="session")
def _indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search-page") / "library"
    for name in ("first", "second"):
        write_folder(folder / name, make_document())
    index_folder(folder)
    return folder


@pytest.fixture
def root(tmp_path: Path, _indexed: Path) -> Path:
    """Two recovered documents and their index; a copy of its own, since indexing takes a second."""
    shutil.copytree(_indexed, tmp_path / "library")
    return tmp_path / "library"


def client_of(root: Path) -> TestClient:
    headers = {"x-review-token": "t"}
    return TestClient(build_app(Library(root), token="t", port=9000), base_url=HOME, headers=headers)


def test_hits_are_listed_and_the_chosen_one_is_boxed_on_its_page(root: Path) -> None:
    shown = client_of(root).get("/search", params={"q": "安全性", "hit": "1.0"}).text
    assert shown.count("<mark>安全性</mark>") == 2
    assert shown.count('aria-current="true"') == 1
    assert "<rect " in shown
    assert "/page/1" in shown


def test_without_an_index_the_page_says_what_to_do(root: Path) -> None:
    (root / NAME).unlink()
    shown = client_of(root).get("/search", params={"q": "安全性"}).text
    assert 'role="alert"' in shown
    assert "recover index" in shown
    assert 'data-zh="' in shown
    assert in_chinese(re.search('data-en="([^"]*)"', shown)[1]) == re.search('data-zh="([^"]*)"', shown)[1]
    assert re.search('data-zh="[^"]*[\u4e00-\u9fff]', shown)


@pytest.mark.parametrize(
    "asked",
    [
        {"q": '<script>alert(1)</script>" OR 1=1 --'},
        {"q": "安全性", "hit": "9" * 5000},
        {"q": "安全性", "hit": "-1.²"},
        {"q": "安全性", "lang": "x" * 5000, "section": "'; DROP TABLE tokens"},
        {"q": "(" * 900},
        {"q": "\0干"},
    ],
)
def test_odd_questions_harm_nothing(root: Path, asked: dict[str, str]) -> None:
    answer = client_of(root).get("/search", params=asked)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert client_of(root).get("/search", params={"q": "安全性"}).text.count("<mark>安全性</mark>") == 2


def test_strangers_get_no_search_page(root: Path) -> None:
    stranger = TestClient(build_app(Library(root), token="t", port=9000), base_url=HOME)
    assert stranger.get("/search", params={"q": "安全性"}).status_code == 403
