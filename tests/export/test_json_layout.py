import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from recover.export import document_json
from recover.export.document_json import Value, laid_out
from recover.model.document import Document

plain = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(-1e9, 1e9) | st.text(max_size=40)
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=6).map(tuple) | st.dictionaries(st.text(max_size=9), inner, max_size=6),
    max_leaves=60,
)


@given(values)
def test_any_value_is_read_back(value: Value) -> None:
    assert json.loads(laid_out(value)) == json.loads(msgspec.json.encode(value))


def test_small_things_stand_on_one_line_and_large_ones_do_not() -> None:
    span = {"start": 0, "end": 9, "box": (1.5, 2.0, 3.0, 4.0), "origin": "ppocr"}
    numbers = tuple(range(400))
    written = (
        laid_out({"spans": (span,) * 9, "edges": numbers, "texts": ("一" * 200, "二" * 200)}).decode().splitlines()
    )
    assert written[:3] == ["{", ' "spans": [', '  {"start":0,"end":9,"box":[1.5,2.0,3.0,4.0],"origin":"ppocr"},']
    assert f' "edges": [{",".join(map(str, numbers))}],' in written
    assert f'  "{"一" * 200}",' in written


def test_a_document_takes_little_more_than_without_line_breaks(recorded: Document) -> None:
    written = document_json.render(recorded, None)
    assert len(written) < 1.2 * len(msgspec.json.encode(recorded))
    assert max(map(len, written.splitlines())) < 5000
    assert msgspec.json.decode(written, type=Document) == recorded
