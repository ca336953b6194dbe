"""Terms compete for doubtful characters by evidence; a right reading keeps its ground."""

from collections.abc import Mapping, Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.glossary.concept import Concept, Glossary
from recover.model.geometry import Box, Transform
from recover.model.page import Alternative, Doubt, Line, PageReading, Region
from recover.stages.biasing.bias import bias_page
from recover.stages.biasing.lexicon import lexicon_for
from recover.stages.biasing.rewrite import Change, rewrite
from recover.stages.biasing.words import longest_word

GLOSSARY = Glossary(
    "test",
    (
        Concept("间充质干细胞", "mesenchymal stem cell", "MSC"),
        Concept("骨髓间充质干细胞", "bone marrow mesenchymal stem cell"),
        Concept("干细胞", "stem cell"),
        Concept("肌萎缩侧索硬化", "amyotrophic lateral sclerosis", "ALS"),
        Concept("利鲁唑", "riluzole"),
        Concept("超氧化物歧化酶", "superoxide dismutase"),
        Concept("超氧化物歧化酶1", "superoxide dismutase 1", "SOD1"),
        Concept("胶质瘢痕", "glial scar"),
        Concept("胶质疤痕", "glial cicatrix"),
        Concept("鞘内注射", "intrathecal injection"),
        Concept("旧称错词", "never used term", status="forbidden"),
    ),
)

# Place in the line, and what else may stand there.
Others = Mapping[int, Sequence[tuple[str, float]]]


def line(text: str, others: Others, *, own: float = 0.6, number: int = 1, reader: str = "p") -> Line:
    return Line(
        id=f"l{number}",
        text=text,
        box=Box(0, 12 * number, 10 * len(text), 12 * number + 10),
        lefts=tuple(10.0 * at for at in range(len(text))),
        rights=tuple(10.0 * at + 10 for at in range(len(text))),
        confidences=tuple(own if at in others else 0.999 for at in range(len(text))),
        readers="p" * len(text),
        weights=tuple(0.1 for _ in text),
        doubts=tuple(Doubt(at, tuple(Alternative(c, p, reader) for c, p in rest)) for at, rest in others.items()),
    )


def page(*lines: Line, kind: str = "text") -> PageReading:
    region = Region(id="r1", kind=kind, box=Box(0, 0, 500, 500), lines=lines)
    return PageReading(index=3, width=595, height=842, dpi=200, regions=(region,), to_page=Transform(c=100, f=50))


def read(*lines: Line, kind: str = "text") -> tuple[str, PageReading]:
    given_page = page(*lines, kind=kind)
    biased = bias_page(given_page, lexicon_for(GLOSSARY, [given_page]))
    return "|".join(one.text for one in biased.regions[0].lines), biased


@pytest.mark.parametrize(
    ("text", "others", "now"),
    [
        ("移植同充质干细胞后", {2: [("间", 0.2)]}, "移植间充质干细胞后"),
        ("同充质千细胞", {0: [("间", 0.3)], 3: [("干", 0.39)]}, "间充质干细胞"),
        ("骨链间充质干细胞", {1: [("髓", 0.02)]}, "骨髓间充质干细胞"),  # the longest of the nested terms
        ("amyotrophic iateral sclerosis", {12: [("l", 0.2)]}, "amyotrophic lateral sclerosis"),
        ("利善唑", {1: [("鲁", 0.3)]}, "利鲁唑"),
        ("肌萎缩侧.索硬化", {4: [("", 0.3)]}, "肌萎缩侧索硬化"),  # a speck read as a point
    ],
)
def test_a_term_wins_where_the_image_supports_it(text: str, others: Others, now: str) -> None:
    assert read(line(text, others))[0] == now


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("同充质干细胞", {}),  # one character from a term, but nobody doubted it
        ("同充质干细胞", {0: [("门", 0.3)]}),  # the image says something else
        ("同充质干细胞", {0: [("间", 0.0015)]}),  # hardly seen
        ("作用于细胞", {2: [("干", 0.3)]}),  # 用于 is a word
        ("超氧化物歧化酶(", {7: [("1", 0.3)]}),  # the term stands there already
        ("间充质干细胞。", {6: [("", 0.4)]}),  # what follows a term is not its own
        ("分离骨髓.间充质干细胞", {4: [("", 0.1)]}),  # a sentence may end there
        ("旧称借词", {2: [("错", 0.4)]}),  # forbidden terms are no help
        ("利普唑", {1: [("鲁", 0.01)]}),  # too short a term for so faint a trace
    ],
)
def test_a_reading_stands(text: str, others: Others) -> None:
    now, biased = read(line(text, others))
    assert (now, biased.corrections) == (text, ())


