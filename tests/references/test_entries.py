import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.stages.references.entries import EntryLine, split_entries
from recover.stages.references.parse import assemble
from recover.text.join import seam
from recover.text.reference_lists import is_list_heading
from recover.text.vocabulary import vocabulary


def lines(*texts: str) -> list[EntryLine]:
    return [EntryLine(text=text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "参考文献",
        "参 考 文 献",
        "4 参考文献 References",
        "REFERENCES:",
        "［参考文献］",
        "五、参考文献",
        "References",
        "4 =Emk References",
        "参考文献（References）",
    ],
)
def test_headings(text: str) -> None:
    assert is_list_heading(text)


@pytest.mark.parametrize(
    "text", ["References cited in the text", "参考文献的著录规则", "See References", "文献检索", "1 Introduction", ""]
)
def test_what_is_no_heading(text: str) -> None:
    assert not is_list_heading(text)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("role of TDP-", "43 in cells", "role of TDP-43 in cells"),
        ("bone marrow Cell-", "Derived factors", "bone marrow Cell-Derived factors"),
        ("motor neu-", "rons die", "motor neurons die"),
        ("a long-", "term study", "a long-term study"),
        ("neuroin-", "flammation in mice", "neuroinflammation in mice"),
        ("IMD/NFkB-", "mediated glia", "IMD/NFkB-mediated glia"),
        ("1994: 945-", "952.", "1994: 945-952."),
        ("2022;606(7916):", "945-952.", "2022;606(7916):945-952."),
        ("干细胞移植治疗", "的研究", "干细胞移植治疗的研究"),
        ("干细胞治疗ALS", "的研究", "干细胞治疗ALS的研究"),
        ("stem cells", "in mice", "stem cells in mice"),
        ("https://example.org/", "a/b", "https://example.org/a/b"),
        ("ther\u00ad", "apy", "therapy"),
    ],
)
def test_joints(left: str, right: str, joined: str) -> None:
    drop, between = seam(left, right)
    assert (left[:-drop] if drop else left) + between + right == joined


def test_numbered_entries_over_lines() -> None:
    printed = lines(
        "参考文献",
        "[1] LIU X, HE J. The spread of neu-",
        "rons. Brain Res. 2018;1693(Pt A):",
        "121-126.",
        "(2] ABE K. Two. Nature. 2019;22(2):1-",
        "9.",
        "[4] 王伟, 李强. 冻土的热",
        "传导[J]. 地理学报, 2010, 90(1): 1-5.",
    )
    entries = split_entries(printed)
    assert [entry.number for entry in entries] == [1, 2, 4]
    assert entries[0].text == "LIU X, HE J. The spread of neurons. Brain Res. 2018;1693(Pt A):121-126."
    assert entries[2].text.startswith("王伟, 李强. 冻土的热传导[J]")
    assert entries[2].problems == ("number 3 to 3 missing before 4",)
    assert entries[1].printed == "(2]"


def test_numbers_inside_entries_begin_none() -> None:
    printed = lines(
        "1. Abe K. On rice. Nature. 2001;",
        "12. 5-9.",
        "2. Bell J. On tea. Nature. 2002;1:1-2.",
        "3. Carr T. On salt.",
        "Nature. 2003;1:2-3.",
    )
    assert [entry.number for entry in split_entries(printed)] == [1, 2, 3]


def test_entries_without_numbers_by_indent() -> None:
    printed = [
        EntryLine(text="Abe K. On rice.", indent=0.0),
        EntryLine(text="Nature. 2001;1:1-2.", indent=2.0),
        EntryLine(text="Bell J. On tea.", indent=0.0),
        EntryLine(text="Nature. 2002;1:1-2.", indent=2.0),
    ]
    assert [entry.text for entry in split_entries(printed)] == [
        "Abe K. On rice. Nature. 2001;1:1-2.",
        "Bell J. On tea. Nature. 2002;1:1-2.",
    ]


def test_entries_without_numbers_by_shape() -> None:
    printed = lines(
        "Abe K, Carr T. On rice and",
        "its seasons. Nature. 2001;1:1-2.",
        "Bell J, Dunn R. On tea.",
        "Nature. 2002;1:1-2.",
    )
    assert len(split_entries(printed)) == 2


def test_assembled_references_keep_raw_and_page() -> None:
    found = assemble([EntryLine(text="[1] ABEK, ITO Y. Two. Nature. 2019;22(2):1-9.", page=3)])
    assert (found[0].raw, found[0].page, found[0].number) == ("[1] ABEK, ITO Y. Two. Nature. 2019;22(2):1-9.", 3, 1)
    assert found[0].csl.author[0].family == "Abe"


@pytest.mark.parametrize(
    ("left", "right", "elsewhere", "joined"),
    [
        ("trial of anti-", "sense drugs", "antisense", "trial of antisense drugs"),
        ("trial of anti-", "sense drugs", "anti-sense", "trial of anti-sense drugs"),
        ("The ALS-", "FRS-R: a scale", "ALSFRS-R", "The ALSFRS-R: a scale"),
        ("patient-de-", "rived neurons", "derived", "patient-derived neurons"),
        ("patient-de-", "rived neurons", "", "patient-derived neurons"),
        ("a first-in-", "human study", "", "a first-in-human study"),
        ("expressing SOD-", "1 mutants", "SOD1", "expressing SOD1 mutants"),
        ("TDP-", "43", "TDP-43", "TDP-43"),
        ("sclero-.", "sis", "", "sclerosis"),
    ],
)
def test_the_text_s_own_words_settle_a_hyphen(left: str, right: str, elsewhere: str, joined: str) -> None:
    drop, between = seam(left, right, vocabulary([f"before {elsewhere} after"]))
    assert left[: len(left) - drop] + between + right == joined


