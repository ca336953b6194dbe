import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.errors import UnreadableInput
from recover.glossary.concept import STATUSES, Concept
from recover.glossary.table import COLUMNS, Sheet, parse, refuse_faults, render

HEAD = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "column 'zh' is missing"),
        (b"zh,en,colour\n", 1, "unknown column 'colour'"),
        (b"zh,en,zh\n", 1, "stands twice"),
        ("zh,en\n干细胞\n".encode(), 2, "1 cells where the header has 2"),
        ("zh,en\n干细胞,stem cell, adult\n".encode(), 2, "3 cells"),
        ("zh,en\n\n干细胞,\n".encode(), 3, "column en: is empty"),
        (
            "zh,en,status\n干细胞,stem cell,prefered\n".encode(),
            2,
            "'prefered' is none of preferred, admitted, forbidden",
        ),
        ("zh,en,status\n干细胞,stem cell,removed\n".encode(), 2, "'removed' is none of"),
        ("zh,en\n干细胞,stem cell\n小鼠,mo".encode() + b"\xff\n", 3, "not UTF-8 (byte 0xff)"),
        ('zh,en\n干细胞,"stem\n'.encode(), 2, "quotes are broken"),
        ('zh,en\n干细胞,"stem\ncell"\n'.encode(), 2, "a line break"),
        ("zh,en\n干细胞,stem\x07cell\n".encode(), 2, "control character"),
    ],
)
def test_faults_name_their_line(content: bytes, line: int, said: str) -> None:
    sheet = parse(content)
    assert [fault.line for fault in sheet.faults] == [line] or sheet.faults[0].line == line
    assert any(said in fault.message for fault in sheet.faults)


def test_error_lists_the_first_faults() -> None:
    sheet = parse(("zh,en\n" + "x,\n" * 5).encode())
    with pytest.raises(UnreadableInput, match=r"a\.csv: line 2: column en: is empty; line 3.*and 2 more"):
        refuse_faults("a.csv", sheet.faults)


def test_only_two_columns_are_needed() -> None:
    assert parse("en,zh\nstem cell,干细胞\n".encode()).concepts == (Concept("干细胞", "stem cell"),)


def test_lines_count_blank_ones() -> None:
    assert parse("zh,en\n\n干细胞,stem cell\n\n小鼠,mouse\n".encode()).lines == (3, 5)


text = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufffd;"), max_size=12
).map(str.strip)
word = text.filter(bool)


@given(
    st.lists(
        st.builds(
            Concept,
            word,
            word,
            text,
            st.lists(word, max_size=3).map(tuple),
            st.lists(word, max_size=3).map(tuple),
            text,
            st.sampled_from(STATUSES),
            text,
            text,
        ),
        max_size=5,
    ),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read(concepts: list[Concept], has_bom: bool, newline: str) -> None:
    sheet = Sheet(tuple(concepts), has_bom=has_bom, newline=newline)
    again = parse(render(sheet))
    assert again.faults == ()
    assert again.concepts == sheet.concepts
    assert again.has_bom == has_bom
    assert render(again) == render(sheet)
