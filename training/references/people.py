"""Invented people, as lists print them: pieces of text with their labels."""

from __future__ import annotations

from random import Random

from training.references.words import Words

Piece = tuple[str, str]


class People:
    """Author lists in the formats that the styles name, for a role ``A``, ``E`` or ``R``."""

    def __init__(self, words: Words, dice: Random) -> None:
        self._words = words
        self._dice = dice

    def listed(self, role: str, form: str) -> list[Piece]:
        """Names in ``form``: its name, then ``/`` and the separator, and ``/`` and the word before the last name."""
        name, *rest = form.split("/")
        between = rest[0].replace("_", " ") if rest else ", "
        last = rest[1].replace("_", " ") if len(rest) > 1 else ""
        if name == "bodyzh":
            count = self._dice.choice([1, 1, 1, 1, 2, 3])
        else:
            count = (
                1
                if name.endswith("1")
                else self._dice.choice([1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7, self._dice.randint(6, 20)])
            )
        names = [self._name(role, name.rstrip("1")) for _ in range(count)]
        pieces: list[Piece] = []
        for index, one in enumerate(names):
            if index:
                pieces.append((last if last and index == count - 1 else between, "O"))
            pieces += one
        if name in {"van", "cap", "apa"} and self._dice.random() < 0.02:
            pieces += [(self._dice.choice([", ", ", for the ", "; "]), "O"), (self._words.body(), role + "F")]
        return pieces

    def _name(self, role: str, form: str) -> list[Piece]:
        family, given = role + "F", role + "G"
        if form in {"zh", "zht"}:
            return [(self._words.han_name(traditional=form == "zht"), family)]
        if form == "foreign":
            return [(self._words.foreign_name(), family)]
        if form == "bodyzh":
            return [(self._words.han_body(), family)]
        if form == "bodyen":
            return [(self._words.body(), family)]
        surname, first, second = self._words.surname(), self._words.given(), self._words.given()
        one, two = first[0], second[0] if self._dice.random() < 0.5 else ""
        if self._dice.random() < 0.06:
            two += "".join(self._words.given()[0] for _ in range(self._dice.choice([1, 1, 2])))
        if form in {"van", "vanspaced", "cap", "capspaced"}:
            if form.startswith("cap"):
                surname = surname.upper()
            spaced = " ".join(one + two) if form.endswith("spaced") else one + two
            tail = " " + self._dice.choice(["Jr", "Sr", "III", "2nd"]) if self._dice.random() < 0.04 else ""
            if self._dice.random() < 0.03 and len(spaced) > 1:
                spaced = "-".join(spaced.replace(" ", ""))
            return [(surname, family), (f" {spaced}{tail}", given)]
        dotted = " ".join(f"{letter}." for letter in one + two)
        if self._dice.random() < 0.1:
            dotted = f"{one}.-{two or one}."
        if form in {"apa", "tight"}:
            dotted = dotted.replace(" ", "") if form == "tight" else dotted
            tail = ", Jr." if self._dice.random() < 0.02 else ""
            return [(surname, family), (", ", "O"), (dotted + tail, given)]
        if form == "dotted":
            return [(surname, family), (" ", "O"), (dotted, given)]
        if form == "inv":
            return [(dotted, given), (" ", "O"), (surname, family)]
        if form == "invbare":
            return [(f"{one} {two}".strip(), given), (" ", "O"), (surname, family)]
        if form == "last":
            return [(surname, family)]
        middle = f" {second[0]}." if self._dice.random() < 0.35 else f" {second}" if self._dice.random() < 0.1 else ""
        if form == "full":
            return [(first + middle, given), (" ", "O"), (surname, family)]
        if form == "fullinv":
            return [(surname, family), (", ", "O"), (first + middle, given)]
        if form == "pin":
            return [(self._words.pinyin_surname().upper(), family), (" ", "O"), (self._words.pinyin_given(), given)]
        if form == "pinyin":
            return [(self._words.pinyin_surname(), family), (" ", "O"), (self._words.pinyin_given(), given)]
        raise ValueError(form)
