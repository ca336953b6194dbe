"""What each feature sees at a place."""

from __future__ import annotations

import msgspec
import pytest

from recover.glossary.matcher import Trie
from recover.model.page import Line
from recover.stages.correct.features.chinese import chinese
from recover.stages.correct.features.context import context
from recover.stages.correct.features.document import document
from recover.stages.correct.features.english import english
from recover.stages.correct.features.form import form
from recover.stages.correct.features.glossary import glossary
from recover.stages.correct.features.ink import ink
from recover.stages.correct.features.labels import passed
from recover.stages.correct.features.neighbours import neighbours
from recover.stages.correct.features.reader import reader
from recover.stages.correct.features.shape import shape
from recover.stages.correct.known import Known, Terms, kin_key, know, pair_key
from recover.stages.correct.place import Candidate, places
from tests.correct.doubtful_pages import doubtful_line, page_of, place_of

NOTHING = Known()


def mark(now: str, was: str = ".", start: int = 2) -> Candidate:
    return Candidate(kind="mark" if now else "speck", start=start, was=was, now=now, share=0.25, own=0.5)


def test_the_reader_s_posteriors_and_the_pair() -> None:
    assert dict(reader(mark("，"))) == {
        "reader.share": "-2",
        "reader.own": "0",
        "reader.ratio": "1",
        "reader.pair": ".>，",
        "reader.pair-share": ".>， -2",
        "reader.pair-own": ".>， 0",
    }


def test_white_tells_a_whole_cell_from_none() -> None:
    comma = Candidate(kind="width", start=2, was="，", now=",", sign=-1)
    wide, narrow = (
        dict(ink(comma, place_of(line)))["ink.pitch"]
        for line in (doubtful_line("甲乙，丙丁"), doubtful_line("甲乙,丙丁"))
    )
    assert int(wide.split()[1]) > int(narrow.split()[1])


def test_a_bracket_s_partner_and_the_characters_beside() -> None:
    bracket = Candidate(kind="width", start=4, was=")", now="）")
    seen = dict(neighbours(bracket, place_of(doubtful_line("甲（乙a)丙"))))
    assert (seen["neighbours.partner"], seen["neighbours.both"]) == ("wide", "small han")


def test_words_of_chinese_speak_for_a_character_and_against_a_mark_inside_one() -> None:
    right = Candidate(kind="character", start=1, was="图", now="圈")
    wrong = Candidate(kind="character", start=1, was="圈", now="图")
    gains = [
        int(dict(chinese(one, place_of(doubtful_line(text))))["chinese.gain"])
        for one, text in ((right, "商图里的人"), (wrong, "商圈里的人"))
    ]
    assert gains[0] > gains[1]
    joins = [
        int(dict(chinese(mark(""), place_of(doubtful_line(text))))["chinese.join"].split()[1])
        for text in ("研究.工作", "中华.人民")
    ]
    assert all(value >= 0 for value in joins)


def test_words_of_english_and_of_the_document() -> None:
    letter = Candidate(kind="letter", start=2, was="1", now="l")
    seen = dict(english(letter, place_of(doubtful_line("ce1l")), Known(words={"cell": 3})))
    assert (seen["english.word"], seen["document.word"]) == ("long m 3", "0 2")


def test_the_document_s_words_count_only_what_was_read_without_doubt() -> None:
    known = know([page_of(doubtful_line("cell 细胞膜", {0: [("o", 0.3)]}), doubtful_line("cell 细胞膜", name="l2"))])
    assert (known.words["cell"], known.grams["细胞膜"]) == (1, 2)


def test_terms_of_the_glossary_and_how_often_the_document_has_the_run() -> None:
    known = Known(terms=Terms(Trie(["干细胞"])), grams={"干细胞": 5})
    character = Candidate(kind="character", start=1, was="绌", now="细")
    seen = dict(glossary(character, place_of(doubtful_line("干绌胞")), known))
    assert (seen["glossary.terms"], seen["document.grams"]) == ("0 2", "0 3")


def test_how_the_document_sets_its_stops() -> None:
    styles = [
        dict(document(mark("。"), place_of(doubtful_line("甲乙.丙")), Known(marks=marks)))["document.stops"]
        for marks in ({"。": 30}, {".": 30})
    ]
    assert styles[0] != styles[1]


def test_a_letter_s_height_against_figures() -> None:
    line = msgspec.structs.replace(doubtful_line("o12"), tops=(0.5, 0.1, 0.1), bottoms=(0.9, 0.9, 0.9))
    seen = dict(form(Candidate(kind="letter", start=0, was="o", now="0"), place_of(line)))
    assert seen == {"form.beside": "o>0 end digit", "form.height": "o>0 0"}


