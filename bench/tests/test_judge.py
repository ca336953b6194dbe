from msgspec.structs import replace

from bench.accuracy.judge import judge
from bench.accuracy.measures.leaks import count_leaks
from bench.accuracy.measures.references import score_references
from bench.accuracy.measures.structure import score_cells, score_citations, score_headings, share_captions
from bench.accuracy.measures.terms import precision_of_terms, recall_terms
from bench.accuracy.table import render_table
from recover.model.document import Document, Paragraph, Section, Term
from samples.truths import Truth


def test_a_perfect_document_reaches_every_bar(perfect: Document, truth: Truth) -> None:
    judgement = judge(perfect, truth)
    assert judgement.paragraph_error == 0
    assert judgement.leaks == 0
    assert not judgement.flaws
    assert not judgement.wrong_fields
    for name in ("order", "headings", "references", "fields", "citations", "cells", "captions", "title"):
        assert getattr(judgement, name) == 1, name
    assert judgement.term_recall == judgement.term_precision == 1
    assert judgement.calibration is None


def test_an_empty_document_reaches_none(perfect: Document, truth: Truth) -> None:
    judgement = judge(Document(source=perfect.source), truth)
    assert judgement.paragraph_error == 1
    for name in ("headings", "references", "fields", "citations", "cells", "captions", "title", "term_recall"):
        assert getattr(judgement, name) == 0, name


def test_flaws_show_what_was_misread(perfect: Document, truth: Truth) -> None:
    first, *rest = perfect.sections
    paragraph = replace(first.paragraphs[0], text=first.paragraphs[0].text.replace("进行性肌无力", "进行件肌无力"))
    broken = replace(first, paragraphs=(paragraph, *first.paragraphs[1:]))
    (flaw,) = judge(replace(perfect, sections=(broken, *rest)), truth).flaws
    assert (flaw.distance, flaw.edits) == (1, ("患者出现进行[性→件]肌无力,肌肉",))


def test_running_heads_in_the_text_are_leaks(truth: Truth) -> None:
    head = truth.furniture[0]
    paragraph = truth.sections[0].paragraphs[0].text
    assert count_leaks([head], [paragraph], [paragraph]) == 0
    assert count_leaks([head], [paragraph[:40] + head + paragraph[40:]], [paragraph]) == 1
    assert count_leaks(["1743"], ["1743", "共 1743 例"], ["共 1743 例"]) == 1


def test_text_that_is_truly_there_is_no_leak() -> None:
    assert count_leaks(["中国组织修复研究"], ["见《中国组织修复研究》。"], ["见《中国组织修复研究》。"]) == 0


def test_a_lost_heading_costs_recall_and_a_false_one_precision(perfect: Document, truth: Truth) -> None:
    whole = score_headings(perfect, truth)
    lost = score_headings(replace(perfect, sections=perfect.sections[1:]), truth)
    assert (lost.right, lost.found) == (whole.right - 1, whole.found - 1)
    false = Section(id="x", number="7", level=1, title="误认的标题")
    more = score_headings(replace(perfect, sections=(*perfect.sections, false)), truth)
    assert (more.right, more.found) == (whole.right, whole.found + 1)


def test_front_matter_labels_neither_count_nor_cost(perfect: Document, truth: Truth) -> None:
    label = next(note.label for note in truth.notes if note.place == "footnote")
    extra = Section(id="x", number="", level=1, title=label, paragraphs=(Paragraph(text="…", lang="zh"),))
    assert score_headings(replace(perfect, sections=(extra, *perfect.sections)), truth).value == 1


def test_a_citation_in_the_wrong_section_is_wrong(perfect: Document, truth: Truth) -> None:
    first, *rest = perfect.sections
    moved = replace(perfect, sections=(replace(first, number="9"), *rest))
    assert score_citations(moved, truth).value < 1


def test_a_lost_reference_costs_its_fields(perfect: Document, truth: Truth) -> None:
    score = score_references(replace(perfect, references=perfect.references[:-1]), truth)
    assert score.found.right == len(truth.references) - 1
    assert {field for _, field, _, _ in score.wrong} >= {"author", "title", "container", "year"}


def test_a_wrong_field_is_named(perfect: Document, truth: Truth) -> None:
    first, *rest = perfect.references
    broken = replace(first, csl=replace(first.csl, volume="999"))
    score = score_references(replace(perfect, references=(broken, *rest)), truth)
    assert score.wrong == ((1, "volume", truth.references[0].fields.volume, "999"),)


def test_cells_and_captions(perfect: Document, truth: Truth) -> None:
    table, *rest = perfect.tables
    broken = replace(table, rows=table.rows[1:], caption="别的表题")
    worse = replace(perfect, tables=(broken, *rest))
    assert score_cells(worse, truth).value < 1
    captions = share_captions(worse, truth)
    assert captions.right == captions.true - 1


def test_crossed_and_invented_terms_are_wrong(perfect: Document, truth: Truth) -> None:
    one, two = truth.terms[:2]
    crossed = Term(zh=one.zh, en=two.en, abbreviation="", count=1, mentions=(), aligned=True, source="mined")
    absent = Term(zh="量子纠缠", en="entanglement", abbreviation="", count=1, mentions=(), aligned=True, source="mined")
    share = precision_of_terms(replace(perfect, terms=(*perfect.terms, crossed, absent)), truth)
    assert share.true - share.right == 2
    assert recall_terms(replace(perfect, terms=perfect.terms[1:]), truth).value < 1


def test_the_table_shows_failures(perfect: Document, truth: Truth) -> None:
    table = render_table([("good", judge(perfect, truth)), ("bad", None)])
    assert "0.00%" in table
    assert "failed" in table
