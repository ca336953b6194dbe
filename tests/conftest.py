"""What the whole suite shares: programs a test may need, and the switch that writes golden files anew."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine is no failure. The same examples each time: a red suite must be the change's own fault.
# New examples come with `pytest --hypothesis-profile=explore`.
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("explore", deadline=None, suppress_health_check=SLOW)
settings.register_profile("suite", settings.get_profile("explore"), derandomize=True)
settings.load_profile("suite")

LANGUAGES = {"chi_sim", "eng"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate", action="store_true", help="write tests/golden anew instead of comparing; read the diff after"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--regenerate") and os.environ.get("CI"):
        raise pytest.UsageError("golden files are written by a person who reads the diff, never by CI")


def _missing_tesseract() -> str:
    program = shutil.which("tesseract")
    if program is None:
        return "the program tesseract is not installed"
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    missing = LANGUAGES - set(listed.stdout.split())
    return f"Tesseract lacks {', '.join(sorted(missing))}" if missing else ""


def _missing_chromium() -> str:
    return "" if any(map(shutil.which, BROWSERS)) else f"none of {', '.join(BROWSERS)} is installed"


PROGRAMS: dict[str, Callable[[], str]] = {"tesseract": _missing_tesseract, "chromium": _missing_chromium}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that needs a program skips without it; ``RECOVER_REQUIRE=tesseract,chromium`` makes it fail instead."""
    required = {name.strip() for name in os.environ.get("RECOVER_REQUIRE", "").split(",") if name.strip()}
    for name, missing in PROGRAMS.items():
        needing = [item for item in items if item.get_closest_marker(name)]
        reason = missing() if needing else ""
        for item in needing if reason else ():
            item.add_marker(
                pytest.mark.usefixtures("missing_program") if name in required else pytest.mark.skip(reason)
            )


@pytest.fixture
def missing_program(request: pytest.FixtureRequest) -> None:
    """Fails the test: CI asked for every program, and one is missing."""
    lacking = [
        reason for name, missing in PROGRAMS.items() if request.node.get_closest_marker(name) and (reason := missing())
    ]
    pytest.fail(f"RECOVER_REQUIRE asks for it, but {'; '.join(lacking)}", pytrace=False)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden(name, text)`` compares with ``tests/golden/name``, or writes it under ``--regenerate``."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--regenerate"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{path} differs; if it should, run pytest --regenerate"

    return compare


@pytest.fixture(scope="session")
def samples() -> Path:
    return Path(__file__).parent.parent / "samples"