def test_marks_near_by_and_the_length_of_what_they_part() -> None:
    place = place_of(doubtful_line("成骨细胞、脂肪.软骨，均可"))
    seen = dict(neighbours(mark("、", start=7), place, "rings"))
    assert seen["neighbours.marks"] == ".>、 rings 、 ，"
    assert seen["neighbours.lengths"] == ".>、 rings 1 1"


def test_a_mark_that_is_no_stop_has_no_house() -> None:
    place = place_of(doubtful_line("甲乙：丙丁"))
    assert dict(neighbours(mark("，", was="："), place, "rings"))["neighbours.before"] == "：>， han"


def test_the_last_line_of_a_region_ends_it() -> None:
    first, last = doubtful_line("本文研究了材料的性"), doubtful_line("能与用途", name="l2")
    ends = [place.ends for _, _, place in places(page_of(first, last))]
    assert "last" not in ends[0]
    assert "last" in ends[1]


def test_worn_print_is_told_by_the_share_of_doubts() -> None:
    plain = doubtful_line("本文研究了材料的性能")
    worn = doubtful_line("本文研究了材料的性能", {3: [("宄", 0.3)]})
    assert not know([page_of(*[plain] * 20)]).is_worn
    assert know([page_of(worn)]).is_worn
    hard = doubtful_line("本文研究了Il1与l0的性能", {5: [("l", 0.3)], 9: [("I", 0.3)]})
    assert not know([page_of(hard)]).is_worn


def test_a_list_has_widths_of_its_own() -> None:
    prose, entry = (next(places(page_of(doubtful_line(text))))[2] for text in ("甲乙,丙丁", "[4]牛永敢,孔晓,王阳"))
    assert entry.in_list
    assert not prose.in_list
    at = entry.text.index(",")
    assert kin_key(",", prose, 2) != kin_key(",", entry, at)
    assert pair_key(",", prose, 2) != pair_key(",", entry, at)


def test_what_the_sentences_of_a_document_end_with() -> None:
    assert know([page_of(*[doubtful_line("甲乙。丙丁")] * 9)]).stops == "rings"
    assert know([page_of(*[doubtful_line("甲乙.丙丁")] * 9)]).stops == "dots"
    assert know([page_of(doubtful_line("甲乙.丙丁。"))]).stops == "both"


def small_ink(line: Line, at: int, high: float, wide: float) -> Line:
    """The line with a character as high as a share of its box and as wide in points."""
    tops = (*line.tops[:at], 0.9 - high, *line.tops[at + 1 :])
    rights = (*line.rights[:at], line.lefts[at] + wide, *line.rights[at + 1 :])
    return msgspec.structs.replace(line, tops=tops, rights=rights)


def test_ink_is_held_against_what_the_document_draws_elsewhere() -> None:
    commas = [small_ink(doubtful_line("甲乙，丙丁", name=f"c{n}"), 2, 0.4, 2.0) for n in range(5)]
    rings = [small_ink(doubtful_line("甲乙。丙丁", name=f"r{n}"), 2, 0.2, 4.0) for n in range(5)]
    known = know([page_of(*commas, *rings)])
    seen = [
        int(dict(shape(mark("。", was="，"), place_of(line), known.shapes))["ink.like"].split()[1])
        for line in (commas[0], rings[0])
    ]
    assert seen[0] < 5 < seen[1]
    assert not [*shape(mark("；", was="，"), place_of(commas[0]), known.shapes)]


def test_widths_of_a_house_are_told_by_all_its_marks() -> None:
    wide, half = ({"kin": {",;:?!. w": value}} for value in ((27.0, 9), (-27.0, 9)))
    semicolon = Candidate(kind="width", start=2, was=";", now="；")
    labels = [
        dict(document(semicolon, place_of(doubtful_line("甲乙;丙丁")), Known(**known)))["document.kin"]
        for known in (wide, half)
    ]
    assert labels[0] != labels[1]


def test_marks_between_like_characters_tell_of_each_other() -> None:
    semicolon = Candidate(kind="width", start=2, was=";", now="；")
    known = [Known(kin={"; w w": value}) for value in ((27.0, 9), (-27.0, 9))]
    wide, half = (
        sum(name == "document.pairs" for name, _ in document(semicolon, place_of(doubtful_line("甲乙;丙丁")), one))
        for one in known
    )
    assert wide > half
    between_figures = document(semicolon, place_of(doubtful_line("甲1;2丙")), known[0])
    assert half < sum(name == "document.pairs" for name, _ in between_figures) < wide


def test_a_lost_space_parts_words_that_are_known() -> None:
    lost = [Candidate(kind="space", start=at, was="", now=" ") for at in (6, 7)]
    seen = [dict(english(one, place_of(doubtful_line("mirrorimagehand")), NOTHING)) for one in lost]
    assert int(seen[0]["english.parting"]) > int(seen[1]["english.parting"])


