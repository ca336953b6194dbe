from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.batch.ledger import Targets, folders_above
from recover.batch.walk import is_unfinished, walk
from recover.errors import UnreadableInput


@pytest.mark.parametrize(
    ("names", "targets"),
    [
        (["a.pdf", "b/a.pdf"], ["a", "b/a"]),
        (["a.jpg", "a.pdf"], ["a", "a.pdf"]),
        (["a.pdf", "A.PDF"], ["a", "A.PDF"]),
        (["a.pdf", "A.pdf", "a.png", "a.PNG"], ["a", "A.pdf", "a.png", "a.PNG-2"]),
        (["b.pdf", "b/c.pdf"], ["b.pdf", "b/c"]),
        (["论文.pdf", "论文 2.pdf"], ["论文", "论文 2"]),
        (["no-ending", "v1.2.pdf"], ["no-ending", "v1.2"]),
        (["batch-report.html.pdf"], ["batch-report.html.pdf"]),
        (["dots....pdf"], ["dots"]),
    ],
)
def test_targets(names: list[str], targets: list[str]) -> None:
    chooser = Targets([], folders_above(names))
    assert [chooser.choose(name) for name in names] == targets


@given(st.lists(st.text("aAbB./", min_size=1).filter(lambda name: name.strip("./")), unique=True, max_size=8))
def test_no_two_files_share_a_target_or_stand_in_anothers_way(names: list[str]) -> None:
    names = [
        name
        for name in dict.fromkeys("/".join(part for part in n.split("/") if part.strip(".")) for n in names)
        if name
    ]
    chooser = Targets([], folders_above(names))
    targets = [chooser.choose(name).casefold() for name in names]
    assert len(set(targets)) == len(names)
    assert not set(targets) & {folder.casefold() for folder in folders_above(names)}


def test_what_is_taken_up(tmp_path: Path) -> None:
    for name in (
        "a.pdf",
        "b.PNG",
        "sub/c.tiff",
        "d.txt",
        ".hidden.pdf",
        "e.pdf.part",
        "~$f.pdf",
        ".sub/g.pdf",
        "out/h.pdf",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "scan0001").write_bytes(b"%PDF-1.4")
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    found = {file.name: file.fault for file in walk(str(tmp_path), str(tmp_path / "out"))}
    assert sorted(found) == ["a.pdf", "b.PNG", "gone.pdf", "scan0001", "sub/c.tiff"]
    assert [name for name, fault in found.items() if fault] == ["gone.pdf"]
    assert is_unfinished("x/scan.pdf.crdownload")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such folder"):
        list(walk(str(tmp_path / "nothing"), ""))
