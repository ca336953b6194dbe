import pytest

from recover.fence.tasks import READER_VARIABLE
from samples.batch.drive import READER


@pytest.fixture(autouse=True)
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of these tests read without networks: supervision is tried, not recognition."""
    monkeypatch.setenv(READER_VARIABLE, READER)