def test_a_roman_number_stands_behind_the_word_that_it_counts() -> None:
    strokes = Candidate(kind="letter", start=6, was="Ill", now="III")
    seen = [
        dict(form(strokes, place_of(doubtful_line(text))))["form.numbered"]
        for text in ("phase Ill trials", "seven Ill people")
    ]
    assert seen == ["strokes>number yes", "strokes>number no"]


def test_the_text_around_tells_a_stop_from_a_comma() -> None:
    stop, comma = (
        int(dict(context(mark("。", was="，", start=7), place_of(doubtful_line(text))))["context.gain"].split()[1])
        for text in ("两组差异不显著，本文的结果表明", "方法简单易行好，但是仍需进一步")
    )
    assert stop > comma
    assert not [*context(mark("·", was="，"), place_of(doubtful_line("甲乙，丙")))]


def test_a_lost_mark_s_ink_is_that_of_the_character_before() -> None:
    line = doubtful_line("甲乙丙")
    wide = msgspec.structs.replace(line, rights=(line.rights[0], line.rights[1] + 5, line.rights[2] + 5))
    lost = Candidate(kind="lost", start=2, was="", now="。", share=0.3)
    narrow, broad = (dict(ink(lost, place_of(one)))["ink.host"] for one in (line, wide))
    assert int(narrow.split()[1]) < int(broad.split()[1])


def test_a_larger_number_has_all_labels_of_a_smaller_one() -> None:
    small, large = ([*passed("ink.host-over", "wide", value, (0.5, 1.0, 1.5))] for value in (0.7, 1.2))
    assert small == [("ink.host-over", "wide 0")]
    assert large == [*small, ("ink.host-over", "wide 1")]


def test_a_mark_s_part_of_the_line_reaches_over_a_space_that_was_read() -> None:
    comma = Candidate(kind="width", start=2, was="，", now=",", sign=-1)
    plain, spaced = (
        [label for name, label in ink(comma, place_of(doubtful_line(text))) if name == "ink.advance"]
        for text in ("甲乙，丙丁", "甲乙， 丙丁")
    )
    assert plain[0].startswith(",;:?!. ")
    assert int(plain[0].split()[1]) <= int(spaced[0].split()[1])
    seen = dict(neighbours(comma, place_of(doubtful_line("甲乙， 丙丁"))))
    assert seen["neighbours.spaced"] == ", 01 han han"
    assert "neighbours.spaced" not in dict(neighbours(comma, place_of(doubtful_line("甲乙，丙丁"))))


def test_letters_in_half_cells_have_marks_of_their_own_widths() -> None:
    line = doubtful_line("甲乙丙丁戊" + "abcdefgh" * 6 + ",己")
    halved = place_of(line)
    steps = [right - left for left, right in zip(line.lefts, line.lefts[1:], strict=False)]
    assert steps[10] == pytest.approx(halved.cell / 2, abs=halved.cell / 20)
    squeezed = [edge - (edge - line.lefts[5]) * 0.3 if at >= 5 else edge for at, edge in enumerate(line.lefts)]
    other = msgspec.structs.replace(line, lefts=tuple(squeezed), rights=(*squeezed[1:], squeezed[-1] + steps[10]))
    comma = Candidate(kind="width", start=line.text.index(","), was=",", now="，")
    labels = [dict(ink(comma, place))["ink.height"].split()[0] for place in (halved, place_of(other))]
    assert labels == [",halved", ","]


def gap_line(text: str, at: int, wider: float) -> Line:
    """The line with the white before a character so much wider, in points."""
    line = doubtful_line(text)
    lefts, rights = ((*edges[:at], *(edge + wider for edge in edges[at:])) for edges in (line.lefts, line.rights))
    return msgspec.structs.replace(line, lefts=lefts, rights=rights)


def test_a_gap_is_held_against_the_spaces_of_its_line_and_document() -> None:
    space = Candidate(kind="space", start=3, was="", now=" ")
    seen = [
        dict([*ink(space, place), *document(space, place, know([page_of(place.line)]))])
        for place in (place_of(gap_line("128d in 3 d", 3, wider)) for wider in (0.0, 4.0))
    ]
    for name in ("ink.of-space", "document.of-space", "ink.gap"):
        assert int(seen[0][name]) < int(seen[1][name])
    assert seen[0]["ink.gap-beside"].startswith("digit letter ")
    thin = dict(ink(space, place_of(gap_line("121d in 3 d", 3, 0.0))))
    assert thin["ink.gap-beside"].startswith("thin letter ")
    assert seen[0]["document.spaced"] == "7 1"


def test_what_is_said_of_a_space_that_was_read() -> None:
    read = Candidate(kind="space", start=1, was=" ", now="", own=0.9, sign=-1)
    assert dict(reader(read)) == {"reader.read": "space", "reader.own": "2"}
    lost = Candidate(kind="space", start=1, was="", now=" ", share=0.25)
    assert dict(reader(lost)) == {"reader.read": "none", "reader.share": "-2"}
