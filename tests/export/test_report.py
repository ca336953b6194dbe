import base64
import hashlib
import re
from pathlib import Path

import msgspec
import pytest
from lxml import html

from recover.export import report
from recover.export.report.readings import BUDGET, page_picture
from recover.model.document import AbstractPair, BilingualList, Document, Mention, TermDoubt, Wording
from tests.export.conftest import picture


@pytest.fixture(scope="module")
def page(paper: Document, folder: Path) -> html.HtmlElement:
    return html.fromstring(report.render(paper, folder).decode())


def test_the_account_comes_first_and_the_problems_follow(page: html.HtmlElement) -> None:
    keys = [section.get("id") for section in page.xpath("//main/section")]
    assert keys == ["account", "problems", "abstracts", "pages", "corrections", "references", "terms"]
    rows = page.xpath("//section[@id='problems']//tbody/tr")
    assert ["no terms" in rows[0].text_content(), "missing" in rows[1].text_content()] == [True, True]


def test_every_link_has_its_place_and_every_place_one_name(page: html.HtmlElement) -> None:
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    targets = [target for target in page.xpath("//a/@href") if target.startswith("#")]
    assert targets
    assert {target[1:] for target in targets} <= set(names)


def test_nothing_is_fetched_or_run(page: html.HtmlElement) -> None:
    assert not page.xpath("//script | //link | //iframe | //object | //@onclick | //@style")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = page.xpath("//style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'")
    assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_regions_are_drawn_in_order_with_their_decision(page: html.HtmlElement) -> None:
    sheet = page.xpath("//article[@id='page-1']//*[local-name()='svg']")[0]
    assert len(sheet.xpath(".//*[@class='regions']/*")) == 3
    assert [item.text for item in sheet.xpath(".//*[@class='order']/*[local-name()='text']")] == ["1", "2"]
    assert sheet.xpath(".//*[contains(@class, 'd-re-read')]")
    assert "letters that make no words" in page.xpath("//article[@id='page-1']//details")[0].text_content()


def test_doubtful_characters_are_marked_by_how_doubtful_they_are(page: html.HtmlElement) -> None:
    line = page.xpath("//*[@id='l-p1.l2']")[0]
    marks = line.xpath("./mark")
    assert [(mark.text, mark.get("class"), mark.get("title")) for mark in marks[:2]] == [
        ("干", "c3", "45%"),
        ("e", "c3", "45%"),
    ]
    assert line.text_content() == "干细胞 (stem cell) 移植有效[1]"


def test_a_turned_page_is_shown_upright(page: html.HtmlElement) -> None:
    sheet = page.xpath("//article[@id='page-2']//*[local-name()='svg']")[0]
    assert sheet.get("viewbox") == "0 0 595 842"


def test_terms_of_the_abstracts_link_across(page: html.HtmlElement) -> None:
    chinese, english = page.xpath("//*[@class='abstracts']//a")
    assert (chinese.text, chinese.get("href"), english.get("id")) == ("干细胞", "#en-0", "en-0")
    assert (english.text, english.get("href"), chinese.get("id")) == ("stem cells", "#zh-0", "zh-0")


def test_sentences_stand_beside_each_other(paper: Document, folder: Path) -> None:
    zh, en = "甲乙。丙丁。", "To A. To B. To C."
    pairs = (
        AbstractPair(zh=(at("zh", 0, 3),), en=(at("en", 0, 5), at("en", 6, 11)), score=1.0),
        AbstractPair(zh=(at("zh", 3, 6),), en=()),
        AbstractPair(zh=(), en=(at("en", 12, 17),)),
    )
    lone = TermDoubt(kind="untranslated", term=1, wordings=(Wording(text="丙丁", mentions=(at("zh", 3, 5),)),))
    terms = tuple(
        msgspec.structs.replace(term, mentions=(at("zh", *place),))
        for term, place in zip(paper.terms, ((0, 2), (3, 5)), strict=True)
    )
    text = BilingualList(zh=(zh,), en=(en,))
    made = msgspec.structs.replace(paper, abstracts=text, abstract_pairs=pairs, terms=terms, term_doubts=(lone,))
    page = html.fromstring(report.render(made, folder).decode())
    rows = page.xpath("//*[@class='pair']")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["甲乙。", "To A. To B."],
        ["丙丁。", ""],
        ["", "To C."],
    ]
    assert [link.get("class").split()[1] for link in page.xpath("//*[@class='pair']//a")] == ["single", "lone"]
    assert page.xpath("//table[@class='term-doubts']//li/a/@href") == [f"#{rows[1].get('id')}"]


def at(lang: str, start: int, end: int) -> Mention:
    return Mention(section=f"abstract-{lang}", paragraph=0, start=start, end=end)


def test_doubts_about_terms_lead_to_their_places(page: html.HtmlElement) -> None:
    rows = page.xpath("//table[@class='term-doubts']/tbody/tr")
    assert [row.xpath("./td[1]/a/@href") for row in rows] == [["#term-0"], ["#term-1"]]
    assert rows[0].xpath(".//li")[0].text_content().startswith("干细胞 ×1: ")
    assert rows[0].xpath(".//li/a/@href") == ["#pair-0"]
    assert "§1" in rows[0].xpath(".//li")[1].text_content()
    assert rows[1].xpath(".//li/a/@href") == ["#page-1"]


