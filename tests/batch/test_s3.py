"""A batch whose inputs and outputs stand in a bucket: a real server, real requests, set up as a user would."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recover.pipeline.storage import RemoteStorage, remote_files
from samples.batch.compare import differences
from samples.batch.dask_cluster import cluster
from samples.batch.pages import WIDTH, pdf_bytes, write_pdf

for package in ("s3fs", "moto", "flask", "flask_cors", "distributed"):
    pytest.importorskip(package)

ROOT = Path(__file__).parents[2]
SERVER = "from moto.server import main; main()"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an S3 server in a process of its own, on a port that the system chose."""
    log = tmp_path_factory.mktemp("s3") / "log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, "-H", "127.0.0.1", "-p", "0"], stdout=told, stderr=told
        )
    try:
        yield address(process, log)
    finally:
        process.kill()
        process.wait()


def address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    for _ in range(300):
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            return found[0]
        try:
            process.wait(0.1)
            break
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"the S3 server doesn't start: {log.read_text()}")


@pytest.fixture(autouse=True)
def surroundings(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of the command, and of the cluster's workers."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def batch(folder: object, out: object, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "recover", "batch", str(folder), "-o", str(out), "--workers", "1"]
    return subprocess.run([*command, *options], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


def events(run: "subprocess.CompletedProcess[str]") -> list[dict[str, object]]:
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_a_cluster_on_a_bucket_makes_the_bytes_of_a_local_run(tmp_path: Path) -> None:
    import s3fs

    for number, name in enumerate(("a.pdf", "论文/第 1 篇.pdf", "论文/b+c.pdf")):
        write_pdf(tmp_path / "in" / name, number, [WIDTH])
    store = s3fs.S3FileSystem()
    store.mkdir("papers")
    store.put(f"{tmp_path}/in/", "papers/in/", recursive=True)
    events(batch(tmp_path / "in", tmp_path / "local", "--json"))

    with cluster(tmp_path / "dask", 1) as workers:
        first = events(batch("s3://papers/in", "s3://papers/out", "--json", "--scheduler", workers.address))
    assert [event["event"] for event in first].count("page") == 3
    store.get("papers/out/", f"{tmp_path}/fetched/", recursive=True)
    assert differences(tmp_path / "local", tmp_path / "fetched") == []
    before = store.find("papers", detail=True)

    again = events(batch("s3://papers/in", "s3://papers/out", "--json"))
    assert {event["event"] for event in again} == {"started", "finished"}
    store.invalidate_cache()
    assert {name: info["ETag"] for name, info in store.find("papers", detail=True).items()} == {
        name: info["ETag"] for name, info in before.items()
    }

    store.rm("papers/out/a", recursive=True)
    store.pipe_file("papers/in/论文/b+c.pdf", pdf_bytes(9))
    changed = events(batch("s3://papers/in/", "s3://papers/out/", "--json"))
    assert {event["file"] for event in changed if event["event"] == "file"} == {"a.pdf", "论文/b+c.pdf"}
    assert [event["file"] for event in changed if event["event"] == "page"] == ["论文/b+c.pdf"]


@pytest.mark.parametrize(("folder", "out", "code"), [("s3://nowhere/in", "out", 3), ("in", "s3://nowhere/out", 6)])
def test_a_missing_bucket_is_said_in_a_line_and_not_made(tmp_path: Path, folder: str, out: str, code: int) -> None:
    import s3fs

    write_pdf(tmp_path / "in" / "a.pdf", 1, [WIDTH])
    places = [name if "://" in name else tmp_path / name for name in (folder, out)]
    told = batch(*places, "--json")
    assert told.returncode == code, told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert "nowhere" in told.stderr
    assert not s3fs.S3FileSystem().exists("nowhere")
    if code == 3:  # and the slip does not bind the output to that address
        assert batch(tmp_path / "in", places[1], "--json").returncode == 0


def test_missing_keys_are_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    told = batch("s3://papers/in", tmp_path / "out")
    assert (told.returncode, len(told.stderr.splitlines())) == (3, 1), told.stderr
    assert "credentials" in told.stderr


def test_what_others_write_is_seen_at_once() -> None:
    import s3fs

    other = s3fs.S3FileSystem(skip_instance_cache=True)
    other.mkdir("drop")
    other.pipe_file("drop/in/a.pdf", b"one")
    assert [name for name, _ in remote_files("s3://drop/in")] == ["a.pdf"]
    before = RemoteStorage().stamp("s3://drop/in/a.pdf")
    other.pipe_file("drop/in/a.pdf", b"two")
    other.pipe_file("drop/in/b.pdf", b"one")
    assert [name for name, _ in remote_files("s3://drop/in")] == ["a.pdf", "b.pdf"]
    assert RemoteStorage().stamp("s3://drop/in/a.pdf") != before
