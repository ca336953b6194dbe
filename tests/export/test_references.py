import json

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from recover.errors import UsageError
from recover.export import bibliography, bibtex, csl_json, ris
from recover.model.csl import CslItem, CslName
from recover.model.document import Reference
from recover.stages.references.entries import EntryLine
from recover.stages.references.parse import assemble

PRINTED = (
    (
        "[1] WATSON JD, CRICK FH, et al. Molecular structure of SOD1_x & TDP-43. Nature. 1953;171(4356):737-738. "
        "doi:10.1038/171737a0"
    ),
    "[2] 王伟, 李强, 等. 冻土的热传导[J]. 地理学报, 2010, 90(1): 1-5.",
    "[3] MURRAY PR, ROSEN KS. Medical {microbes}. 4th ed. St. Louis: Mosby; 2002.",
    "[4] 国家能源局. 水电工程规范: NB/T 10386—2020[S]. 2020.",
    "[5] nothing of the kind",
)
REFERENCES = assemble([EntryLine(text=text) for text in PRINTED])


def of(title: str, *names: CslName) -> tuple[Reference, ...]:
    return (Reference(number=1, raw="", csl=CslItem(title=title, author=names)),)


def test_bibtex_is_read_back_by_two_readers() -> None:
    text = bibtex.render(REFERENCES).decode()
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.entries) == len(parse_string(text, "bibtex").entries) == len(PRINTED)
    first = library.entries[0]
    assert (first.entry_type, first["journal"], first["pages"]) == ("article", "Nature", "737--738")
    assert first["author"] == "Watson, J. D. and Crick, F. H. and others"
    assert "{TDP-43}" in first["title"]
    assert library.entries[1]["author"] == "{王伟} and {李强} and others"


def test_keys_are_unique() -> None:
    twice = bibtex.render((*REFERENCES, *REFERENCES)).decode()
    assert len(bibtexparser.parse_string(twice).entries) == 2 * len(PRINTED)


def test_ris_is_read_back() -> None:
    records = rispy.loads(ris.render(REFERENCES).decode())
    assert [record["type_of_reference"] for record in records] == ["JOUR", "JOUR", "BOOK", "STAND", "GEN"]
    assert (records[0]["start_page"], records[0]["end_page"], records[0]["doi"]) == ("737", "738", "10.1038/171737a0")
    assert records[1]["authors"] == ["王伟", "李强"]


def test_csl_json_holds_an_item_a_line() -> None:
    lines = csl_json.render(REFERENCES).decode().splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", len(PRINTED) + 2)
    items = json.loads("\n".join(lines))
    assert [item["id"] for item in items] == [f"ref-{number}" for number in range(1, 6)]
    assert json.loads(csl_json.render(())) == []


def test_a_gbt_list_is_formatted() -> None:
    lines = bibliography.render(REFERENCES, "gb-t-7714").decode().splitlines()
    assert lines[1] == "[2] 王伟, 李强, 等. 冻土的热传导[J]. 地理学报, 2010, 90(1): 1-5."
    assert lines[0].startswith("[1] WATSON J D, CRICK F H, et al. ")
    assert lines[3] == "[4] 国家能源局. 水电工程规范: NB/T 10386—2020[S]. 2020."


def test_a_vancouver_list_is_formatted() -> None:
    first = bibliography.render(REFERENCES, "vancouver").decode().splitlines()[0]
    assert first.startswith(
        "1. Watson JD, Crick FH, et al. Molecular structure of SOD1_x & TDP-43. Nature. 1953;171(4356):737–8."
    )


def test_an_unknown_style_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="gb-t-7714"):
        bibliography.render(REFERENCES, "no-such-style-anywhere")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60))
def test_any_title_survives(title: str) -> None:
    if not title.strip():
        return
    references = of(title, CslName(literal=title))
    assert len(parse_string(bibtex.render(references).decode(), "bibtex").entries) == 1
    assert not bibtexparser.parse_string(bibtex.render(references).decode()).failed_blocks
    assert rispy.loads(ris.render(references).decode())[0]["title"].split() == title.split()
    assert json.loads(csl_json.render(references))[0]["title"] == title