def test_another_readers_posterior_does_not_count() -> None:
    assert read(line("同充质干细胞", {0: [("间", 0.9)]}, reader="t"))[0] == "同充质干细胞"


def test_a_term_broken_over_lines() -> None:
    now, biased = read(line("注入间充质", {}), line("千细胞后", {0: [("干", 0.3)]}, number=2))
    assert now == "注入间充质|干细胞后"
    assert biased.corrections[0].was == "间充质千细胞"


def test_cells_of_a_table_are_no_running_text() -> None:
    lines = line("间充", {}), line("质千细胞", {1: [("干", 0.2)]}, number=2)
    assert "间充质" not in read(*lines, kind="table")[1].corrections[0].now


def by_tesseract(text: str, at: int, own: float = 0.9) -> str:
    """What becomes of a line by a reader that names few rivals, with the character at ``at`` in doubt."""
    read_line = line(text, {at: [("半", 0.01)]}, own=own, reader="s")
    return read(msgspec.structs.replace(read_line, readers="s" * len(text)))[0]


@pytest.mark.parametrize(
    ("text", "at", "now"),
    [
        ("肌姜缩侧索硬化", 1, "肌萎缩侧索硬化"),
        ("超氧化物歧化醇", 6, "超氧化物歧化酶"),
        ("利鲁只", 2, "利鲁只"),  # too short a term for a character nobody saw
        ("鞘内注谢", 3, "鞘内注谢"),  # and this one may be another word: 注入
        ("蒜内注射", 0, "蒜内注射"),  # what a term begins with is no less a guess
        ("胶质首痕", 2, "胶质首痕"),  # two terms fit
        ("肌和缩侧索硬化", 1, "肌和缩侧索硬化"),  # a word that joins others
    ],
)
def test_a_reader_that_names_few_rivals_leaves_room_for_others(text: str, at: int, now: str) -> None:
    assert by_tesseract(text, at) == now


def test_no_room_is_left_where_it_was_sure() -> None:
    assert by_tesseract("肌姜缩侧索硬化", 1, own=0.99) == "肌姜缩侧索硬化"
    assert read(line("肌姜缩侧索硬化", {1: [("半", 0.01)]}, own=0.9))[0] == "肌姜缩侧索硬化"


def test_what_is_recorded() -> None:
    _, biased = read(line("移植同充质干细胞", {2: [("间", 0.2), ("问", 0.1)]}))
    correction, changed = biased.corrections[0], biased.regions[0].lines[0]
    assert (correction.page, correction.was, correction.now) == (3, "同充质干细胞", "间充质干细胞")
    assert correction.why == "glossary: 间充质干细胞"
    assert correction.box == Box(120, 62, 180, 72)
    assert "间 0.200 for 同 0.600" in correction.evidence
    assert changed.confidences[2] > 0.6
    assert changed.doubts[0].alternatives == (Alternative("同", 0.6, "p"), Alternative("问", 0.1, "p"))


def test_an_empty_glossary_changes_nothing() -> None:
    given_page = page(line("同充质干细胞", {0: [("间", 0.4)]}))
    assert bias_page(given_page, lexicon_for(Glossary("none", ()), [given_page])) is given_page


def test_a_second_time_nothing_is_left_to_do() -> None:
    _, once = read(line("同充质千细胞", {0: [("间", 0.3)], 3: [("干", 0.39)]}))
    assert bias_page(once, lexicon_for(GLOSSARY, [once])) == once


@given(st.text(alphabet="间同充质干千于细胞骨髓链 -。a1", max_size=30), st.data())
def test_every_change_was_among_the_doubts(text: str, data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(0, max(0, len(text) - 1)))) if text else set()
    others = {at: [(data.draw(st.sampled_from("间同充质干千于")), 0.3), ("", 0.05)] for at in sorted(places)}
    before = line(text, others)
    after = read(before)[1].regions[0].lines[0]
    assert {len(after.text)} == {len(after.lefts), len(after.rights), len(after.confidences), len(after.readers)}
    if len(after.text) == len(text):
        for at, char in enumerate(after.text):
            assert char == text[at] or char in {other for other, _ in others[at]}


def test_a_line_loses_a_character_everywhere() -> None:
    shorter = rewrite(line("ab.c", {2: [("", 0.4)], 3: [("e", 0.2)]}), [Change(2, "", 0.9)])
    assert (shorter.text, shorter.lefts, len(shorter.weights)) == ("abc", (0.0, 10.0, 30.0), 3)
    assert [doubt.at for doubt in shorter.doubts] == [2]


@pytest.mark.parametrize(
    ("text", "at", "size"), [("作用于细胞", 2, 2), ("质于细胞", 1, 0), ("模型分析", 0, 2), ("", 0, 0)]
)
def test_common_words(text: str, at: int, size: int) -> None:
    assert longest_word(text, at) == size
