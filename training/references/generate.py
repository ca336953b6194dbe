"""From the styles' examples to labelled entries: every slot filled anew, optional parts in or out, worn print now and then.

A line of ``styles/*.txt`` is an entry as the style sets it::

    {A:zh/、}：《{T:zh}》，《{J:zh}》{Y}年第{I}期⟦，第{P}页⟧。

``{slot:form}`` is a field, ``⟦…⟧`` may be missing, ``⟨a｜b⟩`` is one of several. A number and ``*`` in front weigh a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from training.references.people import People, Piece
from training.references.words import Words

STYLES = Path(__file__).parent / "styles"
_PART = re.compile(r"\{(\w+)(?::([^{}]*))?\}|([⟦⟧⟨⟩｜])|([^{⟦⟧⟨⟩｜]+)")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DASHES = ("-", "-", "–", "–", "—", "~", "－", "～")
_WIDE = str.maketrans(",.:;()[]", "，．：；（）［］")


def styles(without: frozenset[str] = frozenset()) -> list[str]:
    """The lines of all styles but those of the files named, each as often as it weighs."""
    lines: list[str] = []
    for path in sorted(STYLES.glob("*.txt")):
        if path.stem in without:
            continue
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                weight, _, rest = line.partition("*") if re.match(r"\d+\*", line) else ("1", "", line)
                lines += [rest] * int(weight)
    return lines


class Generator:
    """Entries without end: each a text and the label of every character."""

    def __init__(self, lines: list[str], seed: int) -> None:
        self._dice = Random(seed)  # noqa: S311 - examples, no secrets
        self._words = Words(self._dice)
        self._people = People(self._words, self._dice)
        self._lines = lines

    def entries(self, count: int) -> Iterator[tuple[str, list[str]]]:
        """``count`` entries of random styles."""
        for _ in range(count):
            pieces = self._worn(self._filled(self._dice.choice(self._lines)))
            text = "".join(piece for piece, _ in pieces)
            yield text, [label for piece, label in pieces for _ in piece]

    def _filled(self, line: str) -> list[Piece]:
        pieces: list[Piece] = []
        for slot, form, text in self._chosen(line):
            pieces += self._slot(slot, form) if slot else [(text, "O")]
        return pieces

    def _chosen(self, line: str) -> list[tuple[str, str, str]]:
        """The line's parts after the dice fell for each optional part and choice."""
        parts = [hit.groups() for hit in _PART.finditer(line)]
        found, _ = self._group(parts, 0)
        return found

    def _group(self, parts: list[tuple[str, ...]], at: int) -> tuple[list[tuple[str, str, str]], int]:
        choices: list[list[tuple[str, str, str]]] = [[]]
        while at < len(parts):
            slot, form, sign, text = parts[at]
            if sign in {"⟧", "⟩"}:
                return self._dice.choice(choices), at
            if sign == "｜":
                choices.append([])
            elif sign:
                inner, at = self._group(parts, at + 1)
                if sign == "⟨" or self._dice.random() < 0.5:
                    choices[-1] += inner
            else:
                choices[-1].append((slot or "", form or "", text or ""))
            at += 1
        return self._dice.choice(choices), at

    def _slot(self, slot: str, form: str) -> list[Piece]:
        dice, words = self._dice, self._words
        if slot in {"A", "E", "R"}:
            return self._people.listed(slot, form)
        if slot == "T":
            return [(words.title(form), "T")]
        if slot == "J":
            return [(words.journal(form), "J")]
        if slot == "B":
            return [(words.press(form), "B")]
        if slot == "L":
            return [(words.place(form), "L")]
        if slot == "Y":
            year = str(
                dice.choice(
                    [
                        dice.randint(1850, 1950),
                        dice.randint(1951, 1995),
                        dice.randint(1995, 2025),
                        dice.randint(1995, 2025),
                    ]
                )
            )
            return [(year + (dice.choice("abc") if form == "a" and dice.random() < 0.2 else ""), "Y")]
        if slot == "day":
            return [(self._day(form), "Y")]
        if slot == "X":
            return [(self._day(form), "X")]
        if slot == "V":
            return [(self._volume(form), "V")]
        if slot == "I":
            return [(self._issue(form), "I")]
        if slot == "P":
            return [(self._pages(form), "P")]
        if slot == "N":
            return [(self._number(form), "N")]
        if slot == "D":
            return [(self._edition(form), "D")]
        if slot == "W":  # other words, of no field
            return [(words.title(form)[: dice.randint(4, 12)], "O")]
        raise ValueError(slot)

    def _day(self, form: str) -> str:
        dice = self._dice
        year, month, day = dice.randint(1950, 2025), dice.randint(1, 12), dice.randint(1, 28)
        name = _MONTHS[month - 1]
        short = name[:3] if name != "September" else dice.choice(["Sep", "Sept"])
        if form == "iso":
            sign = dice.choice("----－–.")
            return dice.choice(
                [
                    f"{year}{sign}{month:02}{sign}{day:02}",
                    f"{year}{sign}{month}{sign}{day}",
                    f"{year} {sign} {month:02} {sign} {day:02}",
                ]
                if dice.random() < 0.3
                else [f"{year}{sign}{month:02}{sign}{day:02}"]
            )
        return {
            "zh": f"{year}年{month}月{day}日", "zhm": f"{year}年{month}月", "mdy": f"{name} {day}, {year}", "md": f"{name} {day}",
            "dmy": f"{day} {name} {year}", "my": f"{name} {year}", "sdy": f"{short}. {day}, {year}", "sy": f"{short}. {year}",
            "ymd": f"{year}, {name} {day}", "ym": f"{year}, {name}", "vymd": f"{year} {short} {day}", "vym": f"{year} {short}",
            "mmdd": f"{month:02}-{day:02}", "apazh": f"{year}，{month}月{day}日", "season": f"{dice.choice(['Spring', 'Fall', 'Winter', 'Summer'])} {year}",
        }[form]  # fmt: skip

    def _volume(self, form: str) -> str:
        dice = self._dice
        if form == "zh":
            return dice.choice([str(dice.randint(1, 60)), dice.choice("一二三四五六七八九十")])
        return dice.choice(
            [
                str(dice.randint(1, 99)),
                str(dice.randint(1, 99)),
                str(dice.randint(100, 600)),
                *([str(dice.randint(600, 9999))] if dice.random() < 0.3 else []),
                *(["A", "B"] if dice.random() < 0.02 else []),
                f"{dice.choice('ABD')}{dice.randint(20, 80)}" if dice.random() < 0.1 else str(dice.randint(1, 50)),
            ]
        )

    def _issue(self, form: str) -> str:
        dice = self._dice
        roll = dice.random()
        if roll < 0.85 or form == "n":
            return str(
                dice.choice([dice.randint(1, 12), dice.randint(1, 12), dice.randint(1, 12), dice.randint(13, 900)])
            )
        if roll < 0.9:
            return f"{dice.randint(1, 11)}{dice.choice('-–/')}{dice.randint(2, 12)}"
        return dice.choice(
            ["增刊", "增刊1", "增刊2", "S1", "S2", "z1"]
            if form == "zh"
            else ["Suppl", "Suppl 1", "Suppl 2", "S1", "Pt 2", "3 Pt 1", "suppl 1", "12A", "Pt A"]
        )

    def _pages(self, form: str) -> str:
        dice = self._dice
        first = dice.choice(
            [dice.randint(1, 99), dice.randint(100, 999), dice.randint(100, 999), dice.randint(1000, 19999)]
        )
        if form == "one":
            return str(first) if dice.random() < 0.9 else dice.choice([f"A{first % 40}", f"B{first % 20:02}"])
        if form == "news":
            return dice.choice(
                [
                    f"{dice.randint(1, 30)}",
                    f"{dice.randint(1, 16):02}",
                    f"A{dice.randint(1, 20)}",
                    f"B{dice.randint(1, 9):02}",
                    f"C{dice.randint(1, 9)}",
                ]
            )
        if form == "book" and dice.random() < 0.08:
            own = f"序{dice.randint(1, 5)}{dice.choice(_DASHES)}{dice.randint(6, 12)}"
            return dice.choice([own, own, "序1", "前言", "第1版自序", "ⅳ-ⅵ", "i-iv", "xii", "扉页"])
        if form == "article" or dice.random() < 0.06:
            return dice.choice(
                [
                    f"e{dice.randint(1000, 99999)}",
                    f"{dice.randint(10000, 999999):06}",
                    f"e{dice.randint(0, 999):04}",
                    f"{dice.randint(1000, 9999)}",
                ]
            )
        if dice.random() < 0.12:
            return str(first)
        last = first + dice.randint(1, 40)
        tail = (
            str(last)[-dice.choice([1, 2]) :]
            if dice.random() < 0.25 and last // 100 == first // 100 and first > 99
            else str(last)
        )
        lead = dice.choice(["S", "D", "H"]) if dice.random() < 0.04 else ""
        return f"{lead}{first}{dice.choice(_DASHES)}{lead}{tail}"

    def _number(self, form: str) -> str:
        dice = self._dice
        if form == "std":
            lead = dice.choice(
                [
                    "GB",
                    "GB/T",
                    "GB/T",
                    "JGJ",
                    "ISO",
                    "DL/T",
                    "SL",
                    "YY/T",
                    "DB11/T",
                    "IEC",
                    "ISO/IEC",
                    "ASTM D",
                    "NY/T",
                    "EN",
                    "IEEE Std",
                    dice.choice("ABCN") + "IAA G-",
                    dice.choice("ABN") + "ACE TM",
                ]
            )
            return f"{lead}{dice.choice([' ', ' ', ' ', ''])}{dice.randint(10, 50999)}{dice.choice(['', '', f'.{dice.randint(1, 9)}', f'-{dice.randint(1, 9)}'])}{dice.choice(['', '', '', f'-{dice.randint(1, 99)}'])}{dice.choice('-—–－:')}{dice.randint(1980, 2024)}{dice.choice(['(en)', '(E)']) if dice.random() < 0.04 else ''}"
        if form == "patent":
            digits = f"{dice.randint(10**7, 10**8)}"
            return dice.choice(
                [
                    f"CN{digits}{dice.choice('ABUY')}",
                    f"20{digits}00.{dice.choice('0123456789X')}",
                    f"ZL20{digits}.{dice.randint(0, 9)}",
                    f"US{digits[:7]}",
                    f"US {digits[:4]}{digits}",
                    f"CN{digits}0.X",
                    f"{digits[:8]}.{dice.randint(0, 9)}",
                    f"US{digits[:7]} B{dice.randint(1, 2)}",
                    f"EP {digits[:7]}",
                ]
            )
        if form == "uspat":
            return f"{dice.randint(2, 11)}{dice.choice([',', ' ', ''])}{dice.randint(100, 999)}{dice.choice([',', ' ', ''])}{dice.randint(100, 999)}"
        if form == "report":
            return dice.choice(
                [
                    f"{dice.choice(['MOST', 'NSC'])}{dice.randint(90, 110)}-{dice.randint(2000, 2999)}-{dice.choice('HEBM')}-{dice.randint(1, 99):03}",
                    f"TR-{dice.randint(10, 99)}-{dice.randint(1, 9)}",
                    f"{dice.choice(['NASA', 'WHO', 'EPA', 'NRC', 'MOST', 'DOE'])}-{dice.choice(['TR', 'R', 'SP'])}-{dice.randint(10, 9999)}",
                    f"{dice.randint(1000, 9999)}",
                    *[
                        f"{dice.randint(1000000, 9999999)}X-{dice.randint(1990, 2020)}{dice.choice(['BAK', 'BAC', 'AA', 'CB'])}{dice.randint(10, 99)}A{dice.randint(10, 99)}{dice.choice(['', f'/{dice.randint(1, 12)}.{dice.randint(1990, 2020)}'])}"
                    ]
                    * 2,
                    f"No. {dice.randint(1, 99)}",
                ]
            )
        if form == "arxiv":
            return f"{dice.randint(10, 24)}{dice.randint(1, 12):02}.{dice.randint(1000, 29999):05}"
        if form == "version":
            return f"{dice.choice(['', '', 'V', 'v'])}{dice.randint(0, 9)}.{dice.randint(0, 20)}"
        if form == "fullcase":
            return f"（{dice.randint(1999, 2024)}）{self._number('case')}"
        if form == "case":
            return dice.choice(
                [
                    f"京{dice.randint(1, 4000):02}民{dice.choice(['初', '终'])}{dice.randint(1, 9999)}号",
                    f"最高法{dice.choice(['民终', '知民终', '行申', '民申'])}{dice.randint(1, 999)}号",
                    f"{dice.choice(['民提', '民二终', '刑初'])}字第{dice.randint(1, 99)}号",
                    f"沪{dice.randint(1, 2)}中民{dice.randint(1, 9)}终{dice.randint(1, 999)}号",
                ]
            )
        return dice.choice(
            [
                f"{dice.choice('LJQI')}{dice.randint(1, 300):03}-{dice.randint(1, 20)}-{dice.randint(1, 999)}",
                f"{dice.randint(1, 30):02}-{dice.randint(1, 30):02}-{dice.randint(1, 99)}-{dice.randint(1, 999):04}",
                f"{dice.choice('LJQI')}{dice.randint(1, 300)}-{dice.randint(1, 999)}",
                f"{dice.randint(1, 999)}-{dice.randint(1, 999)}",
            ]
        )

    def _edition(self, form: str) -> str:
        dice = self._dice
        number = dice.randint(2, 12)
        nth = f"{number}{ {2: 'nd', 3: 'rd'}.get(number, 'th') }"
        if form == "zh":
            return dice.choice(
                [
                    f"{number}版",
                    f"{number} 版",
                    f"第{number}版",
                    f"第{dice.choice('二三四五六')}版",
                    "修订版",
                    "影印本",
                    "增订版",
                    "新1版",
                    "刻本",
                    "增订本",
                    "新版",
                    "修订本",
                    f"{dice.choice('明清')}刻本",
                    f"{dice.choice('海同文石商开')}{dice.choice('山文明华')}{dice.choice(['书局', '书馆', '书社'])}影印本",
                ]
            )
        if form == "zhnote":
            return dice.choice(["影印本", "标点本", "修订本", "增订本", "点校本", "抄本", "石印本"])
        if form == "apa":
            return dice.choice([f"{nth} ed.", f"{nth} ed.", "Rev. ed."])
        if form == "ver":
            return f"{dice.choice(['', '', 'V', 'v'])}{dice.randint(0, 9)}.{dice.randint(0, 20)}"
        return dice.choice([f"{nth} ed", f"{nth} edn", "Rev. ed", f"{nth} edition", "2d ed"])

    def _worn(self, pieces: list[Piece]) -> list[Piece]:
        """What print and reading do: marks of the other width, spaces lost, stops taken for commas."""
        dice = self._dice
        roll = dice.random()
        if roll < 0.06:
            return [(text.translate(_WIDE) if label == "O" else text, label) for text, label in pieces]
        if roll < 0.12:
            return [(re.sub(r"(?<=[,.:;])\s", "", text) if label == "O" else text, label) for text, label in pieces]
        if roll < 0.17:
            return [(self._misread(text) if label == "O" else text, label) for text, label in pieces]
        if roll < 0.2:
            return self._run_on(pieces)
        if roll < 0.22:
            return [(text.replace("[J]", "").replace("[M]", ""), label) for text, label in pieces]
        if roll < 0.26:
            number = dice.randint(1, 99)
            return [(dice.choice([f"[{number}] ", f"{number}. ", f"[{number}]", "① "]), "O"), *pieces]
        return pieces

    def _run_on(self, pieces: list[Piece]) -> list[Piece]:
        """A title whose stop is lost before the journal."""
        found = list(pieces)
        for at in range(1, len(found) - 1):
            if found[at][0] == ". " and found[at - 1][1] == "T" and found[at + 1][1] == "J":
                found[at] = (" ", "O")
        return found

    def _misread(self, text: str) -> str:
        return "".join(
            {".": ",", ",": ".", "：": "，", "，": "．", ":": ".", "。": "，", " ": ""}.get(char, char)
            if self._dice.random() < 0.12
            else char
            for char in text
        )
