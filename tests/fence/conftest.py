import pytest

from bench.batch.drive import READER
from recover.fence.tasks import READER_VARIABLE


@pytest.fixture(autouse=True)
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of these tests read without networks: supervision is tried, not recognition."""
    monkeypatch.setenv(READER_VARIABLE, READER)
