import pytest
from msgspec.structs import replace

from bench.accuracy.measures.layers import score_layers
from recover.model.document import Document
from recover.model.geometry import Box
from recover.model.records import Origin, PageLine, PageRecord, PageRegion
from samples.truths import Truth
from samples.wear import TextLayer


def _line(text: str, origin: Origin) -> PageLine:
    return PageLine(id=text, text=text, quad=(0.0,) * 8, edges=(), confidences=(), origin=origin)


def _page(number: int, *lines: PageLine, order: int | None = 0) -> PageRecord:
    region = PageRegion(id="r", kind="text", box=Box(0, 0, 1, 1), order=order, lines=lines)
    return PageRecord(number=number, width=1, height=1, dpi=200, regions=(region,))


@pytest.mark.parametrize(
    ("layer", "reread", "kept"),
    [("none", (0, 0), (0, 0)), ("english-ocr", (4, 9), (0, 0)), ("good", (0, 0), (30, 34)), ("mixed", (4, 9), (5, 5))],
)
def test_counts_characters_by_what_is_known_of_the_layer(
    perfect: Document, truth: Truth, layer: TextLayer, reread: tuple[int, int], kept: tuple[int, int]
) -> None:
    lines = (_line("间充质干", "ppocr"), _line("mesenchymal stem ce1", "text-layer"), _line("BRWES", "text-layer"))
    document = replace(perfect, pages=(_page(0, *lines), _page(1, _line("神经干细胞", "text-layer"))))
    score = score_layers(document, layer, truth)
    assert (score.garbled_reread.right, score.garbled_reread.true) == reread
    assert (score.good_kept.right, score.good_kept.true) == kept


def test_furniture_is_left_out(perfect: Document, truth: Truth) -> None:
    document = replace(perfect, pages=(_page(0, _line("BRWES", "text-layer"), order=None),))
    assert score_layers(document, "english-ocr", truth).garbled_reread.true == 0
