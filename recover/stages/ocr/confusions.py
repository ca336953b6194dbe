"""Characters of one shape told apart by what stands beside them: l and I, O and 0, a and α.

Each rule names the context that decides; those marked ``doubted`` hold only where the reader itself saw the other
character as possible, or is one that has no sign for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from recover.model.page import Line
from recover.stages.ocr.edits import Edit

# By a reader's letter, what it cannot write: Tesseract's Chinese network was taught none of these.
LACKS = {"s": frozenset("αβγδμ±°~ⅠⅡⅢ")}


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What matches ``pattern`` has each of its characters replaced by ``table``."""

    pattern: re.Pattern[str]
    table: dict[int, int]
    why: str
    doubted: bool = False


_NOT_IN_WORD = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
RULES = (
    Rule(
        pattern=re.compile(r"(?<=[A-Z]\d)0(?=rf\d)|(?<=[A-Z]\d\d)0(?=rf\d)|(?<=[XY])0(?=rf\d)"),
        table=str.maketrans("0", "o"),
        why="an open reading frame's symbol has the letter o",
    ),
    Rule(
        pattern=re.compile(r"(?<=[Pp]hase )Ill|(?<=[Tt]ype )Ill|(?<=[Ss]tage )Ill|(?<=[Gg]rade )Ill|Ill(?=[期型级])"),
        table=str.maketrans("l", "I"),
        why="a Roman number",
    ),
    Rule(
        pattern=re.compile(_NOT_IN_WORD[0] + r"(?:Il|lI|IlI|lII|IIl)" + _NOT_IN_WORD[1]),
        table=str.maketrans("l", "I"),
        why="a Roman number",
    ),
    Rule(
        pattern=re.compile(r"(?:(?<![A-Za-z0-9])|(?<=/L)|(?<=/mL))H20(?=2?(?![0-9A-Za-z.]))"),
        table=str.maketrans("0", "O"),
        why="oxygen in a formula",
    ),
    Rule(
        pattern=re.compile(r"(?<![A-Za-z0-9.])\d+[Oo](?=\d\d|%)"),
        table=str.maketrans("Oo", "00"),
        why="a digit in a number",
    ),
    Rule(
        pattern=re.compile(
            r"(?:(?<=TNF-)a|(?<=因子)[aw]|(?<=因子\d)a|(?<=HIF-1)a|(?<=HIF1)a|(?<=factor\s)[aw]|(?<=factor[\s-]\d)a"
            r"|(?<=FN-)[ayY]|(?<=interferon-)[ayY]|(?<=干扰素)[ay])(?![A-Za-z])"
            r"|(?<![A-Za-z])(?:a(?=-MEM)|[ayY](?=\s?干扰素))"
        ),
        table=str.maketrans("awyY", "ααγγ"),
        why="a factor's Greek letter",
        doubted=True,
    ),
    Rule(
        pattern=re.compile(
            r"(?:(?<=[a-z]{4})(?<!Suppl)|(?<=[a-z]-\d))[.·](?=\s?[A-Za-z]{0,2}[A-Z][A-Za-z0-9-]{1,9}[)）])"
        ),
        table=str.maketrans(".·", ",,"),
        why="a comma parts a name from its short form",
    ),
    Rule(
        pattern=re.compile(r"(?<![A-Za-z])[il](?=FN-)"),
        table=str.maketrans("il", "II"),
        why="an interferon's symbol",
    ),
    Rule(
        pattern=re.compile(r"(?<=[\u4e00-\u9fff])[`\\](?=[\u4e00-\u9fff])"),
        table=str.maketrans("`\\", "、、"),
        why="no such sign stands between Chinese characters",
        doubted=True,
    ),
    Rule(
        pattern=re.compile(r"(?<=\d)一(?=\d)"),
        table=str.maketrans("一", "~"),
        why="a range of numbers",
        doubted=True,
    ),
    Rule(
        pattern=re.compile(r"(?<=\d)[\"'”’](?=\s?C(?![A-Za-z]))"),
        table=str.maketrans("\"'”’", "°°°°"),
        why="a degree of Celsius",
    ),
    Rule(
        pattern=re.compile(
            r"(?<![A-Za-z0-9])[xX×](?=[²2]\s?(?:检验|值|分割|拟合|趋势|校正)"
            r"|[²2]\s?[=＝]\s?\d+\.\d+\s?[,，、;；]\s?[PpＰ]\s?[=＝<＜>＞])"
        ),
        table=str.maketrans("xX×", "χχχ"),
        why="the statistic of a test",
    ),
    Rule(
        pattern=re.compile(r"(?<![A-Za-z0-9])l(?=[ab]\s?[型期级])"),
        table=str.maketrans("l", "I"),
        why="a Roman number",
    ),
    Rule(
        pattern=re.compile(r"[工亚亩](?=期(?:临床)?试验)"),
        table=str.maketrans("工亚亩", "ⅠⅡⅡ"),
        why="a trial's phase",
    ),
    Rule(
        pattern=re.compile(r"(?<![\d.])1(?=期(?:临床)?试验)"),
        table=str.maketrans("1", "Ⅰ"),
        why="a trial's phase",
        doubted=True,
    ),
    Rule(
        pattern=re.compile(r"(?<![\d.])1(?=期[和与及、][ⅡⅢ]期)"),
        table=str.maketrans("1", "Ⅰ"),
        why="a trial's phase, as the one beside it",
    ),
    Rule(
        pattern=re.compile(r"^[圈囹圄困衰裘](?=\s?\d{1,2}(?:[\s|｜\u3000:：.．]|[\u4e00-\u9fff]{4}))"),
        table=str.maketrans("圈囹圄困衰裘", "图图图图表表"),
        why="a figure's or a table's label",
        doubted=True,
    ),
    Rule(
        pattern=re.compile(r"(?:(?<=\d)|(?<=\d ))(?:u(?=mol|[mglLM](?![A-Za-z]))|h(?=mol|m(?![A-Za-z])))"),
        table=str.maketrans("uh", "μμ"),
        why="a unit's prefix",
        doubted=True,
    ),
    Rule(
        pattern=re.compile(r"(?:(?<=\d%)|(?<=\d%\s)|(?<=\d%C)|(?<=\d%\sC))0(?=2(?![\d.]))"),
        table=str.maketrans("0", "O"),
        why="oxygen in a formula",
    ),
    Rule(
        pattern=re.compile(r"(?:(?<=\d\.\d)|(?<=\d\.\d\d))[+士土](?=\d+\.\d)"),
        table=str.maketrans("+士土", "±±±"),
        why="a mean and its deviation",
        doubted=True,
    ),
    Rule(
        pattern=re.compile(
            r"(?:(?<=\[\d)|(?<=\[\d\d)|(?<=\[\d-\d)|(?<=\[\d-\d\d)|(?<=\[\d\d-\d\d))[1lI](?=[\u4e00-\u9fff，。、；])"
        ),
        table=str.maketrans("1lI", "]]]"),
        why="a citation's closing bracket",
        doubted=True,
    ),
)
_WORD = re.compile(r"[A-Za-z]{5,}")
_YEAR = re.compile(r"(?<=\b(?:19|20)\d)[A-Za-z](?=\s?[,，;；]\s?\d)")
# Lower-case letters that look like their capitals, but smaller.
_SCALED = frozenset("cosuvwxz")


