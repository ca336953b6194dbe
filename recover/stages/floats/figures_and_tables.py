"""A document's figures and tables: each with its caption, its cells, and the place where it is printed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recover.model.document import Figure, Furniture, Problem, Section, Table
from recover.model.flow import FloatRegion, Flow
from recover.model.geometry import enclose
from recover.stages.floats.captions import Caption, match_captions, read_captions
from recover.stages.floats.continued import join_continued, repeated_heads
from recover.stages.floats.places import Place, line_places, place_at
from recover.stages.floats.table import merged_cells, read_table


class Floats(msgspec.Struct, frozen=True, kw_only=True):
    """The figures and tables of a document, each in reading order, what is odd about them, what they print again."""

    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    repeated: tuple[Furniture, ...] = ()


def read_floats(flow: Flow, sections: Sequence[Section]) -> Floats:
    """Figures and tables with their captions, and captions that found none; ``sections`` say where they stand."""
    captions = read_captions(flow)
    places = line_places(sections)
    matched = match_captions(captions, flow.floats)
    by_float = {item: captions[caption] for caption, item in matched.items()}
    alone = [caption for number, caption in enumerate(captions) if number not in matched]
    found: list[tuple[int, Figure | Table]] = []
    for index, item in enumerate(flow.floats):
        caption, place = by_float.get(index), place_at(item.position, flow.lines, places)
        is_table = caption.is_table if caption else item.region.kind == "table"
        found.append((item.position, (_table if is_table else _figure)(item, caption, place)))
    # A caption without its float is still told, at its own place.
    found += [(item.position, _alone(item, place_at(item.position, flow.lines, places))) for item in alone]
    ordered = [item for _, item in sorted(found, key=lambda pair: pair[0])]
    tables = [item for item in ordered if isinstance(item, Table)]
    return Floats(
        figures=tuple(item for item in ordered if isinstance(item, Figure)),
        tables=join_continued(tables),
        problems=tuple(map(_nothing_found, alone)),
        repeated=repeated_heads(tables),
    )


def _nothing_found(caption: Caption) -> Problem:
    return Problem(
        stage="floats",
        page=caption.lines[0].page,
        message=f"nothing was found for the caption {caption.label} {caption.text}",
        remedy="look at the page",
    )


def _alone(caption: Caption, place: Place) -> Figure | Table:
    first = caption.lines[0]
    box = first.to_page.box(enclose(line.box for line in caption.lines)).rounded()
    return (
        Table(
            label=caption.label,
            caption=caption.text,
            caption_en=caption.text_en,
            caption_spans=caption.spans,
            caption_en_spans=caption.spans_en,
            page=first.page,
            box=box,
            rows=(),
            section=place.section,
            after=place.after,
        )
        if caption.is_table
        else Figure(
            label=caption.label,
            caption=caption.text,
            caption_en=caption.text_en,
            caption_spans=caption.spans,
            caption_en_spans=caption.spans_en,
            page=first.page,
            box=box,
            image="",
            section=place.section,
            after=place.after,
        )
    )


def _figure(item: FloatRegion, caption: Caption | None, place: Place) -> Figure:
    return Figure(
        label=caption.label if caption else "",
        caption=caption.text if caption else "",
        caption_en=caption.text_en if caption else "",
        caption_spans=caption.spans if caption else (),
        caption_en_spans=caption.spans_en if caption else (),
        page=item.page,
        box=item.to_page.box(item.region.box).rounded(),
        image=item.region.image,
        text=tuple(line.text for line in item.region.lines),
        lines=tuple(f"p{item.page + 1}.{line.id}" for line in item.region.lines),
        section=place.section,
        after=place.after,
    )


def _table(item: FloatRegion, caption: Caption | None, place: Place) -> Table:
    cells, rows = read_table(item)
    return Table(
        label=caption.label if caption else "",
        caption=caption.text if caption else "",
        caption_en=caption.text_en if caption else "",
        caption_spans=caption.spans if caption else (),
        caption_en_spans=caption.spans_en if caption else (),
        page=item.page,
        box=item.to_page.box(item.region.box).rounded(),
        rows=rows,
        spans=merged_cells(cells),
        cells=cells,
        image=item.region.image,
        section=place.section,
        after=place.after,
    )
