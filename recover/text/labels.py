"""The labels that Chinese and English papers set before parts of their front and back matter."""

from __future__ import annotations

import re

import msgspec


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A label found at a text's start: what it marks, as it is printed, and where its text begins."""

    role: str
    printed: str
    end: int


# Role and spelling; Chinese labels may be spaced out, every one may stand in brackets.
SPELLINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("abstract-zh", ("(?:中文)?摘要", "内容提要", "提要")),
    ("abstract-en", ("abstract", "summary")),
    ("keywords-zh", ("关键词", "关键字", "主题词")),
    ("keywords-en", ("key ?words?", "index terms")),
    ("part-zh", ("研究背景", "背景与目的", "背景", "目的", "方法", "材料与方法", "结果与结论", "结果", "结论", "讨论")),
    ("part-en", ("background", "objectives?", "aims?", "purpose", "materials and methods", "methods?")),
    ("part-en", ("results? and conclusions?", "results?", "conclusions?")),
    ("funding", ("基金资助", "基金项目", "资助项目", "项目基金", "课题资助", "资助", "经费支持")),
    ("funding", ("funding", "foundation items?", "supported by", "fund projects?", "fund programs?")),
    ("cite", ("引用本文", "引用格式", "引文格式", "本文引用格式")),
    ("cite", ("how to cite(?: this article)?", "citation", "cite this article(?: as)?")),
    ("class", ("中图分类号", "中图法分类号", "分类号", "clc number", "chinese library classification")),
    ("class", ("文献标识码", "文献标志码", "文章编号", "document code", "article id", "article no", "doi")),
    ("dates", ("收稿日期", "修回日期", "接受日期", "录用日期", "出版日期", "投稿日期", "送审日期", "采用日期")),
    ("dates", ("网络首发日期", "网络出版日期", "received(?: date)?", "accepted", "revised")),
    (
        "author-note",
        ("第一作者(?:简介)?", "作者简介", "作者信息", "通信作者(?:简介)?", "通讯作者(?:简介)?", "责任作者"),
    ),
    ("author-note", ("corresponding authors?", "(?:about the )?(?:first )?authors?", "作者单位", "单位")),
    (
        "note",
        (
            "作者贡献(?:声明)?",
            "利益冲突(?:声明)?",
            "伦理学?(?:批准|声明|审批|问题)(?:及知情同意)?",
            "知情同意(?:问题|声明)?",
        ),
    ),
    (
        "note",
        ("开放获取声明", "开放获取", "版权转让", "版权", "出版规范", "写作指南", "文章查重", "文章外审", "同行评议"),
    ),
    (
        "note",
        (
            "生物统计学?声明",
            "数据共享(?:声明)?",
            "数据可用性声明",
            "致谢",
            "志谢",
            "文章特点",
            "文题释义",
            "问题的提出",
        ),
    ),
    (
        "note",
        ("缩略语", "声明", "机构伦理(?:问题|批准)", "文章版权", "author contributions?", "conflicts? of interests?"),
    ),
    ("note", ("competing interests?", "acknowledge?ments?", "open access(?: statement)?", "copyright(?: transfer)?")),
    ("note", ("ethic(?:s|al) (?:approval|statement)", "data availability(?: statement)?", "publishing details")),
    ("note", ("declarations?",)),
    ("editor", ("责任编辑", "本文编辑", "编辑", "编校", "校对")),
)
_LETTER_GAP = r"[ \u3000]*"


# What may stand before a label, and what closes it.
_BEFORE = r"[\s\[［【〔(（*＊△▲#※\d]{0,4}"
_AFTER = r"(?:\s*[\]］】〕)）]\s*[:：|｜]?|\s*[:：|｜]|\s*[*＊∗]|(?=[\u3000 ])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])|$)"


def _spaced(spellings: tuple[str, ...]) -> str:
    """Any of the spellings; a Chinese one's characters may stand apart."""
    gap = _LETTER_GAP.replace("\\", r"\\")
    return "|".join(re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", gap, spelling) for spelling in spellings)


_PATTERNS = tuple(
    (role, re.compile(f"^{_BEFORE}({_spaced(spellings)}){_AFTER}", re.IGNORECASE)) for role, spellings in SPELLINGS
)
# Labels that are also common words count only with a colon, a bar or brackets.
_CLOSED = re.compile(r"[:：|｜\]］】〕)）]\s*$")
OPEN_ROLES = frozenset({"abstract-zh", "abstract-en", "keywords-zh", "keywords-en"})
# Labels of a bibliographic kind: no sentence wraps so that a line begins with one and its colon.
NAMED_ROLES = frozenset({"funding", "cite", "class", "dates", "author-note"}) | OPEN_ROLES


def find_label(text: str) -> Label | None:
    """The label at the start of ``text``; None where there is none."""
    for role, pattern in _PATTERNS:
        match = pattern.match(text)
        if not match:
            continue
        closed = bool(_CLOSED.search(match.group(0)))
        alone = match.end() >= len(text.rstrip())
        if closed or alone or role in OPEN_ROLES or _is_set_apart(role, match.group(1), text[match.end() :]):
            return Label(role=role, printed="".join(_printed(match.group(1))), end=_text_start(text, match.end()))
    return None


def _is_set_apart(role: str, label: str, rest: str) -> bool:
    """Whether an abstract's part is told by white alone: 目的 探讨, METHODS We, but no "Methods differ"."""
    return rest[:1].isspace() and (role == "part-zh" or (role == "part-en" and label.isupper()))


def _printed(label: str) -> str:
    has_han = any("\u4e00" <= char <= "\u9fff" for char in label)
    return "".join(label.split()) if has_han else " ".join(label.split())


def _text_start(text: str, end: int) -> int:
    while end < len(text) and text[end] in " \u3000:：|｜*＊∗":
        end += 1
    return end


def starts_with_label(text: str) -> bool:
    """Whether a line begins with a closed label."""
    label = find_label(text)
    return label is not None and (label.role in OPEN_ROLES or _is_closed(text, label))


def names_itself(text: str) -> bool:
    """Whether a line begins with a closed label that no sentence has there: 收稿日期：, Abstract:, 【关键词】."""
    label = find_label(text)
    # An entry of a list may wrap before "doi:".
    is_bare = label is not None and label.role == "class" and label.printed.isascii()
    return label is not None and label.role in NAMED_ROLES and not is_bare and _is_closed(text, label)


def _is_closed(text: str, label: Label) -> bool:
    return bool(_CLOSED.search(text[: label.end].rstrip()))
