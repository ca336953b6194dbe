"""Invented names of people and bodies."""

from __future__ import annotations

from training.references.pools import Pools, pool

_GIVEN_HAN = pool("given_han")
_SOUNDS = pool("sounds")
_ZH_FIELD = pool("zh_field")
_GIVEN = pool("given").split("|")
_SYLLABLES = pool("syllables").split("|")
_PARTICLES = pool("particles").split("|")
_PIN_SUR = pool("pin_sur").split("|")
_PIN = pool("pin").split("|")


class Names(Pools):
    """People, and what signs in their stead."""

    def han_name(self, *, traditional: bool = False) -> str:
        dice = self._dice
        if dice.random() < 0.03:
            return self.foreign_name()
        given = "".join(dice.choice(_GIVEN_HAN) for _ in range(dice.choice([1, 1, 2, 2, 2])))
        if dice.random() < 0.1:
            given = dice.choice(dice.choice(self._han)[:2])
        name = dice.choice(self._han_surnames) + given
        return self.traditional(name) if traditional else name

    def foreign_name(self) -> str:
        dice = self._dice
        parts = [
            "".join(dice.choice(_SOUNDS) for _ in range(dice.choice([2, 2, 3, 3, 4])))
            for _ in range(dice.choice([1, 1, 2, 2, 2]))
        ]
        if dice.random() < 0.1:
            return (
                f"{dice.choice('ABCDEFGHJKLMNPRSTW')}. {parts[0]}"
                if dice.random() < 0.5
                else f"{parts[0]} {dice.choice('ABCDEFGHJKLMNPRSTW')}"
            )
        return self._pick("·", "·", "·", "・", "•").join(parts)

    def han_body(self) -> str:
        lead = self._words(
            "国家 中国 全国 中华 世界 北京 上海 江苏 省 教育 卫生 国际 国务院 联合国 最高 民政 交通 水利 环境"
        )
        return (
            lead
            + self._words(_ZH_FIELD)
            + self._pick("", self._dice.choice(self._han))
            + self._words(
                "委员会 学会 协会 总局 局 部 署 研究院 研究所 办公室 组织 公司 中心 大学 法院 人民政府 编写组 课题组 司 社 館 院 标准化技术委员会 有限公司"
            )
        )

    def body(self) -> str:
        dice = self._dice
        end = self._words(
            "Association Committee Consortium Group Organization Society Institute University Department Council Collaboration Network Foundation Ministry Center Agency Bureau Board Team Bank Archive"
        )
        lead = self._words("National World International American European Central Royal Asian The Global United")
        if dice.random() < 0.3:
            words = " ".join(dice.choice(self._english).title() for _ in range(dice.randint(1, 3)))
            return f"{words} {self._pick('Study Group', 'Consortium', 'Collaboration', 'Investigators', 'Working Group', 'Task Force', 'Institute', 'Core Team', 'Team', 'Organization')}"
        if dice.random() < 0.12:
            short = "".join(dice.choice("ABCDEFGHIKLMNPRSTV") for _ in range(dice.randint(2, 5)))
            return self._pick(
                f"The {short} {self._pick('Study Group', 'Investigators', 'Consortium')}",
                f"{lead} {end} of {dice.choice(self._english).title()}{self._pick('', ' and ' + dice.choice(self._english).title())}{self._pick('', f' ({short})')}",
                f"U.S. {dice.choice(self._english).title()} and {dice.choice(self._english).title()} {end}",
                f"Writing Group on behalf of the {dice.choice(self._english).title()} ({short}-{dice.randint(1, 199)}) {self._pick('', short + ' ' + str(dice.randint(1, 20)) + ' ')}Study Group",
                f"{short} Group",
                f"{dice.choice('RCV')} Core Team",
            )
        return (
            f"{lead} {dice.choice(self._english).title()} {end}"
            if dice.random() < 0.7
            else f"{end} of {dice.choice(self._english).title()}"
            if dice.random() < 0.8
            else self._pick("WHO", "UNESCO", "OECD", "FAO", "ISO", "NASA")
        )

    def surname(self) -> str:
        dice = self._dice
        roll = dice.random()
        if roll < 0.3:
            name = dice.choice(self._surnames)
        elif roll < 0.45:
            name = dice.choice(_PIN_SUR)
        elif roll < 0.6:
            name = dice.choice(self._english).title()
        else:
            name = "".join(dice.choice(_SYLLABLES) for _ in range(dice.choice([2, 2, 3]))).title()
        roll = dice.random()
        if roll < 0.01:
            return f"{name} {self._pick('San', 'De', 'La', 'Del', 'Van', 'St')} {''.join(dice.choice(_SYLLABLES) for _ in range(2)).title()}"
        if roll < 0.025:
            return f"{name} {''.join(dice.choice(_SYLLABLES) for _ in range(2)).title()}"
        if roll < 0.06:
            return f"{dice.choice(_PARTICLES)} {name}"
        if roll < 0.08:
            return f"{name}-{dice.choice(self._surnames)}"
        if roll < 0.11:
            return self._pick("O’", "O'", "D’", "Mc", "Mac") + name
        if roll < 0.14:
            return name.replace("o", self._pick("ö", "ó", "ø"), 1).replace("e", self._pick("é", "ë"), 1)
        return name

    def given(self) -> str:
        return self._dice.choice(_GIVEN)

    def pinyin_surname(self) -> str:
        return self._dice.choice(_PIN_SUR)

    def pinyin_given(self) -> str:
        parts = [self._dice.choice(_PIN) for _ in range(self._dice.choice([1, 2, 2]))]
        return self._pick("", "", "-").join(parts).capitalize()