def find_confusions(line: Line) -> tuple[Edit, ...]:
    """Characters that their context shows to be others."""
    return (*_by_rules(line), *_years(line), *_small_capitals(line))


def _by_rules(line: Line) -> Iterator[Edit]:
    possible = {(doubt.at, one.text) for doubt in line.doubts for one in doubt.alternatives}
    for rule in RULES:
        for hit in rule.pattern.finditer(line.text):
            now = hit[0].translate(rule.table)
            is_possible = (hit.start(), now) in possible or now in LACKS.get(line.readers[hit.start()], ())
            if now == hit[0] or (rule.doubted and not is_possible):
                continue
            yield Edit(start=hit.start(), was=hit[0], now=now, why=rule.why, evidence=_context(line.text, hit))


def _years(line: Line) -> Iterator[Edit]:
    """A letter as a year's last figure, before a volume: the likeliest figure that the reader saw there."""
    doubts = {doubt.at: doubt.alternatives for doubt in line.doubts}
    for hit in _YEAR.finditer(line.text):
        figures = [one for one in doubts.get(hit.start(), ()) if one.text.isdecimal()]
        if figures:
            now = max(figures, key=lambda one: one.confidence).text
            yield Edit(
                start=hit.start(), was=hit[0], now=now, why="a figure of a year", evidence=_context(line.text, hit)
            )


def _context(text: str, hit: re.Match[str]) -> str:
    return f"it stands in “{text[max(0, hit.start() - 8) : hit.end() + 8]}”"


def _small_capitals(line: Line) -> Iterator[Edit]:
    """A lower-case letter among capitals, as high as they are."""
    if not line.tops:
        return
    for hit in _WORD.finditer(line.text):
        lower = [at for at in range(*hit.span()) if line.text[at].islower()]
        if lower and len(lower) <= 0.3 * len(hit[0]) and all(_is_tall(line, at, hit.span()) for at in lower):
            for at in lower:
                why = "a capital in a word of capitals"
                yield Edit(start=at, was=line.text[at], now=line.text[at].upper(), why=why, evidence=hit[0])


def _is_tall(line: Line, at: int, word: tuple[int, int]) -> bool:
    capitals = sorted(line.bottoms[i] - line.tops[i] for i in range(*word) if line.text[i].isupper())
    height = line.bottoms[at] - line.tops[at]
    return line.text[at] in _SCALED and height > 0.85 * capitals[len(capitals) // 2]
