"""Words to fill the styles with: every call another."""

from __future__ import annotations

import re

from training.references.pools import pool
from training.references.titles import Titles

_ZH_FIELD = pool("zh_field")
_ZH_JOURNAL = pool("zh_journal")
_ZH_NEWS = pool("zh_news")
_ZH_PRESS = pool("zh_press")
_ZH_PRESS_BARE = pool("zh_press_bare")
_EN_PRESS = pool("en_press")
_EN_JOURNAL = pool("en_journal")


class Words(Titles):
    """Journals, books, publishers and places, and all that titles and names are made of."""

    def journal(self, form: str) -> str:
        dice = self._dice
        if form in {"zh", "zht"}:
            name = self._han_journal()
            return self.traditional(name) if form == "zht" else name
        if form == "news":
            return (
                self._words("人民 光明 江城 中国 解放 北方 新民 都市 聯合 自由 华商 青年")
                + self._pick("", dice.choice(self._han))
                + self._words(_ZH_NEWS)
            )
        if form == "newsen":
            return (
                self._pick("The ", "")
                + dice.choice(self._english).title()
                + " "
                + self._words("Times Post Herald Tribune Courier Gazette News Guardian Journal Echo Chronicle")
            )
        if form == "meetzh":
            return (
                self._pick(
                    "第" + self._words("一 二 三 五 十 12 8 十四") + "届",
                    "中国",
                    f"{dice.randint(1990, 2022)}年",
                    "国际",
                )
                + self._pick("全国", "")
                + self._words(_ZH_FIELD)
                + self._pick("学术", "", dice.choice(self._han))
                + self._words("会议论文集 年会论文集 研讨会论文集 研讨会 学术会议论文集 年会 论文选")
            )
        if form == "bookzh":
            return self._han_title()
        if form == "meeten":
            return (
                self._pick(
                    "Proceedings of the",
                    "Proc.",
                    "International Conference on",
                    f"Proceedings of the {dice.randint(2, 40)}th",
                    "IEEE International Conference on",
                    "Advances in",
                    "Proc. Int. Conf.",
                    "IEEE Conf.",
                )
                + " "
                + self._english_title(capitals=True).split(":")[0].split(".")[0].rstrip("?")
                + self._pick("", "", f" ({dice.choice(self._english)[:4].upper()})", f" {dice.randint(1990, 2022)}")
            )
        if form == "booken":
            return self._english_title(capitals=True).rstrip("?")
        if form == "preprint":
            return self._pick("arXiv", "arXiv", "bioRxiv", "medRxiv", "ChemRxiv", "SSRN")
        if form == "case":
            return self._pick("U.S.", "F.2d", "F.3d", "F. Supp.", "S. Ct.", "AC", "WLR", "All ER", "QB", "Cal. App.")
        if form == "law":
            return dice.choice(self._english).title() + self._pick(
                " L. Rev.", " L.J.", " J. Int'l L.", " Law Review", " L.Q."
            )
        roll = dice.random()
        if form == "EN":
            if roll < 0.35:
                return dice.choice(self._journals)[1]
            if roll < 0.75:
                return (
                    self._words(_EN_JOURNAL.replace(" ", "_").replace("|", " ")).replace("_", " ")
                    + " "
                    + " ".join(dice.choice(self._english).title() for _ in range(dice.choice([1, 1, 2])))
                )
            return " ".join(dice.choice(self._english).title() for _ in range(dice.choice([1, 2, 2, 3])))
        if roll < 0.55:
            name = dice.choice(self._journals)[0]
        else:
            name = " ".join(
                dice.choice(self._english).title()[: dice.choice([3, 4, 5, 6, 9])]
                for _ in range(dice.choice([1, 2, 2, 3, 4]))
            )
            if dice.random() < 0.4:
                name = self._pick("J", "Ann", "Acta", "Int J", "Am J", "Proc", "Arch", "Rev") + " " + name
        name = re.sub(r"\s*\([^)]*\)", "", name) if dice.random() < 0.7 else name
        if form == "dots" or (form == "abbr" and dice.random() < 0.1):
            name = " ".join(word + "." if len(word) < 8 and dice.random() < 0.9 else word for word in name.split())
        if dice.random() < 0.05:
            name += self._pick(" A", " B", " (Lond)", " C")
        return name

    def _han_journal(self) -> str:
        dice = self._dice
        roll = dice.random()
        if roll < 0.15:
            return (
                self._words(_ZH_FIELD)
                + "大学学报"
                + self._pick("", "（自然科学版）", "（哲学社会科学版）", "(社会科学版)", "：医学版")
            )
        if roll < 0.25:
            return self._words(
                "文物 哲学动态 读书 开放时代 世界历史 音乐 考古 史林 文史哲 求索 学术月刊 东方博物 江海学刊 中药材 生物 天文"
            )
        if roll < 0.35:
            return dice.choice(self._han) + dice.choice(self._han)
        return (
            self._pick("中华", "中国", "", "")
            + self._words(_ZH_FIELD)
            + self._pick("", "", self._words(_ZH_FIELD), dice.choice(self._han))
            + self._words(_ZH_JOURNAL)
        )

    def press(self, form: str) -> str:
        dice = self._dice
        if form in {"zh", "zht"}:
            lead = self._pick(dice.choice(self._places[0]), self._words(_ZH_FIELD), dice.choice(self._han))
            name = lead + self._words(_ZH_PRESS)
            if form == "zht":
                name = self._words(_ZH_PRESS_BARE) if dice.random() < 0.5 else name
                return self.traditional(name)
            return name
        if form == "school":
            return (
                self._pick(dice.choice(self._places[0]), self._words(_ZH_FIELD), dice.choice(self._han))
                + self._pick("大学", "大学", "师范大学", "学院", "医科大学", "研究院", "工业大学")
                + self._pick("", "", "", "历史系", "法学院")
            )
        if form == "schoolt":
            return self.traditional("国立" + dice.choice(self._han) + self._pick("大学", "师范大学", "科技大学"))
        if form == "schoolen":
            word = dice.choice(self._english).title()
            return self._pick(
                f"University of {word}",
                f"{word} University",
                f"Univ. of {word}",
                f"{word} Univ.",
                f"{word} State University",
                f"{word} Institute of Technology",
            )
        if form == "bodyen":
            return self.body()
        if form == "repo":
            return self._pick(
                "Zenodo",
                "Figshare",
                "Dryad",
                "PANGAEA",
                "arXiv",
                "bioRxiv",
                "PsyArXiv",
                "SSRN",
                "medRxiv",
                "ChinaXiv",
                "Open Science Framework",
                self.body(),
                self.han_body()[:8] + "数据中心",
            )
        word = dice.choice(self._english).title()
        return (
            f"{word} {self._words(_EN_PRESS.replace(' ', '_').replace('|', ' ')).replace('_', ' ')}"
            if dice.random() < 0.7
            else self._pick(
                "Springer",
                "Wiley",
                "Elsevier",
                "Routledge",
                "Mosby",
                "McGraw-Hill",
                "Academic Press",
                word,
                f"{word} & {dice.choice(self._english).title()}",
            )
        )

    def place(self, form: str) -> str:
        name = self._dice.choice(self._places[form != "zh"])
        if form != "zh" and self._dice.random() < 0.2:
            name = (
                self._pick("", "", "Palm ", "San ", "Fort ", "West ", "New ", "Mount ", "Lake ")
                + self._dice.choice(self._english).title()
                + self._pick("", "", " City", " Falls", "ville", "burg")
            )
        return (
            name
            if form == "zh" or self._dice.random() < 0.85
            else f"{name}, {self._pick('MA', 'CA', 'NY', 'USA', 'Germany', 'UK', 'Italy', 'PA', 'Japan', 'NY, USA', 'Portugal')}"
        )
