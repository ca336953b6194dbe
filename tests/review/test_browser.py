"""The review end to end, in headless Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import msgspec
import pytest
from lxml import html
from PIL import Image, ImageDraw, ImageFont

from recover import index_folder
from recover.export.document_json import read
from recover.export.report import render as render_report
from recover.model.document import Bilingual, Document, Section, Source
from recover.pipeline.output import building
from recover.review.library import Library
from recover.review.log import Log
from recover.review.replay import replay, reviewed_document
from tests.review.browser import FLAGS, Address, Server, find_chromium, serving
from tests.review.made import HOSTILE, Page, make_document, one, write_folder
from tests.review.test_restore import with_open

playwright = pytest.importorskip("playwright.sync_api", reason="the tests in the browser need playwright")
CHROMIUM = find_chromium()
pytestmark = pytest.mark.chromium
BODY = '[data-block="p1.l3@0"]'
SECOND = '[data-block="p1.l5@0"]'
LAST = '[data-block="p2.l3@0"]'
REFERENCE = '[data-block="p2.l5@0"]'
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class Window:
    """A page of the browser that fails its test on any error it reports."""

    def __init__(self, context: object) -> None:
        self.page = context.new_page()  # type: ignore[attr-defined]
        self.errors: list[str] = []
        self.page.set_default_timeout(5000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._note)

    def _note(self, request: object) -> None:
        if not request.url.startswith(("http://127.0.0.1", "data:")):  # type: ignore[attr-defined]
            self.errors.append(f"asked outside: {request.url}")  # type: ignore[attr-defined]

    def open(self, server: Server | Address) -> None:
        self.page.goto(server.address)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("body[data-ready]")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())

    def wait_logged(self, folder: Path, count: int) -> None:
        for _ in range(100):
            if len(Log(folder).read()) >= count:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"{len(Log(folder).read())} actions instead of {count}")

    def wait_text(self, selector: str, text: str) -> None:
        playwright.expect(self.page.locator(selector)).to_contain_text(text)


@pytest.fixture
def server(folder: Path) -> Iterator[Address]:
    address = Address(folder)
    yield address
    address.stop()


@pytest.fixture
def open_window(browser: object, server: Address) -> Iterator[Callable[[], Window]]:
    context = browser.new_context(viewport={"width": 1400, "height": 850}, locale="en")  # type: ignore[attr-defined]
    windows: list[Window] = []

    def opened() -> Window:
        windows.append(Window(context))
        windows[-1].open(server)
        return windows[-1]

    yield opened
    context.close()
    assert [error for window in windows for error in window.errors] == []


@pytest.fixture
def window(open_window: Callable[[], Window]) -> Window:
    return open_window()


def test_doubts_are_settled_with_one_key_each(window: Window, folder: Path) -> None:
    assert window.text("#around b") == "姜"
    window.press("Tab")
    window.wait_text("#around b", "请")
    window.press("Shift+Tab")
    window.wait_text("#around b", "姜")
    window.press("1")
    window.wait_text(f"{BODY} .person", "萎")
    window.wait_text("#around b", "请")
    window.press("Enter")
    window.wait_text("#around b", "部")
    window.press("c", "Control+a")
    window.page.keyboard.type("邢")
    window.press("Enter")
    window.wait_text(LAST, "结论邢分")
    window.wait_text("#progress", "No doubts left")
    window.press("Control+z")
    window.wait_text(LAST, "结论部分")
    window.press("Control+Shift+Z")
    window.wait_text(LAST, "结论邢分")
    assert [action.kind for action in Log(folder).read()] == ["text", "check", "text", "undo", "redo"]
    window.page.reload()
    window.ready()
    window.wait_text(LAST, "结论邢分")
    assert "肌萎缩" in window.text(BODY)


def test_structure_is_changed_from_keyboard_and_panel(window: Window, folder: Path) -> None:
    window.page.locator(SECOND).click()
    window.press("h", "3")
    playwright.expect(window.page.locator(SECOND)).to_have_attribute("data-level", "3")
    window.press("p")
    playwright.expect(window.page.locator(SECOND)).to_have_attribute("data-kind", "paragraph")
    window.press("Alt+ArrowUp")
    window.wait_logged(folder, 3)
    playwright.expect(window.page.locator(f"{SECOND} + {BODY}")).to_have_count(1)
    window.page.select_option("#role", "furniture")
    playwright.expect(window.page.locator(SECOND)).to_have_attribute("data-kind", "furniture")
    assert [section.title for section in reviewed_document(folder).sections] == ["资料和方法", "结果"]


def test_a_block_is_split_and_joined(window: Window, folder: Path) -> None:
    window.page.locator(BODY).click()
    window.wait_text("#block-title", "Block")
    box = window.page.evaluate(
        f"""() => {{
          const walker = document.createTreeWalker(document.querySelector('{BODY}'), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {{
            const at = node.data.indexOf('患者');
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + 1);
            const box = range.getBoundingClientRect();
            return [box.x + box.width / 4, box.y + box.height / 2];
          }}
        }}"""
    )
    window.page.mouse.click(*box)
    window.wait_text("#around b", "患")
    window.press("s")
    window.wait_text('[data-block="p1.l4@0"]', "患者进行性")
    window.page.locator(BODY).click()
    window.press("m")
    window.wait_text(BODY, "患者进行性")
    assert [action.kind for action in Log(folder).read()] == ["split", "merge"]


def test_the_picture_leads_to_the_text(window: Window) -> None:
    sheet = window.page.locator('.sheet[data-page="0"]')
    size = sheet.bounding_box()
    assert size is not None
    # The second character of the fifth line.
    sheet.click(position={"x": size["width"] * 58 / 400, "y": size["height"] * 132 / 600})
    window.wait_text("#around b", "二")
    window.wait_text(f"{SECOND} .place", "二")
    playwright.expect(window.page.locator("#pictures polygon:not(.block)")).to_have_count(1)


def test_a_references_fields_and_its_line(window: Window, folder: Path) -> None:
    window.page.fill("#page", "2")
    window.press("Enter")
    window.page.locator(REFERENCE).click()
    window.wait_text("#formatted", "2020")
    window.page.fill("#field-issued", "2019")
    window.press("Enter")
    window.wait_text("#formatted", "2019")
    issued = reviewed_document(folder).references[0].csl.issued
    assert issued is not None
    assert issued.date_parts == ((2019,),)


def test_a_cell_and_a_block_are_edited_in_place(window: Window, folder: Path) -> None:
    window.page.fill("#page", "2")
    window.press("Enter")
    window.page.locator('[data-block="t1.0.1"]').dblclick()
    window.page.locator("#texts textarea").fill("数据")
    window.press("Enter")
    window.wait_text('[data-block="t1.0.1"]', "数据")
    assert reviewed_document(folder).tables[0].rows == (("第一列", "数据"),)


def test_a_term_from_a_selection(window: Window, folder: Path) -> None:
    window.page.evaluate(
        f"""() => {{
          const walker = document.createTreeWalker(document.querySelector('{SECOND}'), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {{
            const at = node.data.indexOf('来源');
            if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 2);
          }}
        }}"""
    )
    window.press("t")
    playwright.expect(window.page.locator("#term-zh")).to_have_value("来源")
    window.wait_text("#term-places", "1 places")
    window.page.fill("#term-en", "origin")
    window.page.click("#term-save")
    window.wait_logged(folder, 1)
    term = reviewed_document(folder).terms[-1]
    assert (term.zh, term.en, term.count) == ("来源", "origin", 1)


def test_hostile_text_is_inert(window: Window) -> None:
    assert HOSTILE in window.text('[data-block="p1.l6@0"]')
    assert window.page.evaluate("document.body.dataset.hacked") is None
    assert window.page.locator("#texts img, #texts script").count() == 0


def test_two_windows_notice_each_other(open_window: Callable[[], Window], folder: Path) -> None:
    one, other = open_window(), open_window()
    one.press("1")
    one.wait_logged(folder, 1)
    other.wait_text(BODY, "肌萎缩")
    other.wait_text("#notice", "another window")
    other.page.locator(SECOND).dblclick()
    one.page.locator(SECOND).dblclick()
    one.page.locator("#texts textarea").fill("先写。")
    one.press("Enter")
    one.wait_logged(folder, 2)
    other.page.locator("#texts textarea").fill("后写。")
    other.press("Enter")
    other.wait_text("#notice", "changed meanwhile")
    assert "先写。" in reviewed_document(folder).sections[0].paragraphs[1].text


def test_a_killed_server_costs_at_most_the_keystroke_in_flight(browser: object, folder: Path) -> None:
    window = Window(browser.new_context(locale="en"))  # type: ignore[attr-defined]
    server = Server(folder)
    window.open(server)
    window.press("1")
    window.wait_logged(folder, 1)
    window.wait_text(f"{BODY} .person", "萎")
    window.page.locator(SECOND).dblclick()
    window.page.locator("#texts textarea").fill("写到一半")
    server.kill()
    window.press("Enter")
    window.wait_text("#notice", "does not answer")
    with serving(folder, server.port) as again:
        window.open(again)
        playwright.expect(window.page.locator("#texts textarea")).to_have_value("写到一半")
        window.press("Enter")
        window.wait_text(SECOND, "写到一半")
        assert "肌萎缩" in window.text(BODY)
    assert len(Log(folder).read()) >= 2


def test_a_new_recovery_keeps_what_was_done(window: Window, folder: Path) -> None:
    window.press("1")
    window.wait_logged(folder, 1)
    with building(folder) as draft:
        write_folder(draft, make_document(dx=1.0, dy=1.0, prefix="n"))
    window.wait_text('[data-block="p1.n3@0"]', "肌萎缩")
    window.wait_text("#progress", "1 corrected")
    assert replay(folder)[1] == ()
    with building(folder) as draft:
        write_folder(draft, make_document(misread="基本"))
    window.wait_text("#conflicts", "姜 → 萎")
    assert read(folder / "document.json").sections[0].paragraphs[0].text.startswith("肌基本缩")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_assistive_technology(window: Window, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    window.page.locator(SECOND).click()
    if window.page.evaluate("document.documentElement.dataset.theme") != theme:
        window.page.click("#theme")
    found = list(axe.run(window.page).response["violations"])
    window.press("Escape", "?")
    playwright.expect(window.page.locator("#keymap")).to_be_visible()
    found += axe.run(window.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []


def test_both_languages_and_the_map_of_keys(window: Window) -> None:
    assert window.text("#next") == "Next doubt"
    window.page.click("#language")
    assert window.text("#next") == "下一处存疑"
    assert window.page.evaluate("document.documentElement.lang") == "zh-Hans"
    window.press("Escape", "?")
    window.wait_text("#keymap", "撤销")
    window.press("Escape")
    window.page.reload()
    window.ready()
    assert window.text("#next") == "下一处存疑"


def test_tab_stays_free_outside_the_reading_panes(window: Window) -> None:
    window.page.focus("#undo")
    window.page.focus("#contrast")
    window.press("Tab")
    assert window.page.evaluate("document.activeElement.id") == "theme"
    window.press("F6")
    assert window.page.evaluate("document.activeElement.id") == "texts"


def twelve_times(folder: Path) -> Path:
    """A document in which the same misread term stands twelve times, every time in doubt."""
    page = Page(0)
    lines = [f"{number:02d}组于细胞移植后观察。" for number in range(12)]
    paragraphs = tuple(one(page, text, doubts={3: (500, "干")}) for text in lines)
    section = Section(id="s1", number="1", level=1, title="结果", paragraphs=paragraphs)
    source = Source(name="twelve.pdf", sha256="0" * 64, pages=1, kind="scan")
    return write_folder(folder, Document(source=source, sections=(section,), pages=(page.record(),)))


def test_a_term_misread_twelve_times_takes_one_correction_and_one_confirmation(browser: object, tmp_path: Path) -> None:
    folder = twelve_times(tmp_path / "twelve")
    address = Address(folder)
    context = browser.new_context(viewport={"width": 1280, "height": 850}, locale="en")  # type: ignore[attr-defined]
    try:
        window = Window(context)
        window.open(address)
        window.press("1")
        playwright.expect(window.page.locator("#elsewhere")).to_be_visible()
        window.wait_text("#elsewhere-save", "Replace in 11 places")
        window.press("Enter")
        playwright.expect(window.page.locator("#elsewhere")).to_be_hidden()
        window.wait_text("#progress", "No doubts left")
        text = "".join(p.text for s in reviewed_document(folder).sections for p in s.paragraphs)
        assert (text.count("干细胞"), text.count("于细胞")) == (12, 0)
        window.press("Control+z")
        window.wait_text("#progress", "11 doubts left")
        assert window.errors == []
    finally:
        context.close()
        address.stop()


def test_find_and_replace_reaches_the_whole_document(window: Window, folder: Path) -> None:
    window.press("Control+f")
    window.page.fill("#elsewhere-text", "第")
    window.wait_text("#elsewhere-count", "2 places")
    window.page.locator("#elsewhere-list input").first.uncheck()
    window.page.fill("#elsewhere-now", "其")
    window.wait_text("#elsewhere-save", "Replace in 1 places")
    window.page.click("#elsewhere-save")
    playwright.expect(window.page.locator("#elsewhere")).to_be_hidden()
    assert reviewed_document(folder).tables[0].rows[0][0] == "其一列"
    window.press("Control+f")
    window.page.fill("#elsewhere-text", "安全性")
    window.wait_text("#elsewhere-list", "安全性")
    window.page.locator("#elsewhere-list button").first.click()
    window.wait_text("#texts .place", "安全性")


def test_an_undo_shows_what_it_took_back(window: Window) -> None:
    window.press("1")
    window.wait_text("#around b", "请")
    window.press("Tab")
    window.wait_text("#around b", "部")
    window.press("Control+z")
    window.wait_text(f"{BODY} .here, {BODY} .place", "姜")


def test_the_window_fits_at_800_pixels(window: Window) -> None:
    window.page.set_viewport_size({"width": 800, "height": 850})
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 800


def test_zooming_keeps_the_place(window: Window) -> None:
    middle = "(pictures.scrollTop + pictures.clientHeight / 2) / pictures.scrollHeight"
    window.press("+", "+", "+")
    before = window.page.evaluate(middle)
    window.press("+", "+")
    assert abs(window.page.evaluate(middle) - before) < 0.02


def test_selected_characters_are_raised_by_a_button(window: Window, folder: Path) -> None:
    window.page.locator(LAST).dblclick()
    window.press("Escape")
    window.page.evaluate(
        "s => { const t = document.querySelector(s).firstChild; getSelection().setBaseAndExtent(t, 0, t, 1); }", LAST
    )
    window.page.click("#set-sup")
    window.wait_text(f"{LAST} sup", "结")
    assert reviewed_document(folder).sections[1].paragraphs[1].marks[0].kind == "sup"


def test_an_answer_that_refuses_is_shown(window: Window) -> None:
    window.page.route("**/next*", lambda route: route.fulfill(status=409, json={"error": "no block shows this place"}))
    window.press("Tab")
    window.wait_text("#notice", "no block shows this place")


def test_a_document_is_finished_flagged_and_exported(window: Window, folder: Path) -> None:
    window.page.click("#flag")
    window.page.fill("#flag-comment", "萎 or 姜?")
    window.press("Tab", "Enter")
    window.wait_text("#flags", "萎 or 姜?")
    assert [one.message for one in reviewed_document(folder).problems] == [
        "a second reader is asked about 姜: 萎 or 姜?"
    ]
    window.page.click("#flags li button >> nth=1")
    window.page.wait_for_selector("#flags", state="hidden")
    assert reviewed_document(folder).problems == ()
    window.page.click("#finish")
    window.page.wait_for_selector("#finish[aria-pressed=true]")
    window.page.focus("#texts")
    window.press("1")
    window.wait_text(f"{BODY} .person", "萎")
    window.page.click("#export")
    window.page.uncheck("input[value=docx]")
    window.page.check("input[value=html]")
    window.page.click("#export-form button[type=submit]")
    window.wait_text("#export-told", "document.md, document.html")
    assert "肌萎缩侧索硬化是一种" in (folder / "document.html").read_text()
    assert [action.kind for action in Log(folder).read()] == ["flag", "flag", "finish", "text"]


def test_a_queue_is_filtered_counted_and_led_through(browser: object, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_folder(tmp_path / name)
    worse = make_document()
    lines = worse.pages[0].regions[0].lines
    lines = (msgspec.structs.replace(lines[0], confidences=(300,) * len(lines[0].text)), *lines[1:])
    region = msgspec.structs.replace(worse.pages[0].regions[0], lines=lines)
    pages = (msgspec.structs.replace(worse.pages[0], regions=(region,)), worse.pages[1])
    write_folder(tmp_path / "worst", msgspec.structs.replace(worse, pages=pages, title=Bilingual(zh="另一篇论文")))
    server = Address(tmp_path)
    context = browser.new_context(viewport={"width": 1280, "height": 850}, locale="en")  # type: ignore[attr-defined]
    window = Window(context)
    window.page.goto(server.address)
    window.page.wait_for_selector("body[data-counted]")
    rows = window.page.locator("tbody tr")
    assert "另一篇论文" in rows.first.inner_text()
    told = int(window.text("tbody tr:nth-child(1) .left"))
    window.page.fill("#filter", "侧索硬化")
    assert window.text("#shown-count") == "2 of 3 documents"
    window.page.fill("#filter", "")
    rows.first.locator("a").click()
    window.wait_text("#title", "另一篇论文")
    window.ready()
    assert window.text("#progress").startswith(f"{told} doubts left")
    window.page.click("#finish")
    window.page.wait_for_selector("#finish[aria-pressed=true]")
    window.page.click("#following")
    # The title stays in the window of the document before until the next one is there.
    window.wait_text("#title", "肌萎缩侧索硬化的治疗")
    window.page.click("a[href='/']")
    window.page.wait_for_selector("body[data-counted]")
    window.page.select_option("#shown", "finished")
    assert window.text("#shown-count") == "1 of 3 documents"
    assert "finished" in window.text("tbody tr:visible")
    context.close()
    server.stop()
    assert window.errors == []


def test_queue_report_and_review_count_alike(folder: Path) -> None:
    shelf = Library(folder.parent)
    row = shelf.queue()[0]
    shown = html.fromstring(render_report(read(folder / "document.json"), folder).decode())
    facts = {one.text_content(): one.getnext().text_content() for one in shown.xpath("//dl//dt")}
    assert next(text for name, text in facts.items() if "doubtful" in name).endswith(
        f"{row.doubtful} of {row.characters}"
    )
    key = row.key
    assert shelf.count(key).left == len(shelf.desk(key).ranking.doubts) == shelf.queue()[0].left


def test_what_stands_in_no_text_is_outlined_and_brought_back_with_one_key(browser: object, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "paper", with_open(make_document()))
    server = Address(folder)
    context = browser.new_context(viewport={"width": 1400, "height": 850}, locale="en")  # type: ignore[attr-defined]
    window = Window(context)
    window.open(server)
    assert window.page.locator(".sheet rect").count() == 2
    window.page.evaluate("document.getElementById('pictures').scrollTop = 0")
    outlined = window.page.locator(".sheet rect").first
    drawn, sheet = outlined.bounding_box(), window.page.locator(".sheet").first.bounding_box()
    assert drawn["width"] == pytest.approx(sheet["width"] * 160 / 400, rel=0.05)
    window.page.mouse.click(drawn["x"] + drawn["width"] / 2, drawn["y"] + drawn["height"] / 2)
    window.wait_text("#aside-about", "set aside: the print reads otherwise")
    window.page.focus("#texts")
    window.press("o")
    window.wait_text("#aside-about", "unread")
    window.press("o")
    window.wait_text("#aside-about", "set aside")
    window.press("v")
    window.wait_text("#texts", "漏掉的一行")
    playwright.expect(window.page.locator(".sheet rect")).to_have_count(1)
    context.close()
    server.stop()
    assert window.errors == []


@pytest.mark.parametrize("width", [800, 1280, 1920])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_size_and_language_is_open_to_assistive_technology(
    browser: object, tmp_path: Path, width: int, language: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    for name in ("one", "two"):
        write_folder(tmp_path / name, with_open(make_document()))
    server = Address(tmp_path)
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=language, bypass_csp=True)  # type: ignore[attr-defined]
    window = Window(context)
    window.page.goto(server.address)
    window.page.wait_for_selector("body[data-counted]")
    found = [("queue", one["id"]) for one in axe.run(window.page).response["violations"]]
    window.page.locator("tbody a").first.click()
    window.ready()
    window.press("o")
    assert (
        "set aside: the print reads otherwise" if language == "en" else "未采用: 印刷内容读作别的文字"
    ) in window.text("#aside-about")
    for opened in ("", "#flag", "#export", "#find"):
        if opened:
            window.page.click(opened)
        found += [(opened or "reader", one["id"]) for one in axe.run(window.page).response["violations"]]
        window.press("Escape")
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    index_folder(tmp_path)
    window.page.goto(urljoin(server.address, "/search?q=干细胞"))
    window.page.wait_for_selector("text=干细胞")
    found += [("search", one["id"]) for one in axe.run(window.page).response["violations"]]
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []
    context.close()
    server.stop()


def test_a_first_visit_is_shown_around_and_panes_are_resized(window: Window) -> None:
    for step in range(1, 6):
        window.wait_text("#tour-step", f"{step} / 5")
        window.page.click("#tour-next")
    window.page.wait_for_selector("#tour", state="hidden")
    before = window.page.locator("#pictures").bounding_box()["width"]
    window.page.focus(".divider[data-size=left]")
    window.press("ArrowRight", "ArrowRight", "ArrowRight")
    window.page.reload()
    window.ready()
    assert window.page.locator("#pictures").bounding_box()["width"] != before
    assert not window.page.locator("#tour").is_visible()


def test_table_buttons_change_the_table(window: Window, folder: Path) -> None:
    window.page.fill("#page", "2")
    window.press("Enter")
    window.page.locator('[data-block="t1.0.0"]').click()
    window.page.click("[data-change=add-row]")
    window.page.wait_for_selector('[data-block="t1+0"]', state="attached")
    assert len(reviewed_document(folder).tables[0].rows) == 2
    window.page.locator('[data-block="t1.0.0"]').click()
    window.page.click('#table-tools [data-change="merge-right"]')
    playwright.expect(window.page.locator('td[colspan="2"]')).to_have_text("第一列数值")
    playwright.expect(window.page.locator("table.grid tr").first.locator("td")).to_have_count(1)
    window.page.click('#table-tools [data-change="split"]')
    playwright.expect(window.page.locator("table.grid tr").first.locator("td")).to_have_count(2)


@pytest.mark.engine
def test_a_drawn_region_is_read_anew_and_put_into_the_text(window: Window, folder: Path) -> None:
    picture = Image.new("L", (1200, 1800), 255)
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((150, 1300), "Motor neurons", fill=0, font=font)
    picture.save(folder / "pages" / "page-0001.jpg")
    box = window.page.locator(".sheet").first.bounding_box()
    window.page.evaluate("document.getElementById('pictures').scrollTop = 0")
    x, y = box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.7
    window.page.keyboard.down("Shift")
    window.page.mouse.move(x, y)
    window.page.mouse.down()
    window.page.mouse.move(x + box["width"] * 0.7, y + box["height"] * 0.09, steps=4)
    window.page.mouse.up()
    window.page.keyboard.up("Shift")
    playwright.expect(window.page.locator("#aside-text")).to_have_value("Motor neurons", timeout=60_000)
    window.page.focus("#texts")
    window.press("v")

    window.wait_text("#texts", "Motor neurons")
    told = [one.text for section in reviewed_document(folder).sections for one in section.paragraphs]
    assert told.count("Motor neurons") == 1

    # Drawn again by a corner of its outline, it is read anew and stands there once all the same.
    window.page.locator(".block", has_text="Motor neurons").click()
    handle = window.page.locator(".sheet circle").first.bounding_box()
    window.page.keyboard.down("Shift")
    window.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    window.page.mouse.down()
    window.page.mouse.move(handle["x"] - 20, handle["y"] - 20, steps=4)
    window.page.mouse.up()
    window.page.keyboard.up("Shift")
    playwright.expect(window.page.locator("#aside-about")).to_contain_text("takes the place of", timeout=60_000)
    window.page.focus("#texts")
    window.press("v")
    playwright.expect(window.page.locator("#aside")).to_be_hidden()
    told = [one.text for section in reviewed_document(folder).sections for one in section.paragraphs]
    assert told.count("Motor neurons") == 1
