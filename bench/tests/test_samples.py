import json
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from samples.article import FOLDER, Text, article_names, load_article
from samples.degrade import WEARS, degrade
from samples.fonts import shift_map
from samples.markup import expand_numbers, find_citations, plain_text, typst_content
from samples.reference import FORMATS, parse_reference_lines
from samples.wear import wear_pdf

_PAGE = np.full((300, 200), 255, np.uint8)


def test_marks_become_plain_text_and_citations() -> None:
    source = "在 SOD1^{G93A} 小鼠中^[1,3-4]，H_{2}O_{2} 与 10^{5}@[7]。"
    text = plain_text(source)
    assert text == "在 SOD1G93A 小鼠中[1,3-4]，H2O2 与 105[7]。"
    assert [(text[one.start : one.end], one.numbers) for one in find_citations(source)] == [
        ("[1,3-4]", (1, 3, 4)),
        ("[7]", (7,)),
    ]


def test_text_cannot_break_out_of_its_typst_literal() -> None:
    assert typst_content('"#\\x$') == '[#"\\"#\\\\x$"]'


@pytest.mark.parametrize(("text", "numbers"), [("5", (5,)), ("4,7-9", (4, 7, 8, 9)), ("1-2", (1, 2))])
def test_expands_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert expand_numbers(text) == numbers


@pytest.mark.parametrize(
    ("authors", "family"),
    [
        ("BROWN RH, AL-CHALABI A", "BROWN"),
        ("DI GIORGIO FP, BOULTING GL, et al", "DI GIORGIO"),
        ("KWIATKOWSKI TJ Jr, BOSCO DA", "KWIATKOWSKI"),
        ("AHUJA C S, WILSON J R", "AHUJA"),
        ("何砚秋,林若川", "何砚秋"),
        ("World Health Organization", "World Health Organization"),
    ],
)
def test_first_family_name(authors: str, family: str) -> None:
    assert parse_reference_lines(f"J | {authors} | T | C | 2020")[0].first_family == family


@pytest.mark.parametrize(
    ("dialect", "line", "printed"),
    [
        ("vancouver", "J | OH KW | T | Ann Neurol | 2018 | 84 | 3 | 3-9", "OH KW. T. Ann Neurol. 2018;84(3):3-9."),
        ("vancouver", "J | 何砚秋,等 | 题 | 刊 | 2023 | 27 | 8 | 1-7", "何砚秋,等.题[J].刊,2023,27(8):1-7."),
        ("gbt7714", "J | LU P | T | Cell | 2012 | 150 | 6 | 1-9", "LU P. T[J]. Cell, 2012, 150(6): 1-9."),
        ("gbt7714", "M | 温之恒 | 书 | 东岭: 社 | 2018 | - | - | 112-135", "温之恒. 书[M]. 东岭: 社, 2018: 112-135."),
    ],
)
def test_prints_references(dialect: str, line: str, printed: str) -> None:
    assert FORMATS[dialect](parse_reference_lines(line)[0]) == printed


@pytest.mark.parametrize("name", article_names())
def test_the_committed_truth_holds_the_article(name: str) -> None:
    article = load_article(name)
    truth = json.loads((FOLDER / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    found = [paragraph["text"] for section in truth["sections"] for paragraph in section["paragraphs"]]
    assert found == [plain_text(block.source) for block in article.blocks if isinstance(block, Text)]
    assert [entry["number"] for entry in truth["references"]] == list(range(1, len(article.reference_list) + 1))


@pytest.mark.parametrize("name", article_names())
def test_every_reference_is_cited(name: str) -> None:
    article = load_article(name)
    sources = [block.source for block in article.blocks if isinstance(block, Text)]
    cited = {number for source in sources for one in find_citations(source) for number in one.numbers}
    assert cited == {entry.number for entry in article.reference_list}


def test_wear_is_the_same_for_the_same_seed() -> None:
    first, again, other = (degrade(_PAGE, WEARS["heavy"], seed) for seed in (1, 1, 2))
    assert np.array_equal(first.image, again.image)
    assert not np.array_equal(first.image, other.image)


def test_clean_wear_changes_nothing() -> None:
    assert np.array_equal(degrade(_PAGE, WEARS["clean"], 1).image, _PAGE)


def test_a_scan_is_a_picture_a_page(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    wear_pdf(FOLDER / "typeset" / "msc_hei.pdf", scan, dpi=50, wear="light", text_layer="good", pages=2)
    with pikepdf.open(scan) as pdf:
        assert [len(page.get_images()) for page in pdf.pages] == [1, 1]
        assert b" Tr" in pikepdf.unparse_content_stream(pikepdf.parse_content_stream(_layer(pdf.pages[0])))


def test_a_shifted_map_keeps_its_glyphs_and_moves_its_texts() -> None:
    cmap = b"2 beginbfchar\n<0001> <6797>\n<0002> <82E5>\n<0003> <5DDD>\nendbfchar"
    assert shift_map(cmap) == b"2 beginbfchar\n<0001> <82E5>\n<0002> <5DDD>\n<0003> <6797>\nendbfchar"


def test_one_garbled_font_spoils_only_its_text(tmp_path: Path) -> None:
    out = tmp_path / "garbled.pdf"
    wear_pdf(FOLDER / "typeset" / "msc_hei.pdf", out, dpi=200, wear="light", text_layer="garbled-font")
    with pypdfium2.PdfDocument(out) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert "具有自我更新" not in text
    assert "Preparation, quality control" in text


def _layer(page: pikepdf.Page) -> pikepdf.Object:
    forms = [stream for stream in page.Resources.XObject.values() if stream.Subtype == "/Form"]
    return forms[-1]
