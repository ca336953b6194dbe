"""Entries of reference lists and notes in the styles of the houses."""

from __future__ import annotations

from samples.random_houses.matter import Matter


def numeric(matter: Matter) -> str:
    """GB/T 7714, as numbered lists print it."""
    draw, year, pages = matter.random.random(), matter.year(), matter.pages()
    if draw < 0.3:
        family, other = matter.some("latin", 2)
        return f"{family} R, {other} M. {matter.english()}[J]. River Stud, {year}, 12(3): {pages}."
    if draw < 0.5:
        return f"{matter.name()}. {matter.title()}[M]. {matter.one('place')}: {matter.one('press')}, {year}: {pages}."
    names, volume = ", ".join(matter.names()), matter.random.randint(3, 40)
    return f"{names}. {matter.title()}[J]. {matter.one('journal')}, {year}, {volume}(2): {pages}."


def apa_chinese(matter: Matter, name: str, year: int) -> str:
    """As journals in Taiwan print it."""
    volume = matter.random.randint(2, 30)
    return f"{name}（{year}）。{matter.title()}。{matter.one('journal')}，{volume}（2），{matter.pages()}。"


def apa_english(matter: Matter, family: str, year: int) -> str:
    return f"{family}, R. ({year}). {matter.english()}. River Studies, 12(3), {matter.pages()}."


def author_year(matter: Matter, name: str, year: int) -> str:
    """GB/T 7714, author and date."""
    volume = matter.random.randint(2, 30)
    return f"{name}, {year}. {matter.title()}[J]. {matter.one('journal')}, {volume}(1): {matter.pages()}."


def note(matter: Matter) -> str:
    """A note of the humanities."""
    work, year = f"{matter.name()}：《{matter.title()}》", matter.year()
    if matter.random.random() < 0.4:
        return f"{work}，{matter.one('place')}：{matter.one('press')}，{year}年，第{matter.random.randint(3, 300)}页。"
    return f"{work}，《{matter.one('journal')}》{year}年第{matter.random.randint(1, 6)}期。"


def old(matter: Matter) -> str:
    """Without type marks, as in the 1980s."""
    place = f"{matter.random.randint(2, 9)}（2）：{matter.pages()}，{matter.year()}"
    return f"{matter.name()}：{matter.title()}，《{matter.one('journal')}》，{place}。"
