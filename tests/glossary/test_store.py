import multiprocessing
from pathlib import Path

import msgspec
import pytest

from recover.errors import UnreadableInput, UnwritableOutput, UsageError
from recover.glossary import session, store
from recover.glossary.concept import Concept
from recover.glossary.load import load_glossary
from recover.glossary.places import Layer
from recover.glossary.table import Sheet

MOUSE, RAT, CELL = Concept("小鼠", "mouse"), Concept("大鼠", "rat"), Concept("细胞", "cell")


def adding(concept: Concept):
    return lambda sheet: msgspec.structs.replace(sheet, concepts=(*sheet.concepts, concept))


def rows(path: Path) -> list[str]:
    return [concept.zh for concept in load_glossary(str(path)).concepts]


def test_a_save_by_an_editor_in_between_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    store.change(Layer(file), adding(MOUSE))
    calls = []

    def edit(sheet: Sheet) -> Sheet:
        calls.append(1)
        if len(calls) == 1:
            file.write_bytes(file.read_bytes() + "细胞,cell,,,,,,,\n".encode())
        return adding(RAT)(sheet)

    store.change(Layer(file), edit)
    assert rows(file) == ["小鼠", "细胞", "大鼠"]
    assert len(calls) == 2


def test_an_editor_that_never_rests_ends_in_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    store.change(Layer(file), adding(MOUSE))

    def edit(sheet: Sheet) -> Sheet:
        file.write_bytes(file.read_bytes() + "细胞,cell,,,,,,,\n".encode())
        return adding(RAT)(sheet)

    with pytest.raises(UnwritableOutput, match="another program"):
        store.change(Layer(file), edit)
    assert "大鼠" not in rows(file)


def _add_many(file: str, first: int) -> None:
    for number in range(first, first + 10):
        store.change(Layer(Path(file)), adding(Concept(f"词{number}", f"word {number}")))


def test_two_runs_at_once_lose_no_row(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=_add_many, args=(str(file), first)) for first in (0, 100)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(rows(file)) == 20


def test_undo_brings_back_and_brings_forward(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    store.change(Layer(file), adding(MOUSE))
    store.change(Layer(file), adding(RAT))
    store.undo(Layer(file))
    assert rows(file) == ["小鼠"]
    store.undo(Layer(file))
    assert rows(file) == ["小鼠", "大鼠"]


def test_undo_without_a_change(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no earlier version"):
        store.undo(Layer(tmp_path / "a.csv"))


def test_a_change_that_changes_nothing_keeps_the_backup(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    store.change(Layer(file), adding(MOUSE))
    store.change(Layer(file), adding(RAT))
    backup = store.backup_of(file).read_bytes()
    store.change(Layer(file), lambda sheet: sheet)
    assert store.backup_of(file).read_bytes() == backup


def test_a_faulty_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("zh,en\n小鼠\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="line 2"):
        store.change(Layer(file), adding(RAT))
    assert file.read_text(encoding="utf-8") == "zh,en\n小鼠\n"


def test_line_ends_and_mark_stay_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("zh,en\r\n小鼠,mouse\r\n".encode())
    store.change(Layer(file), adding(RAT))
    assert file.read_bytes().startswith(b"zh,en,")
    assert file.read_bytes().count(b"\r\n") == 3


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(UnwritableOutput):
        store.write(blocked / "a.csv", b"")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    store.change(Layer(real), adding(MOUSE))
    link.symlink_to(real)
    store.change(Layer(link), adding(RAT))
    assert link.is_symlink()
    assert rows(real) == ["小鼠", "大鼠"]


def test_editing_a_shipped_glossary_writes_the_users_own(shipped: Path, tmp_path: Path) -> None:
    before = (shipped / "base.csv").read_bytes()
    session.edit("base", "小鼠", {"en": "mouse (Mus musculus)"})
    session.remove("base", "干细胞")
    session.add("base", RAT)
    assert (shipped / "base.csv").read_bytes() == before
    assert (tmp_path / "own" / "base.csv").is_file()
    assert [(c.zh, c.en) for c in load_glossary("base").concepts] == [("小鼠", "mouse (Mus musculus)"), ("大鼠", "rat")]
    session.add("base", Concept("干细胞", "stem cell"))
    assert "干细胞" in {c.zh for c in load_glossary("base").concepts}


def test_a_renamed_shipped_row_hides_the_old_name(shipped: Path) -> None:
    session.edit("base", "小鼠", {"zh": "小家鼠"})
    assert {c.zh for c in load_glossary("base").concepts} == {"干细胞", "小家鼠"}


def test_one_of_two_shipped_rows_of_a_term(shipped: Path) -> None:
    (shipped / "base.csv").write_text("zh,en\n导管,catheter\n导管,duct\n", encoding="utf-8")
    session.remove("base", "导管=duct")
    assert [c.en for c in load_glossary("base").concepts] == ["catheter"]


def test_a_checkout_is_edited_itself(shipped: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("recover.glossary.places.PACKAGE", tmp_path / "package" / "recover")
    session.add("base", RAT)
    assert "大鼠,rat" in (shipped / "base.csv").read_text(encoding="utf-8")


def test_terms_that_name_no_row_or_several(tmp_path: Path) -> None:
    file = str(tmp_path / "a.csv")
    session.add(file, Concept("导管", "catheter"))
    session.add(file, Concept("导管", "duct"))
    with pytest.raises(UsageError, match="is in the glossary already"):
        session.add(file, Concept("导管", "Duct"))
    with pytest.raises(UsageError, match=r"names 2 rows.*导管=catheter"):
        session.remove(file, "导管")
    with pytest.raises(UsageError, match="names no row"):
        session.remove(file, "血管")
    assert session.remove(file, "导管=duct").en == "duct"


@pytest.mark.parametrize(
    "concept", [Concept("", "x"), Concept("词", ""), Concept("词\n", "a\nb"), Concept("词", "x", "", ("a;b",))]
)
def test_rows_that_could_not_be_read_again_are_refused(concept: Concept, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        session.add(str(tmp_path / "a.csv"), concept)
