import pytest

from recover.stages.references.journals import nearest
from recover.stages.references.parse import parse_reference
from recover.stages.references.sign_repairs import mend_string
from recover.text.vocabulary import vocabulary

HEAD = "HEGDE S, GARG L, et al. A title. Hum Mol Genet. 2022;31(17):2857-2875."


def mended(raw: str) -> dict[str, str]:
    return {repair.was: repair.now for repair in parse_reference(raw).repairs}


@pytest.mark.parametrize(
    ("printed", "family", "given"),
    [
        ("TENDULKARS", "Tendulkar", "S."),
        ("LIUX", "Liu", "X."),
        ("OHYS", "Oh", "Y. S."),
        ("KHALAJI' S", "Khalaji", "S."),
        ("JIN'S", "Jin", "S."),
        ("SCAMBI |", "Scambi", "I."),
        ("Bl YL", "Bi", "Y. L."),
        ("O’'ROURKE JG", "O’Rourke", "J. G."),
    ],
)
def test_names_are_mended_beside_names_in_order(printed: str, family: str, given: str) -> None:
    parsed = parse_reference(f"{printed}, {HEAD}")
    assert (parsed.csl.author[0].family, parsed.csl.author[0].given) == (family, given)
    assert [repair.field for repair in parsed.repairs] == ["author"]
    assert parsed.repairs[0].why


def test_two_names_without_their_comma() -> None:
    parsed = parse_reference("XUL CHENL, WANG S, et al. A title. Brain Res. 2020;91(5):520-525.")
    assert [(name.family, name.given) for name in parsed.csl.author] == [("Xu", "L."), ("Chen", "L."), ("Wang", "S.")]


@pytest.mark.parametrize("names", ["LIU, WANG", "Liux, Hegde S", "WHO, UNICEF", "WANG S, LI"])
def test_names_without_evidence_stay(names: str) -> None:
    assert not parse_reference(f"{names}. A title of some length. Hum Mol Genet. 2022;31(17):2857-2875.").repairs


@pytest.mark.parametrize(
    ("was", "now", "field"),
    [
        ("C1orf112 in cells", "C1orf112 in cells", None),
        ("A phase 1 trial", "A phase 1 trial", None),
        ("The ﬁrst ﬂuid", "The first fluid", "title"),
        ("Cells (AstroRx®) in patients", "Cells (AstroRx®) in patients", None),
    ],
)
def test_titles(was: str, now: str, field: str | None) -> None:
    parsed = parse_reference(f"HEGDE S, GARG L. {was}. Brain Res. 2022;31(17):2857-2875.")
    assert parsed.csl.title == now
    assert {repair.field for repair in parsed.repairs} == ({field} if field else set())


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("J Trans| Med", "J Transl Med"),
        ("Sci Transl| Med", "Sci Transl Med"),
        ("J Bio1 Chem", "J Biol Chem"),
        ("JNeurosci", "J Neurosci"),
    ],
)
def test_journals_are_held_against_the_list(was: str, now: str) -> None:
    parsed = parse_reference(f"HEGDE S, GARG L. A title of words. {was}. 2023;21(1):122.")
    assert parsed.csl.container_title == now
    assert parsed.repairs[0].field == "container-title"


@pytest.mark.parametrize(
    ("tail", "volume", "issue", "page"),
    [
        ("2016;132{3):391-411.", "132", "3", "391-411"),
        ("2016;l32(3):39l-411.", "132", "3", "391-411"),
        ("2022;110(10):1671-1688. eb.", "110", "10", "1671-1688.e6"),
        ("2022;110(10):1671-1688. e6.", "110", "10", "1671-1688.e6"),
    ],
)
def test_numbers(tail: str, volume: str, issue: str, page: str) -> None:
    parsed = parse_reference(f"HEGDE S, GARG L. A title of words. Nat Neurosci. {tail}")
    assert (parsed.csl.volume, parsed.csl.issue, parsed.csl.page) == (volume, issue, page)
    assert len(parsed.repairs) == 1


def test_brackets_of_number_and_mark() -> None:
    assert mended("(22] HEGDE S, GARG L. A title. Brain Res. 2022;31(17):28-29.") == {"(22]": "[22]"}
    assert mended("[71  HEGDE S, GARG L. A title. Brain Res. 2022;31(17):28-29.") == {"[71": "[7]"}
    assert mended("王伟, 李强. 某题目的研究[U]. 中华医学杂志, 2010, 90(1): 1-5.") == {"[U]": "[J]"}


def test_clean_strings_need_no_repair() -> None:
    assert not parse_reference("[5] " + HEAD).repairs
    assert not parse_reference("王伟, 李强. 某题目的研究[J]. 中华医学杂志, 2010, 90(1): 1-5.").repairs


