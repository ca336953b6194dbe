from __future__ import annotations

from pathlib import Path

import pytest

from recover.api import index_folder, load_document, search_folder
from recover.errors import UnreadableInput, UsageError
from recover.model.geometry import Box
from recover.search.find import Hit
from recover.search.query import Filters
from recover.search.store import NAME
from tests.review.made import LEFT, SIZE, STEP, write_folder
from tests.search.conftest import PAPERS, retitled


def papers(library: Path, query: str, **filters: object) -> list[str]:
    chosen = Filters(**filters)  # type: ignore[arg-type]
    return [paper.path for paper in search_folder(library, query, filters=chosen).papers]


def best(library: Path, query: str) -> Hit:
    return search_folder(library, query).papers[0].hits[0]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("间充质干细胞", "als"),
        ("mesenchymal stem cell", "als"),
        ("ALS", "als"),
        ("amyotrophic lateral sclerosis", "als"),
        ("肌力改善", "taiwan"),
        ("移植后病人", "taiwan"),
        ("treating", "mouse"),
        ("NEAR(SOD1 treated, 3)", "mouse"),
        ('"stem cells"', "mouse"),
        ("小鼠 OR 不存在的词", "mouse"),
    ],
)
def test_both_languages_and_both_scripts_find_a_paper(library: Path, query: str, first: str) -> None:
    assert papers(library, query)[0] == first


def test_what_the_glossary_added_is_told_and_quotes_keep_it_out(library: Path) -> None:
    found = search_folder(library, "stem cell")
    assert "干细胞" in dict(found.added)["stem cell"]
    assert search_folder(library, '"stem cell"').added == ()


def test_a_misread_character_is_forgiven_ranked_lower_and_marked(library: Path) -> None:
    found = search_folder(library, '"干细胞"')
    assert [paper.path for paper in found.papers][-1] == "mouse"
    (doubtful,) = found.papers[-1].hits
    assert doubtful.is_doubtful
    assert doubtful.sentence == "于细胞移入小鼠脊髓。"
    assert doubtful.spots[0].read_as == "干细胞"


def test_a_whole_word_comes_before_its_characters_in_two_words(library: Path) -> None:
    sentences = [hit.sentence for hit in search_folder(library, '"干细胞"').papers[1].hits]
    assert sentences[0] == "幹細胞移植後病人的肌力改善。"
    assert "若干细胞碎片留在培养液中。" in sentences


def test_a_hit_tells_its_section_page_and_the_place_of_its_words(library: Path) -> None:
    hit = best(library, "安全性")
    assert (hit.section, hit.page, hit.sentence) == ("2 结果", 1, "间充质干细胞安全性好。")
    top = 30 + STEP
    words = Box(LEFT + 6 * SIZE, top, LEFT + 9 * SIZE, top + SIZE)
    (place,) = hit.boxes
    assert place.box.intersection(words) > 0.99 * max(words.area, place.box.area)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kinds": ("table",)}, ["als"]),
        ({"title": "小鼠"}, []),
        ({"section_kinds": ("methods",)}, []),
        ({"lang": "en"}, []),
        ({"confidence": 0.95}, []),
        ({"years": (2000, 2010)}, []),
    ],
)
def test_filters_narrow(library: Path, filters: dict[str, object], expected: list[str]) -> None:
    assert papers(library, "第一列", **filters) == expected


def test_words_in_different_passages_still_find_the_paper_and_it_is_said(library: Path) -> None:
    found = search_folder(library, "SOD1 脊髓")
    assert found.is_spread
    assert [paper.path for paper in found.papers] == ["mouse"]
    assert not search_folder(library, "SOD1 mice").is_spread


def test_not_leaves_out(library: Path) -> None:
    assert "taiwan" not in papers(library, '"干细胞" NOT (移植 OR 碎片)')


def test_only_changed_papers_are_read_again_and_gone_ones_leave(library: Path) -> None:
    assert index_folder(library).entered == 0
    write_folder(library / "mouse", retitled(PAPERS["mouse"], "另一个题目"))
    (library / "taiwan" / "document.json").unlink()
    done = index_folder(library)
    assert (done.documents, done.entered, done.removed) == (2, 1, 1)
    assert papers(library, "肌力改善") == []
    assert search_folder(library, "SOD1").papers[0].title[0] == "另一个题目"


def test_a_paper_that_cannot_be_read_is_named_and_the_others_are_found(library: Path) -> None:
    (library / "mouse" / "document.json").write_text("{", encoding="utf-8")
    done = index_folder(library)
    assert [name for name, _ in done.failed] == ["mouse"]
    assert papers(library, "SOD1") == []
    assert papers(library, "肌力改善") == ["taiwan"]


def test_reviewed_text_is_what_is_found(library: Path) -> None:
    from recover.review.session import Session

    desk = Session(library / "als")
    block = next(block for block in desk.sheet.blocks.values() if "姜缩" in block.text)
    desk.write(block.id, block.text, block.text.replace("姜", "萎"))
    assert "萎缩侧索硬化是" in load_document(library / "als", reviewed=True).sections[0].paragraphs[0].text
    index_folder(library)
    assert best(library, '"肌萎缩侧索硬化是一种"').sentence.startswith("肌萎缩侧索硬化是")


def test_a_damaged_index_is_one_clear_error(library: Path) -> None:
    content = bytearray((library / NAME).read_bytes())
    content[2000:6000] = b"\x07" * 4000
    (library / NAME).write_bytes(content)
    with pytest.raises(UnreadableInput, match="damaged"):
        search_folder(library, "干细胞")


def test_no_index_and_no_documents_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="recover index"):
        search_folder(tmp_path, "干细胞")
    with pytest.raises(UnreadableInput, match="no recovered document"):
        index_folder(tmp_path)
    with pytest.raises(UnreadableInput, match="is not a folder"):
        index_folder(tmp_path / "nowhere")


def test_a_query_of_marks_alone_is_a_usage_error(library: Path) -> None:
    with pytest.raises(UsageError):
        search_folder(library, "，。！")
