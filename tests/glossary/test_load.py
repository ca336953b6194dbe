from pathlib import Path

import pytest

from recover.errors import UnreadableInput
from recover.glossary import places
from recover.glossary.load import load_glossary, load_stack


def test_by_path_and_again_from_the_cache(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("zh,en\n干细胞,stem cell\n", encoding="utf-8-sig")
    first = load_glossary(str(file))
    assert first.name == "a"
    assert load_glossary(str(file)) == first
    file.write_text("zh,en\n干细胞,stem cells\n", encoding="utf-8-sig")
    assert load_glossary(str(file)).concepts[0].en == "stem cells"


def test_a_broken_cache_costs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("zh,en\n干细胞,stem cell\n", encoding="utf-8")
    before = load_glossary(str(file))
    for kept in (tmp_path / "cache" / "glossaries").iterdir():
        kept.write_bytes(b"\x00nonsense")
    assert load_glossary(str(file)) == before


def test_an_unwritable_cache_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(places, "cache_folder", lambda: blocked)
    file = tmp_path / "a.csv"
    file.write_text("zh,en\n干细胞,stem cell\n", encoding="utf-8")
    assert len(load_glossary(str(file))) == 1


def test_unknown_names_and_missing_files() -> None:
    with pytest.raises(UnreadableInput, match="no glossary has this name"):
        load_glossary("nowhere")
    with pytest.raises(UnreadableInput, match="No such file"):
        load_glossary("nowhere.csv")


def test_later_glossaries_override_earlier_ones(tmp_path: Path) -> None:
    for name, rows in (("a", "小鼠,mouse\n导管,catheter\n导管,duct\n"), ("b", "导管,vessel\n")):
        (tmp_path / f"{name}.csv").write_text("zh,en\n" + rows, encoding="utf-8")
    both = load_stack([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")])
    assert [(c.zh, c.en) for c in both.concepts] == [("小鼠", "mouse"), ("导管", "vessel")]


def test_the_users_file_lies_over_the_shipped_one(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    own = "zh,en,status\n小鼠,mice,\n干细胞,,removed\n大鼠,rat,\n"
    (tmp_path / "own" / "base.csv").write_text(own, encoding="utf-8")
    assert [(c.zh, c.en) for c in load_glossary("base").concepts] == [("小鼠", "mice"), ("大鼠", "rat")]
