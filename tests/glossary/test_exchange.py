import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from recover.errors import UnreadableInput, UsageError
from recover.glossary.concept import Concept
from recover.glossary.exchange.formats import FORMATS, format_of
from recover.glossary.exchange.spreadsheets import MOST_BYTES, read_xlsx, write_xlsx
from recover.glossary.table import Rows, Sheet, admit

WHOLE = ["csv", "tsv", "xlsx", "tbx", "tbx2008", "tmx"]


def again(name: str, concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    form = format_of("", name)
    return form.read(form.write(concepts), {}, "file").concepts


@pytest.mark.parametrize("name", WHOLE)
def test_round_trip(name: str, concepts: tuple[Concept, ...]) -> None:
    assert again(name, concepts) == concepts


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx", "tbx", "tbx2008"])
def test_forbidden_pairs_are_kept_by_termbases(name: str) -> None:
    concept = Concept("渐冻人病", "ALS disease", status="forbidden", zh_variants=("冻人病",))
    assert again(name, (concept,)) == (concept,)


@pytest.mark.parametrize("name", ["tmx", "omegat"])
def test_forbidden_pairs_are_not_offered_to_translators(name: str) -> None:
    assert again(name, (Concept("甲", "a", status="forbidden"), Concept("乙", "b"))) == (Concept("乙", "b"),)


def test_omegat_keeps_pair_and_note(concepts: tuple[Concept, ...]) -> None:
    assert again("omegat", concepts) == tuple(Concept(c.zh, c.en, note=c.note) for c in concepts)


word = st.text(st.characters(whitelist_categories=("L", "N"), max_codepoint=0xFFFF), min_size=1, max_size=8)
cell = st.one_of(st.just(""), st.sampled_from(["=1+1", "a, b", '"q"', "<b>&amp;", "-x", "@y", "'z", "]]>"]), word)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(Concept, word, word, note=cell, source=cell, domain=cell), max_size=4).map(tuple))
@pytest.mark.parametrize("name", WHOLE)
def test_any_text_survives(name: str, concepts: tuple[Concept, ...]) -> None:
    assert again(name, concepts) == concepts


def test_formulas_stay_text_in_a_workbook() -> None:
    sheet = load_workbook(io.BytesIO(format_of("a.xlsx").write((Concept("甲", "a", note="=1+1"),)))).active
    assert sheet is not None
    assert sheet["H2"].value == "=1+1"
    assert sheet["H2"].data_type == "s"


@pytest.mark.parametrize("name", ["tbx2008", "tmx"])
def test_another_reader_understands_it(name: str, concepts: tuple[Concept, ...]) -> None:
    factory = pytest.importorskip("translate.storage.tbx" if name == "tbx2008" else "translate.storage.tmx")
    reader = factory.tbxfile if name == "tbx2008" else factory.tmxfile
    store = reader.parsestring(format_of("", name).write(concepts))
    if name == "tmx":
        store.setsourcelanguage("zh-CN")
        store.settargetlanguage("en")
    pairs = {(unit.source, unit.target) for unit in store.units}
    assert {(str(zh), str(en)) for zh, en in pairs} == {(c.zh, c.en) for c in concepts}


def test_another_program_writes_omegat(concepts: tuple[Concept, ...]) -> None:
    omegat = pytest.importorskip("translate.storage.omegat")
    store = omegat.OmegaTFileTab()
    for concept in concepts:
        unit = store.addsourceunit(concept.en)
        unit.target = concept.zh
    read = format_of("glossary.utf8").read(bytes(store), {}, "file").concepts
    assert [(c.zh, c.en) for c in read] == [(c.zh, c.en) for c in concepts]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("tbx", b"<tbx>", UnreadableInput),
        ("tbx", b"<html/>", UnreadableInput),
        ("tmx", b"<tbx/>", UnreadableInput),
        ("xlsx", b"PK no workbook", UnreadableInput),
        ("csv", b"a,b\n1,2\n", UnreadableInput),
        ("csv", b"\xff\xff\x00\xff", UnreadableInput),
        ("pdf", b"", UsageError),
    ],
)
def test_files_that_are_something_else(name: str, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        format_of("file", name).read(content, {}, "file")


def test_entities_are_not_read_from_files(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    unit = '<tu><tuv xml:lang="zh"><seg>甲&x;</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>'
    text = f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file://{secret}">]><tmx><body>{unit}</body></tmx>'
    concepts = format_of("a.tmx").read(text.encode(), {}, "a.tmx").concepts
    assert "SECRET" not in str(concepts)


def test_columns_by_their_heads_and_by_name() -> None:
    read = format_of("a.csv").read
    assert read("英文名,备注,中文名\na,n,甲\n".encode(), {}, "f").concepts == (Concept("甲", "a", note="n"),)
    assert read("T1,T2\n甲,a\n,b\n".encode("gb18030"), {"zh": "T1", "en": "T2"}, "f").skipped == (
        "line 3: no Chinese term",
    )
    with pytest.raises(UsageError, match="T9"):
        read(b"T1,T2\n", {"zh": "T9"}, "f")


def test_formats_are_known_by_their_endings() -> None:
    assert {format_of(f"a{suffix}").name for form in FORMATS for suffix in form.suffixes} == {
        "csv",
        "tsv",
        "xlsx",
        "tbx",
        "tmx",
        "omegat",
    }


@pytest.mark.parametrize(("policy", "rows"), [("keep", ["a", "b"]), ("replace", ["b", "x"]), ("add", ["a", "b", "x"])])
def test_clashes(policy, rows: list[str]) -> None:
    shelf = Rows(Sheet((Concept("甲", "a"), Concept("乙", "b"))))
    done = admit(shelf, (Concept("甲", "x"), Concept("乙", "B")), policy)
    assert sorted(c.en for c in done.sheet.concepts) == rows
    assert [(clash.known.en, clash.incoming.en) for clash in done.clashes] == [("a", "x")]
    assert [c.en for c in done.present] == ["B"]


def test_ten_thousand_rows_take_seconds() -> None:
    table = "en\tzh\n" + "".join(f"term number {n}\t术语第{n}号\n" for n in range(10_000))
    start = time.perf_counter()
    read = format_of("a.tsv").read(table.encode(), {}, "a.tsv")
    assert len(admit(Rows(Sheet()), read.concepts, "keep").added) == 10_000
    assert time.perf_counter() - start < 3


def test_a_workbook_that_unpacks_without_end_is_refused_unread() -> None:
    out = io.BytesIO(write_xlsx([]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("big", "w") as entry:
        for _ in range(MOST_BYTES // 2**20 + 1):
            entry.write(bytes(2**20))
    assert len(out.getvalue()) < 5 * 2**20
    with pytest.raises(UnreadableInput, match=r"a\.xlsx: unpacks to 301 MB; save only"):
        read_xlsx(out.getvalue(), {}, "a.xlsx")
