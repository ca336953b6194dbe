"""Invented titles."""

from __future__ import annotations

from collections.abc import Callable

from training.references.names import Names
from training.references.pools import pool

_ZH_FUNCTION = pool("zh_function")
_EN_FUNCTION = pool("en_function")
_MONTH_NAMES = pool("month_names").split("|")


class Titles(Names):
    """Titles of works, Chinese and English."""

    def title(self, form: str) -> str:
        if form in {"zh", "zht"}:
            title = self._han_title()
            return self.traditional(title) if form == "zht" else title
        if form in {"case", "casebare"}:
            stop = "." if form == "case" else ""
            return self._pick(
                f"{self.surname()} v{stop} {self._pick(self.surname(), self.body())}",
                f"{self._dice.choice(self._english).title()} Co. v{stop} {self.surname()}",
                f"In re {self.surname()}",
                f"R v{stop} {self.surname()}",
            )
        return self._english_title(capitals=form == "EN")

    def _han_title(self) -> str:
        dice = self._dice

        def run(low: int, high: int) -> str:
            out = ""
            for _ in range(dice.randint(low, high)):
                out += self._words(_ZH_FUNCTION) if dice.random() < 0.35 else dice.choice(self._han)
            return out

        text = run(3, 8) if dice.random() < 0.85 else run(1, 3)
        roll = dice.random()
        if roll < 0.12:
            text += self._pick("：", "：", ": ", "——") + run(2, 6)
        elif roll < 0.16:
            text = f"{self._pick('“', '〈')}{run(1, 2)}”{run(2, 4)}".replace("〈", "“")
        elif roll < 0.22:
            text = (
                run(1, 3)
                + self._pick("ALS", "CNKI", "DNA", "GIS", "SARS", "MRI", "pH", "IL-6", "Fe3O4", "CO2", "3D", "CT")
                + run(2, 4)
            )
        elif roll < 0.27:
            text += f"{dice.randint(10, 990)}例{self._pick('分析', '报告', '')}"
        elif roll < 0.31:
            text = f"{dice.randint(1600, 2020)}{self._pick('—', '-', '～')}{dice.randint(1600, 2020)}年{run(2, 5)}"
        elif roll < 0.35:
            text += f"（{dice.randint(1600, 2020)}—{dice.randint(1600, 2020)}）"
        elif roll < 0.39:
            text = run(2, 3) + self._pick("、", "，") + run(2, 4)
        elif roll < 0.42:
            text += self._pick("（上）", "（下册）", "（第2版）", "（一）", "(英文)", "(2012—2018)")
        elif roll < 0.44:
            text = f"第{dice.randint(2, 40)}次" + text
        elif roll < 0.49:
            text = (
                f"{dice.randint(1900, 2025)}{self._pick('年', '年', '', '—' + str(dice.randint(1900, 2025)) + '年', '年度')}"
                + text
            )
        elif roll < 0.52:
            text = (
                self._pick(
                    "ALS", "CNKI", "DNA", "GIS", "20世纪", "21世纪", "5G", "Web2.0", "“一带一路”", "A型", "3株", "120例"
                )
                + text
            )
        elif roll < 0.58:
            text += self._pick("：", ": ", "：") + self._pick(
                f"{dice.randint(1950, 2024)}",
                f"{dice.randint(1950, 2000)}-{dice.randint(2001, 2024)}",
                f"卷{dice.randint(1, 40)}",
                f"{dice.randint(1950, 2024)}年卷",
            )
        elif roll < 0.61:
            text = f"《{dice.choice(self._han)}》" + run(2, 4) + self._pick("", "？" + run(2, 3))
        elif roll < 0.63:
            text = run(1, 2) + f"{dice.randint(2, 200)}{self._pick('种', '例', '个', '年', '版', '号')}" + run(2, 4)
        return text

    def _english_title(self, *, capitals: bool) -> str:
        dice = self._dice

        def run(low: int, high: int) -> str:
            out = []
            for _ in range(dice.randint(low, high)):
                if out and dice.random() < 0.35:
                    out.append(self._words(_EN_FUNCTION))
                roll = dice.random()
                if roll < 0.06:
                    out.append(
                        self._pick(
                            "ALS",
                            "DNA",
                            "IL-2",
                            "p53",
                            "MRI",
                            "CO2",
                            "T",
                            "3D",
                            "HIV",
                            "GaAs",
                            "α-synuclein",
                            "SOD1",
                            "K",
                            "4",
                            "12",
                            "1998",
                            "2",
                            "45",
                            "NK-cell",
                        )
                    )
                elif roll < 0.1:
                    out.append(self.surname())
                elif roll < 0.13:
                    out.append(self._dice.choice(self._places[1]))
                else:
                    word = dice.choice(self._english)
                    out.append(word.title() if capitals or roll > 0.95 else word)
            return " ".join(out)

        text = run(2, 9) if dice.random() < 0.95 else dice.choice(self._english)
        text = text[:1].upper() + text[1:]
        if dice.random() < 0.12:
            text = self._opening(text)
        if dice.random() < 0.1:
            text += self._inset(run)
        roll = dice.random()
        if roll < 0.15:
            text += ": " + (lambda part: part[:1].upper() + part[1:] if dice.random() < 0.4 else part)(run(2, 6))
        elif roll < 0.2:
            text += ", " + run(1, 4)
        elif roll < 0.24:
            text += (
                f" ({run(1, 2)})" if dice.random() < 0.6 else f", {dice.randint(1500, 1990)}–{dice.randint(1500, 2000)}"
            )
        elif roll < 0.27:
            text += ". " + (lambda part: part[:1].upper() + part[1:])(run(3, 6))
        elif roll < 0.31:
            text += "?"
        elif roll < 0.34:
            text += (
                self._pick(". The ", ". ", ": the ", ". The ")
                + " ".join(dice.choice(self._english).title() for _ in range(dice.randint(1, 4)))
                + " "
                + self._pick("Study", "Trial", "Group", "Study Group", "Project", "Investigators", "Consortium")
            )
        elif roll < 0.35:
            text += self._pick(" (", ", ") + self._pick(
                f"{dice.choice(_MONTH_NAMES)} {dice.randint(1, 28)}-{dice.randint(1, 28)}, {dice.randint(1980, 2022)}",
                f"{dice.randint(1900, 2022)}",
                f"{dice.choice(self._english).upper()[:5]} {dice.randint(1980, 2022)}",
            )
            text += ")" if text.count("(") > text.count(")") else ""
        elif roll < 0.36:
            text += self._pick("? ", ". I. ", ". II. ", ". Part 2: ", " - ", " — ") + run(2, 5).capitalize()
        elif roll < 0.38:
            text = (
                text.replace(" ", " vs. ", 1)
                if dice.random() < 0.5
                else text
                + self._pick(
                    " n. sp.",
                    f" ({dice.choice(self._english).title()} cv. {dice.choice(self._english).title()}, {dice.choice(self._english).title()})",
                    " in vivo",
                    " No. 5",
                    f" {dice.choice('ABCDEHLMPS')}. {dice.choice(self._english)}",
                )
                + " "
                + run(1, 3)
            )
        elif roll < 0.4:
            text = text.title()
        elif roll < 0.405:
            text += self._pick(
                " [corrected]", " (in Italian)", " [letter]", " [in German]", " (Review)", " [editorial]"
            )
        elif roll < 0.43:
            text += (
                self._pick(" in the ", " of ", " in ")
                + self._pick(
                    *(dice.choice(self._english).title() for _ in range(3)), "USA", "AIDS", "DNA", "RNA", "PCR"
                )
                + self._pick("", " " + dice.choice(self._english).title(), " A")
            )
        return text

    def _opening(self, text: str) -> str:
        """What titles begin with besides a word: a short form, a figure, a formula, set off by a comma or colon."""
        dice = self._dice
        lead = self._pick(
            "".join(dice.choice("ABCDEFGHIKLMNPRSTVX") for _ in range(dice.randint(2, 5)))
            + self._pick("", "", str(dice.randint(1, 60)), "-" + str(dice.randint(1, 9)), " II"),
            self._pick("α", "β", "γ", "N", "1,25", "H+", "Ca2+", "17 beta", "L", "DL", "5'", "2,4")
            + "-"
            + dice.choice(self._english),
            dice.choice(self._english).title(),
            f"{dice.randint(2, 2020)}",
            f"{dice.choice(self._english).title()}-{dice.choice(self._english).title()}",
        )
        return lead + self._pick(", ", ": ", " ", " ") + (text[:1].lower() + text[1:] if dice.random() < 0.6 else text)

    def _inset(self, run: Callable[[int, int], str]) -> str:
        """A bracket, a quotation or figures in the middle of a title, and how it goes on."""
        dice = self._dice
        short = "".join(dice.choice("ABCDEFGHIKLMNPRSTVX") for _ in range(dice.randint(2, 5)))
        inset = self._pick(
            f" ({short})",
            f" ({run(1, 2)}, {run(1, 2)})",
            f' "{run(1, 2)}"',
            f" ‘{run(1, 2)}’",
            f" [{run(1, 1)}]",
            f" {short}/{short}",
            f" {short}{dice.randint(1, 99)}",
            f" of “{dice.choice(self._english).title()} {dice.choice(self._english).title()}” in",
            f" in {dice.choice(self._english).title()} {self._pick('Town', 'Province', 'County', 'Island')}, {dice.choice(self._english).title()} {self._pick('City', 'Prefecture', 'State')}, {self._pick('central', 'northern', 'Western')}",
            f" of the {dice.choice(self._english).title()} {dice.choice(self._english).title()} {self._pick('Survey', 'Study', 'Trial', 'States')}, {dice.randint(1960, 2015)}:",
            f" {dice.randint(1, 999)}",
            f" {dice.randint(1, 9)}-{run(1, 1)}",
            f" {short}+-{run(1, 1)}",
            f" ({dice.randint(1, 300)}{short[0]})",
            f", {run(1, 2)},",
            f" {dice.randint(1, 9)}.{dice.randint(1, 9)}",
            f" {self.surname()}'s",
            f" {dice.choice(self._english).title()} {dice.choice(self._english).title()}",
            f" type {self._pick('I', 'II', 'III', '1', 'A', 'B')}",
            f" {dice.randint(1, 20)}q{dice.randint(1, 30)}.{dice.randint(1, 9)}",
        )
        return inset + " " + run(1, 5)