def test_an_older_document_shows_its_abstracts_by_paragraphs(paper: Document, folder: Path) -> None:
    old = msgspec.structs.replace(paper, abstract_pairs=(), term_doubts=())
    page = html.fromstring(report.render(old, folder).decode())
    (row,) = page.xpath("//*[@class='pair']")
    assert [cell.text_content() for cell in row] == ["目的：研究干细胞。", "To study stem cells."]
    assert not page.xpath("//*[@id='term-doubts']")


def test_repairs_and_corrections_are_told_with_their_reason(page: html.HtmlElement) -> None:
    assert re.search(r"SMITHJ\s*→\s*SMITH J\s*run together", page.xpath("//li[@id='ref-1']")[0].text_content())
    assert "千细胞" in page.xpath("//section[@id='corrections']//del")[0].text


def test_an_entry_that_was_mended_shows_what_was_printed(paper: Document, folder: Path) -> None:
    plain = paper.references[0]
    mended = msgspec.structs.replace(plain, raw="[9] SIDDIQUET. Words.", text="SIDDIQUE T. Words.")
    changed = msgspec.structs.replace(paper, references=(mended, msgspec.structs.replace(plain, text="")))
    items = html.fromstring(report.render(changed, folder)).xpath('//ol[@class="references"]/li')
    assert items[0].xpath('./p[@class="raw"]/span[@lang]')[-1].text_content() == "[9] SIDDIQUET. Words."
    assert items[0].xpath("./p")[0].text_content() == "SIDDIQUE T. Words."
    assert not items[1].xpath('./p[@class="raw"]')


def test_a_changed_space_is_seen(paper: Document, folder: Path) -> None:
    change = msgspec.structs.replace(paper.corrections[0], was="", now=" ")
    page = html.fromstring(report.render(msgspec.structs.replace(paper, corrections=(change,)), folder).decode())
    row = page.xpath("//section[@id='corrections']//tbody/tr")[0]
    assert (row.xpath(".//del/text()"), row.xpath(".//ins/text()")) == (["∅"], ["␣"])


def test_doubts_are_counted_among_what_was_measured(page: html.HtmlElement) -> None:
    told = page.xpath("//dt[contains(., 'doubtful')]/following-sibling::dd")[0].text_content()
    assert "8 of 39" in told
    assert "not measured" not in told


def test_a_text_has_no_pages_to_show(paper: Document, tmp_path: Path) -> None:
    source = msgspec.structs.replace(paper.source, kind="text")
    page = html.fromstring(report.render(msgspec.structs.replace(paper, source=source, pages=()), tmp_path).decode())
    told = page.xpath("//dt[contains(., 'doubtful')]/following-sibling::dd")[0].text_content()
    assert "not measured" in told
    assert "no page images" in page.xpath("//section[@id='pages']")[0].text_content()
    assert not page.xpath("//input[@id='by-kind']")
    targets = {target[1:] for target in page.xpath("//a/@href") if target.startswith("#")}
    assert targets <= set(page.xpath("//@id"))


def test_it_speaks_both_languages_without_a_script(page: html.HtmlElement) -> None:
    spans = page.xpath("//span[@class='ui']/@lang")
    assert spans.count("zh") == spans.count("en") > 40
    assert {radio.get("id") for radio in page.xpath("//input[@name='ui']")} == {"ui-en", "ui-zh"}


def test_heads_and_stages_are_told_in_chinese(page: html.HtmlElement) -> None:
    cells = page.xpath("//section[@id='account' or @id='problems' or @id='corrections']//th")
    cells += page.xpath("//section[@id='problems']//td[2]")
    assert [cell.text_content() for cell in cells if not cell.xpath(".//span[@lang='zh']")] == []


def test_the_chosen_language_is_shown_first(paper: Document, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVER_LANG", "zh")
    shown = html.fromstring(report.render(paper, folder).decode())
    assert shown.xpath("//input[@name='ui' and @checked]/@id") == ["ui-zh"]


def test_every_control_and_picture_has_a_name(page: html.HtmlElement) -> None:
    assert all(item.getparent().text_content().strip() for item in page.xpath("//input"))
    assert all(sheet.get("aria-label") for sheet in page.xpath("//*[local-name()='svg']"))
    assert page.xpath("//a[@class='skip']/@href") == ["#problems"]
    assert len(page.xpath("//h1")) == 1


def test_twenty_dense_pages_stay_under_five_megabytes(recorded: Document, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    largest = tmp_path / "largest.jpg"
    largest.write_bytes(picture("JPEG", (900, 1273)))
    noisy = page_picture(largest)
    assert len(noisy) > BUDGET / 2
    dense = max(
        recorded.pages, key=lambda item: sum(len(line.text) for region in item.regions for line in region.lines)
    )
    pages = []
    for number in range(20):
        name = f"pages/{number}.jpg"
        (tmp_path / name).write_bytes(noisy)
        pages.append(msgspec.structs.replace(dense, number=number, image=name))
    assert len(report.render(msgspec.structs.replace(recorded, pages=tuple(pages)), tmp_path)) < 5_000_000


def test_a_picture_within_the_budget_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture("JPEG"))
    assert page_picture(path) == path.read_bytes()
    path.write_bytes(picture("JPEG", (1600, 2200)))
    assert 0 < len(page_picture(path)) <= BUDGET
    assert page_picture(tmp_path / "gone.jpg") == b""
