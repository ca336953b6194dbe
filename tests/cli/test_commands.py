"""What the commands print, and that the command line alone decides how errors end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recover.cli.pdf import targets
from recover.errors import Check, RecoverError, UnreadableInput
from recover.model.document import SCHEMA
from recover.settings import parse_pages


def test_schema_is_json_that_names_the_contract(recover: Callable) -> None:
    outcome = recover("schema")
    assert outcome.code == 0
    schema = json.loads(outcome.out)
    assert schema["$ref"] in {"#/$defs/Document", "#"} or "properties" in schema
    assert SCHEMA in outcome.out


def test_no_arguments_show_the_commands(recover: Callable) -> None:
    told = recover().out
    assert all(
        command in told for command in ("pdf", "text", "refs", "batch", "glossary", "review", "export", "doctor")
    )


def test_an_unknown_command_is_a_usage_error(recover: Callable) -> None:
    assert recover("pfd").code == 2


def test_doctor_lists_what_it_tried(recover: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    from recover import doctor

    checks = (
        Check(name="reader", works=True, found="a model"),
        Check(name="extra", works=False, found="not installed", remedy="install it", needed=False),
    )
    monkeypatch.setattr(doctor, "examine", lambda: checks)
    outcome = recover("doctor")
    assert outcome.code == 0
    assert [line.split()[0] for line in outcome.out.splitlines()] == ["ok", "absent"]
    monkeypatch.setattr(doctor, "examine", lambda: (Check(name="reader", works=False, found="gone", remedy="get it"),))
    outcome = recover("doctor")
    assert outcome.code == 4
    assert "MISSING" in outcome.out
    assert "get it" in outcome.out


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["a.pdf", "b.pdf"], ["a", "b"]),
        (["a.pdf", "a.png"], ["a.pdf", "a.png"]),
        (["x/a.pdf", "y/a.pdf"], ["a.pdf", "a.pdf-2"]),
    ],
)
def test_files_of_one_name_get_folders_of_their_own(files: list[str], names: list[str]) -> None:
    assert targets([Path(file) for file in files], Path("out")) == [Path("out") / name for name in names]


@pytest.mark.parametrize(
    ("ranges", "pages"), [("1", (0,)), ("1-3", (0, 1, 2)), ("8,1-2,2", (0, 1, 7)), ("2，4", (1, 3)), (" 3 ", (2,))]
)
def test_pages_are_counted_from_one_by_users(ranges: str, pages: tuple[int, ...]) -> None:
    assert parse_pages(ranges) == pages


def test_an_error_is_one_line_whatever_its_cause_says(recover: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise UnreadableInput("a.pdf", "broken\nover two lines", "fetch it again")

    monkeypatch.setattr("recover.recover_pdf", fail)
    assert recover("pdf", "a.pdf").err == "recover: a.pdf: broken over two lines; fetch it again\n"


def test_errors_cross_process_borders() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(UnreadableInput("a.pdf", "broken", "mend it")))
    assert isinstance(error, RecoverError)
    assert (error.subject, error.cause, error.remedy, error.exit_code) == ("a.pdf", "broken", "mend it", 3)


WAITING = """
import sys, time, recover
from recover.cli.app import main
from recover.errors import Check
def wait(*arguments):
    print("waiting", flush=True)
    time.sleep(60)
recover.recover_pdf = wait
sys.argv = ["recover", "pdf", "a.pdf"]
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="interrupts are signals only on POSIX")
def test_an_interrupted_run_ends_with_130() -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "waiting\n"
    time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in told
