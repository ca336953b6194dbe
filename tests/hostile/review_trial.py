"""Requests and logs that no browser of ours wrote, against a review of a small folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from starlette.testclient import TestClient

from recover.review.library import Library
from recover.review.log import Log
from recover.review.replay import reviewed_document
from recover.review.server.app import build_app
from recover.review.session import Session
from tests.review.made import write_folder

HOME = "http://127.0.0.1:9000"
# One request a line: method, address, body; the folder's key stands for KEY.
REQUESTS = """GET / -
GET /read/KEY -
GET /read/KEY/page/0 -
GET /search?q=干细胞 -
GET /api/KEY/document -
GET /api/KEY/pages/1 -
GET /api/KEY/next?line=p1.l3&at=1&score=0.5&back=1 -
GET /api/KEY/place?line=p1.l3&at=1 -
GET /api/KEY/find?q=细胞&page=0 -
GET /api/KEY/alike?block=p1.l3@0&start=0&was=肌 -
GET /api/KEY/term?zh=干细胞 -
POST /api/KEY/write {"block": "p1.l3@0", "was": "肌姜缩", "now": "肌萎缩"}
POST /api/KEY/check {"line": "p1.l3", "at": 1, "end": 2, "was": "姜"}
POST /api/KEY/act {"kind": "split", "block": "p1.l3@0", "at": 2}
POST /api/KEY/act {"kind": "role", "block": "p1.l3@0", "now": "heading"}
POST /api/KEY/marks {"block": "p1.l3@0", "start": 0, "end": 1, "kind": "sup"}
POST /api/KEY/terms {"zh": "水稻", "en": "rice", "abbreviation": "", "glossary": false}
POST /api/KEY/everywhere {"places": [{"block": "p1.l3@0", "start": 1, "was": "姜"}], "now": "萎"}
POST /api/KEY/undo {}
POST /api/KEY/redo {}
"""


def sound_log(folder: Path) -> bytes:
    """The log of a term and a mark that were added to the folder."""
    desk = Session(write_folder(folder))
    desk.add_term("水稻", "rice", "")
    desk.undo()
    desk.redo()
    desk.check("p1.l3", 0, 1, "肌")
    content = Log(folder).path.read_bytes()
    shutil.rmtree(folder)
    return content


def send(requests: Path, folder: Path) -> str:
    """What went wrong while every line of ``requests`` was sent to a review of ``folder``."""
    write_folder(folder)
    before = _files(folder)
    shelf = Library(folder)
    key = next(iter(shelf.folders))
    headers = {"x-review-token": "t", "origin": HOME, "content-type": "application/json"}
    client = TestClient(build_app(shelf, token="t", port=9000), base_url=HOME, headers=headers)
    for line in requests.read_bytes().replace(b"KEY", key.encode()).split(b"\n"):
        method, _, rest = line.partition(b" ")
        address, _, body = rest.partition(b" ")
        answer = client.request(
            "POST" if method == b"POST" else "GET", _address(address), content=body if method == b"POST" else None
        )
        if answer.status_code >= 500 or "Traceback" in answer.text:
            return f"{answer.status_code} for {line[:200]!r}: {answer.text[:200]}"
    changed = {name for name, content in _files(folder).items() if before.get(name) != content}
    return f"changed: {sorted(changed)}" if changed - {Log(folder).path.name} else _opens(folder)


def open_log(log: Path, folder: Path) -> str:
    """What went wrong with a review whose log is ``log``."""
    write_folder(folder)
    Log(folder).path.write_bytes(log.read_bytes())
    return _opens(folder)


def _opens(folder: Path) -> str:
    before = Log(folder).path.read_bytes() if Log(folder).path.exists() else b""
    reviewed_document(folder)
    desk = Session(folder)
    desk.add_term("小麦", "wheat", "")
    after = Log(folder).path.read_bytes()
    return "" if after.startswith(before) else "the log lost what stood in it"


def _address(raw: bytes) -> str:
    text = "".join(chr(byte) if 32 < byte < 127 and byte not in b"#\\" else f"%{byte:02X}" for byte in raw)
    return text if text.startswith("/") else f"/{text}"


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
