"""Ten houses of print, each a function from random matter to a sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from recover.lexicon.characters import simplified
from samples.random_houses import entries
from samples.random_houses.matter import Matter
from samples.random_houses.sheet import FONTS, Sheet, escaped

HAN = "一二三四五六七八九十"
FORMAL = "壹貳參肆伍陸柒捌玖拾"


def thesis(matter: Matter) -> Sheet:
    """Cover, declaration, contents, chapters, list, thanks."""
    sheet = Sheet("thesis", size=12)
    title, author = matter.title(), matter.name()
    sheet.truth.title, sheet.truth.authors = title, [author]
    sheet.line(matter.one("school"), size=22, above=3)
    sheet.line("硕 士 学 位 论 文", size=26, bold=True, above=2)
    sheet.line(title, size=18, bold=True, above=4)
    for label, value in (
        ("作　　者", author),
        ("指导教师", matter.name()),
        ("学科专业", "专门史"),
        ("答辩日期", "2015年6月"),
    ):
        sheet.line(f"{label}：{value}", size=14, above=1.2)
    sheet.page_break()
    sheet.line("学位论文独创性声明", size=16, bold=True)
    sheet.raw(
        "\n本人声明所呈交的论文是在导师指导下独立完成的，文中引用之处均已注明。\n\n作者签名：　　　　　　日期：\n"
    )
    sheet.page_break()
    chapters = [(matter.one("head"), matter.some("head", 2)) for _ in range(2)]
    _contents(sheet, chapters)
    for at, (head, sections) in enumerate(chapters):
        sheet.page_break()
        sheet.heading(f"第{HAN[at]}章", head, f"第{HAN[at]}章　{head}", size=16, bold=True)
        for number, section in enumerate(sections, 1):
            sheet.heading(
                f"{at + 1}.{number}", section, f"{at + 1}.{number}　{section}", size=14, bold=True, centred=False
            )
            for _ in range(2):
                sheet.paragraph(matter.paragraph())
    sheet.page_break()
    sheet.line("参考文献", size=16, bold=True)
    for number in range(1, 7):
        sheet.entry(f"[{number}] {entries.numeric(matter)}", size=10.5)
    sheet.page_break()
    sheet.heading("", "致谢", "致　谢", size=16, bold=True)
    sheet.paragraph(matter.paragraph())
    return sheet


def _contents(sheet: Sheet, chapters: list[tuple[str, list[str]]]) -> None:
    sheet.line("目　　录", size=16, bold=True)
    rows, page = [], 1
    for at, (head, sections) in enumerate(chapters):
        rows.append((f"第{HAN[at]}章　{head}", page))
        rows += [(f"{at + 1}.{number}　{section}", page + number) for number, section in enumerate(sections, 1)]
        page += 9
    rows += [("参考文献", page + 3), ("致　谢", page + 6)]
    for text, number in rows:
        sheet.truth.toc += 1
        sheet.raw(
            f"#block[#set par(first-line-indent: 0pt); {escaped(text)}#box(width: 1fr, repeat[.])#h(0.3em){number}]"
        )


def taiwan(matter: Matter) -> Sheet:
    """壹、 一、 and a list after APA, in traditional characters."""
    sheet = Sheet("taiwan", size=11, font="Noto Serif CJK TC")
    title, authors = matter.title(), matter.names()
    sheet.truth.title, sheet.truth.authors = traditional(title), [traditional(name) for name in authors]
    sheet.line(traditional(title), size=16, bold=True)
    sheet.line(traditional("　".join(authors)))
    sheet.line(traditional(f"{matter.one('school')}{matter.one('faculty')}"), size=9.5)
    sheet.line("摘　要", bold=True, size=12)
    sheet.raw("\n" + traditional(matter.paragraph(2, 3)) + "\n")
    sheet.raw("\n#strong[關鍵詞]：" + traditional("、".join(matter.some("object", 3))) + "\n")
    cited = [(matter.name(), matter.year()) for _ in range(3)]
    family = matter.one("latin")
    for at in range(3):
        head = matter.one("head")
        sheet.heading(FORMAL[at], traditional(head), traditional(f"{FORMAL[at]}、{head}"), bold=True, size=12)
        name, year = cited[at]
        sheet.paragraph(traditional(f"{matter.paragraph(1, 2)[:-1]}（{name}，{year}；{family}, {year + 1}）。"))
        sheet.truth.cited += 2
        section = matter.one("head")
        sheet.heading(HAN[0], traditional(section), traditional(f"{HAN[0]}、{section}"), bold=True, centred=False)
        sheet.paragraph(traditional(matter.paragraph()))
    sheet.line("參考文獻", bold=True, size=12)
    for name, year in cited:
        sheet.entry(traditional(entries.apa_chinese(matter, name, year)), hanging=True, size=10)
    for _, year in cited:
        sheet.entry(entries.apa_english(matter, family, year + 1), hanging=True, size=10)
    return sheet


def old_journal(matter: Matter) -> Sheet:
    """A title hardly larger than the text, names in brackets, a list without type marks."""
    sheet = Sheet("old_journal", size=10.5)
    title, authors = matter.title(), matter.names(2)
    sheet.truth.title, sheet.truth.authors = title, authors
    sheet.line(title, bold=matter.random.random() < 0.5)
    sheet.line("　".join(authors))
    for at in range(3):
        head = matter.one("head")
        sheet.heading(HAN[at], head, f"{HAN[at]}、{head}", centred=matter.random.random() < 0.5)
        sheet.paragraph(f"{matter.paragraph(1, 3)[:-1]}〔{at + 1}〕。")
        sheet.truth.cited += 1
        sheet.paragraph(matter.paragraph())
    sheet.line(matter.random.choice(["参考文献", "主要参考文献", "〔参考文献〕", "参 考 资 料", "附：引用书目"]))
    for number in range(1, 5):
        sheet.entry(f"〔{number}〕{entries.old(matter)}")
    return sheet


def humanities(matter: Matter) -> Sheet:
    """Notes ① at the foot of the page, no list."""
    sheet = Sheet("humanities", size=10.5)
    _title(sheet, matter, size=17)
    sheet.paragraph(matter.paragraph())
    for at in range(3):
        head = matter.one("head")
        sheet.heading(HAN[at], head, f"{HAN[at]}、{head}", bold=True, size=12)
        text = matter.paragraph()
        rest = matter.paragraph(1, 2)
        sheet.paragraph(text, sheet.noted(text, entries.note(matter), "①"))
        sheet.paragraph(rest, sheet.noted(rest, entries.note(matter), "①"))
    return sheet


def law_review(matter: Matter) -> Sheet:
    """An abstract in lenticular brackets, notes [1] through the paper, headings of three levels."""
    sheet = Sheet("law_review", size=10.5)
    _title(sheet, matter, size=16)
    sheet.raw(f"\n#strong[【内容提要】]{escaped(matter.paragraph(2, 3))}\n")
    sheet.raw(f"\n#strong[【关键词】]{'　'.join(matter.some('subject', 3))}\n")
    for at in range(2):
        head, section = matter.some("head", 2)
        sheet.heading(HAN[at], head, f"{HAN[at]}、{head}", bold=True, size=12)
        for number in range(2):
            sheet.heading(f"（{HAN[number]}）", section, f"（{HAN[number]}）{section}", bold=True, centred=False)
            text = matter.paragraph()
            sheet.paragraph(text, sheet.noted(text, entries.note(matter), "[1]"))
            section = matter.one("head")
    return sheet


def newspaper(matter: Matter) -> Sheet:
    """Several reports in columns, each under a large title and a byline."""
    sheet = Sheet("newspaper", size=9.5, columns=3, leading=0.6)
    for at in range(3):
        title = matter.title()
        if at == 0:
            sheet.truth.title = title
        else:
            sheet.truth.headings.append(("", title))
        sheet.line(title, size=15, bold=True)
        sheet.line(f"本报记者　{matter.name()}", size=9)
        for _ in range(4):
            sheet.paragraph(matter.paragraph())
    return sheet


def conference(matter: Matter) -> Sheet:
    """Two columns, numbered headings, a list by author and year."""
    sheet = Sheet("conference", size=9.5, columns=2, font=FONTS[matter.random.randint(0, 1)])
    _title(sheet, matter, size=15)
    _abstract(sheet, matter)
    cited = [(matter.name(), matter.year()) for _ in range(4)]
    for at, (name, year) in enumerate(cited, 1):
        head = matter.one("head")
        sheet.heading(str(at), head, f"{at}　{head}", bold=True, centred=False, size=11)
        sheet.paragraph(f"{matter.paragraph(1, 2)[:-1]}（{name}，{year}）。")
        sheet.paragraph(f"{name}（{year}）认为{matter.paragraph(1, 2)}")
        sheet.truth.cited += 2
    sheet.line("参考文献", bold=True, size=11)
    for name, year in sorted(cited):
        sheet.entry(entries.author_year(matter, name, year), hanging=True, size=8.5)
    return sheet


def two_languages(matter: Matter) -> Sheet:
    """Front matter in both languages with everything that journals print there."""
    sheet = Sheet("two_languages", size=10)
    title, english, authors = matter.title(), matter.english(), matter.names()
    sheet.truth.title, sheet.truth.authors = title, authors
    school = f"{matter.one('school')}{matter.one('faculty')}，{matter.one('place')} 430070"
    doi, clc, article = "10.99999/j.issn.1000-0000.2015.03.007", "K928.6", "1000-0000(2015)03-0045-09"
    sheet.truth.fields = {"doi": doi, "clc": clc, "article_number": article, "received": "2014-11-20"}
    sheet.line(f"DOI：{doi}", size=8.5, centred=False, above=0.4)
    sheet.line(title, size=18, bold=True)
    sheet.line("，".join(authors), size=11)
    sheet.line(f"（{school}）", size=8.5)
    sheet.raw("\n#set text(size: 9pt)\n")
    _abstract(sheet, matter)
    sheet.raw(f"\n#strong[中图分类号：]{clc}　#strong[文献标识码：]A　#strong[文章编号：]{escaped(article)}\n")
    sheet.line(english, size=13, bold=True)
    sheet.line("TAO Zhixing, KONG Lingqian", size=10)
    ledgers = (
        "The ledgers of the district were compared with the stones, and the levy followed the calendar of the guild."
    )
    sheet.raw(f"\n#strong[Abstract:] {ledgers}\n")
    sheet.raw("\n#strong[Key words:] ledger; guild; levy\n#set text(size: 10pt)\n")
    rows = ("收稿日期：2014-11-20", "基金项目：江州市社会科学基金项目（2013B021）")
    sheet.foot((*rows, f"作者简介：{authors[0]}（1978—），男，副教授，研究方向为地方史。"))
    for at in range(1, 4):
        head = matter.one("head")
        sheet.heading(str(at), head, f"{at}　{head}", bold=True, centred=False, size=12)
        sheet.paragraph(f"{matter.paragraph(1, 2)[:-1]}[{at}]。")
        sheet.truth.cited += 1
        section = matter.one("head")
        sheet.heading(f"{at}.1", section, f"{at}.1　{section}", centred=False, bold=True)
        sheet.paragraph(matter.paragraph())
    sheet.line(matter.random.choice(["参考文献：", "参考文献（References）", "［参考文献］"]), bold=True, centred=False)
    for number in range(1, 6):
        sheet.entry(f"[{number}] {entries.numeric(matter)}")
    return sheet


def book_chapter(matter: Matter) -> Sheet:
    """A chapter with its notes at its end."""
    sheet = Sheet("book_chapter", size=11)
    head = matter.one("head")
    sheet.heading("第三章", head, f"第三章　{head}", size=18, bold=True, above=2)
    number = 0
    for at in range(3):
        section = matter.one("head")
        sheet.heading(HAN[at], section, f"{HAN[at]}、{section}", bold=True, size=13)
        for _ in range(2):
            number += 1
            sheet.paragraph(f"{matter.paragraph()[:-1]}〔{number}〕。")
    sheet.line("注　释", bold=True, size=12)
    for at in range(1, number + 1):
        text = entries.note(matter)
        sheet.truth.notes += 1
        sheet.truth.apart.append(text)
        sheet.raw(f"\n#set text(size: 9pt)\n〔{at}〕{escaped(text)}\n")
    return sheet


def patent(matter: Matter) -> Sheet:
    """Plain text under short headings, every paragraph with its number."""
    sheet = Sheet("patent", size=11, font=FONTS[1])
    title = f"一种{matter.one('subject')}的修复方法"
    sheet.truth.title = title
    sheet.line(title, size=14, bold=True)
    number = 0
    for head in ("技术领域", "背景技术", "发明内容", "附图说明", "具体实施方式"):
        sheet.heading("", head, head, bold=True, centred=False, size=12)
        for _ in range(2):
            number += 1
            sheet.paragraph(f"[{number:04}] {matter.paragraph(1, 3)}")
    return sheet


def _abstract(sheet: Sheet, matter: Matter) -> None:
    sheet.raw(f"\n#strong[摘　要：]{escaped(matter.paragraph(2, 3))}\n")
    sheet.raw(f"\n#strong[关键词：]{'；'.join(matter.some('subject', 3))}\n")


def _title(sheet: Sheet, matter: Matter, size: float) -> None:
    title, authors = matter.title(), matter.names()
    sheet.truth.title, sheet.truth.authors = title, authors
    sheet.line(title, size=size, bold=True)
    sheet.line("　".join(authors), size=11)


def traditional(text: str) -> str:
    """The text in traditional characters, one for one, each the most usual of those that simplify to it."""
    return "".join(map(_usual, text))


@cache
def _usual(char: str) -> str:
    """Big5 holds the usual characters in its first plane, which ends at C67E."""
    others = [chr(code) for code in range(0x4E00, 0x9FFF) if simplified(chr(code)) == char and chr(code) != char]
    usual = [other for other in others if b"\xa4\x40" <= other.encode("big5", "ignore") <= b"\xc6\x7e"]
    is_usual = b"\xa4\x40" <= char.encode("big5", "ignore") <= b"\xc6\x7e"
    return usual[-1] if usual and not (is_usual and char in "台里后面制同家当周") else char


HOUSES: dict[str, Callable[[Matter], Sheet]] = {
    house.__name__: house
    for house in (
        thesis, taiwan, old_journal, humanities, law_review, newspaper, conference, two_languages, book_chapter, patent,
    )
}  # fmt: skip
# Looked at only when all is done.
UNSEEN = ("law_review", "newspaper", "book_chapter", "conference", "patent")
