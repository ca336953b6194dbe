"""The same input gives the same bytes, whatever the clock, the time zone, the locale and the number of workers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from recover.export.formats import FORMATS
from recover.fence.tasks import READER_VARIABLE
from samples.batch.compare import differences
from samples.batch.drive import READER
from samples.batch.pages import WIDTH, write_pdf

# The search index knows documents by the time they were written at.
INDEX = "search.sqlite"
FORMATS_ = ",".join(form.name for form in FORMATS if form.name != "pdf")
PLACES = ({"TZ": "Asia/Shanghai", "LC_ALL": "C"}, {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8"})


def test_two_runs_far_apart_make_the_same_bytes(tmp_path: Path) -> None:
    write_pdf(tmp_path / "in" / "a.pdf", 1, [WIDTH] * 4)
    write_pdf(tmp_path / "in" / "b.pdf", 2, [WIDTH])
    for workers, place in enumerate(PLACES, 1):
        out = tmp_path / str(workers)
        command = ["batch", str(tmp_path / "in"), "-o", str(out), "--workers", str(workers), "--formats", FORMATS_]
        environment = {**os.environ, **place, READER_VARIABLE: READER}
        code = "from recover.cli.app import main; main()"
        subprocess.run([sys.executable, "-c", code, *command], env=environment, check=True, capture_output=True)
    assert (tmp_path / "1" / "a" / "document.docx").is_file()
    assert set(differences(tmp_path / "1", tmp_path / "2")) <= {INDEX}