WITNESS = vocabulary(["HIF-1α and interferon-γ in astrocytes; stem cells, cells, cells and cells; edaravone edaravone"])
WORN = "HEGDE S, GARG L, et al. {title}. Brain Res. 2022;31(17):28-29."


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("A study of meşenchymal celis", "A study of mesenchymal cells"),
        ("Amyotrophic lateral scleroșis in mice", "Amyotrophic lateral sclerosis in mice"),
        ("The use of édaravone", "The use of edaravone"),
        ("Role of HIF-1a in growth", "Role of HIF-1α in growth"),
        ("Role of interferon-y in growth", "Role of interferon-γ in growth"),
        ("Growth improves. motor function", "Growth improves motor function"),
        ("Naïve patients of Müller and tofersen", "Naïve patients of Müller and tofersen"),
    ],
)
def test_misread_words_are_mended_by_the_document_s_own(printed: str, title: str) -> None:
    parsed = parse_reference(WORN.format(title=printed), words=WITNESS)
    assert parsed.csl.title == title
    assert bool(parsed.repairs) == (printed != title)


def test_words_of_loose_strings_stay_as_printed() -> None:
    assert parse_reference(WORN.format(title="A study of celis and HIF-1a")).csl.title == "A study of celis and HIF-1a"


@pytest.mark.parametrize(
    ("printed", "page"),
    [
        ("HEGDE S, GARG L. et aL A title of words. Nature. 1999:284(5411):143 147.", "143-147"),
        ("HEGDE S. GARG L. et al. A title of words[J]. Nature. 2016. 532(7598): 195-200.", "195-200"),
        ("HEGDE S, GARG L. A title of wordsJ). Nature, 2016, 532(7598): 195-200.", "195-200"),
        ("沈亦舟，李强，某题目的研究与思考[月]神经. 2021, 16(2): 65-71.", "65-71"),
    ],
)
def test_worn_punctuation(printed: str, page: str) -> None:
    parsed = parse_reference(printed, words=WITNESS)
    assert len(parsed.csl.author) == 2
    assert parsed.csl.container_title in {"Nature", "神经"}
    assert (parsed.csl.page, parsed.csl.title[:3]) in {(page, "A t"), (page, "某题目")}


@pytest.mark.parametrize(
    ("title", "mark", "source"),
    [
        ("Repair after brain injury", "J). ", "Nature, 2016, 53(7): 19-20."),
        ("Repair in old mice", "jJ]. ", "Nature, 2016, 53(7): 19-20."),
        ("Repair beyond the scar", "(J). ", "Nature, 2016, 53(7): 19-20."),
        ("修复研究的现状与思考", "[月　", "神经损伤与修复，2021，16(2):65-71."),
        ("修复研究的现状与思考", "[", "神经损伤与修复，2021，16(2):65-71."),
        ("修复研究的现状与思考", "{J", "神经损伤与修复，2021，16(2):65-71."),
        ("修复研究的现状与思考", "[]。", "神经损伤与修复，2021，16(2):65-71."),
        ("修复研究的现状与思考", "[1.", "神经损伤与修复，2021，16(2):65-71."),
    ],
)
def test_what_is_left_of_a_journal_s_mark(title: str, mark: str, source: str) -> None:
    parsed = parse_reference(f"HEGDE S, GARG L, DUNN R. {title}{mark}{source}", words=WITNESS)
    assert (parsed.csl.title, parsed.csl.container_title) == (title, source.replace("，", ",").split(",")[0])
    assert any(repair.now == "[J]." for repair in parsed.repairs)


@pytest.mark.parametrize(
    "cut", ["HEGDE S, GARG BFet ,al. A title", "HEGDE S, GARG BF, etal. A title", "HEGDE S, GARG BF, et aL A title"]
)
def test_et_al_misread(cut: str) -> None:
    parsed = parse_reference(f"{cut}. Brain Res. 2022;31(17):28-29.")
    assert ([name.family for name in parsed.csl.author], parsed.csl.title) == (["Hegde", "Garg"], "A title")
    assert parsed.repairs


def test_article_numbers_and_groups() -> None:
    name = "Writing Group on behalf of the Example (EX-1) Study Group"
    parsed = parse_reference(f"{name}. A title. Sci Transl Med. 2012;4(145):145ra104.")
    assert (parsed.csl.author[0].literal, parsed.csl.page) == (name, "145ra104")


@pytest.mark.parametrize(
    "near",
    [
        "Nat Neurosci",
        "Some Unheard Journal",
        "Brain Res",
        # Other forms of listed titles.
        "Proc Natl Acad Sci USA",
        "Biochem Biophys Res Comm",
        "Am J Obstet Gynaecol",
    ],
)
def test_journals_far_from_the_list_stay(near: str) -> None:
    assert nearest(near) == ""


def test_a_journal_a_letter_away() -> None:
    assert nearest("Mat Biotechnol") == "Nat Biotechnol"


def test_between_figures_a_one_is_a_dash() -> None:
    assert mend_string("渠系规范：SL 23一2006［S］. 一九五八年版")[0] == "渠系规范：SL 23—2006［S］. 一九五八年版"