@pytest.mark.parametrize(
    ("second", "third", "numbers"),
    [
        ("周BELL J, DUNN R. On tea. Nature. 2002;1:1-2.", "[3] CARR T. On salt.", [1, 2, 3, 4]),
        ("BELL J, DUNN R. On tea. Nature. 2002;1:1-2.", "国沈亦舟，李强. 论盐.", [1, 2, 3, 4]),
        ("[②] BELL J, DUNN R. On tea. Nature. 2002;1:1-2.", "{3\\] CARR T. On salt.", [1, 2, 3, 4]),
        ("• [2] BELL J. On tea. Nature. 2002;1:1-2.", "[3.] CARR T. On salt.", [1, 2, 3, 4]),
    ],
)
def test_unreadable_numbers_are_found_by_the_gap_they_leave(second: str, third: str, numbers: list[int]) -> None:
    printed = [
        EntryLine(text="[1] ABE K. On rice.", indent=0.0),
        EntryLine(text="Nature. 2001;1:1-2.", indent=2.0),
        EntryLine(text=second, indent=0.0),
        EntryLine(text=third, indent=0.0),
        EntryLine(text="Nature. 2003;1:1-2.", indent=2.0),
        EntryLine(text="[4] HOLM R. On mud.", indent=0.0),
        EntryLine(text="Nature. 2004;1:1-2.", indent=2.0),
    ]
    entries = split_entries(printed)
    assert [entry.number for entry in entries] == numbers
    assert entries[1].text.startswith("BELL")
    assert entries[2].text[:4] in {"CARR", "沈亦舟，"}


words = st.text("abcXYZ-,.;: 中文字[]()0123456789", max_size=30)


@given(st.lists(words, max_size=12))
def test_every_character_is_traced_to_its_line(texts: list[str]) -> None:
    printed = lines(*texts)
    entries = split_entries(printed)
    for entry in entries:
        for piece in entry.pieces:
            assert (
                entry.text[piece.start : piece.end]
                == printed[piece.line].text[piece.at : piece.at + piece.end - piece.start]
            )
    used = [line for entry in entries for line in entry.lines]
    assert used == sorted(set(used))


def test_a_misread_number_gives_way_where_the_lines_around_count_to_another() -> None:
    texts = [
        "[1] HEGDE S. A title of words. Nature. 2001;1:1-2.",
        "問BELL J, DUNN R. On tea. Nature. 2002;1:1-2.",
        "[4] GARG L. On salt. Nature. 2003;1:1-2.",
        "回 KNOX A, LEE B. On bread. Nature. 2004;1:1-2.",
        "[5] MOSS C. On wine. Nature. 2005;1:1-2.",
    ]
    entries = split_entries([EntryLine(text=text) for text in texts])
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[3].text.startswith("KNOX")


def hanging(first: list[str]) -> list[EntryLine]:
    """Entries of two lines, the second one hanging."""
    return [
        EntryLine(text=text, indent=indent)
        for start in first
        for text, indent in ((start, 0.0), ("神经损伤, 2020, 9(5): 520-525.", 1.6))
    ]


def test_a_misread_number_gives_way_to_one_that_the_lines_count_to() -> None:
    first = [
        "1. AAA B. One.",
        "汉UCCELLI A. Two.",
        "3. CCC D. Three.",
        "8 ZUK P. Four.",
        "全WANG H. Five.",
        "6. EEE F. Six.",
    ]
    lines = hanging(first)
    entries = split_entries(lines)
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5, 6]


STUBS = [
    "D] AHUJA C. One.",
    "回ASSINCK P. Two.",
    "P6] 方以蓝. 三.",
    "gg ANDERSON M. Four.",
    "Ba3] 沈亦舟. 五.",
    "07] 鲁明川. 六.",
]


def test_a_list_whose_numbers_are_all_misread_is_counted() -> None:
    lines = hanging(STUBS)
    entries = split_entries(lines)
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert [entry.printed for entry in entries] == ["D]", "回", "P6]", "gg", "Ba3]", "07]"]
    assert entries[1].text.startswith("ASSINCK P")


def test_a_list_without_numbers_is_not_counted() -> None:
    names = ["AHUJA C. One.", "ASSINCK P. Two.", "方以蓝. 三.", "ANDERSON M. Four.", "沈亦舟. 五."]
    lines = hanging(names)
    assert [entry.number for entry in split_entries(lines)] == [0] * 5


def test_a_misread_number_gives_way_where_lines_stand_out_as_first_ones_do() -> None:
    """Of the numbers 3 to 9 one was read, as 8 for 6; seven lines stand out between 2 and 10."""
    heads = {2: "[2] SMITH A", 6: "[8] MILLER B", 10: "[10] OLSEN C", 11: "[11] PARK D"}
    lines = []
    for number in range(1, 12):
        head = heads.get(number, f"問 BROWN {chr(64 + number)}" if number % 2 else "[ GREEN E")
        lines.append(EntryLine(text=f"{head}. A title of some cells in the cord of", indent=0.0))
        lines.append(EntryLine(text="animals. Cell Rep, 2015, 7(4): 12-15.", indent=2.4))
    assert [entry.number for entry in split_entries(lines)] == list(range(1, 12))
