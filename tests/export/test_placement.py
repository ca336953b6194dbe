"""Floats are printed where they stand on the pages, in every format of running text."""

from __future__ import annotations

import msgspec
import pytest

from recover.export.content import body, in_printed_order
from recover.model.document import Document, Figure, Paragraph, Section, Table
from recover.model.geometry import Box


def shown(document: Document) -> list[str]:
    names = []
    for item in body(document):
        match item:
            case Section():
                names.append(item.id)
            case Paragraph():
                names.append(item.text[:2])
            case _:
                names.append(item.label)
    return names


@pytest.mark.parametrize(
    ("section", "after", "place"),
    [
        ("", -1, 0),
        ("s1", 0, 2),
        ("s2", -1, 3),
        ("s2", 0, 4),
        ("s2", 7, 4),  # a paragraph that was joined to another since
        ("s4", -1, 6),  # the list's own heading is no section of the body
        ("s9", 2, 6),
    ],
)
def test_a_table_stands_behind_its_paragraph(paper: Document, section: str, after: int, place: int) -> None:
    table = msgspec.structs.replace(paper.tables[0], section=section, after=after)
    names = shown(msgspec.structs.replace(paper, tables=(table,), figures=()))
    rest = ["s1", "开头", "s2", "干细", "s3", "Me"]
    assert names == [*rest[:place], "表 1", *rest[place:]]


def test_floats_of_one_place_follow_each_other_as_they_are_printed() -> None:
    def figure(label: str, page: int, box: Box) -> Figure:
        return Figure(label=label, caption="", page=page, box=box, image="")

    left, right = Box(50, 400, 250, 600), Box(300, 60, 500, 200)
    under = Box(300, 300, 500, 400)
    table = Table(label="表 1", caption="", page=0, box=under, rows=())
    floats = [figure("图 3", 1, right), figure("图 2", 0, right), figure("图 1", 0, left), table]
    assert [item.label for item in in_printed_order(floats)] == ["图 1", "图 2", "表 1", "图 3"]
