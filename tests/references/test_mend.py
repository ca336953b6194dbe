import pytest

from recover.stages.references.parse import parse_reference

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
        ("C90rf72 in cells", "C9orf72 in cells", "title"),
        ("C90orf72 in cells", "C9orf72 in cells", "title"),
        ("C1orf112 in cells", "C1orf112 in cells", None),
        ("A phase I/lla trial", "A phase I/IIa trial", "title"),
        ("A phase 1 trial", "A phase 1 trial", None),
        ("An lle29-to-Val change", "An Ile29-to-Val change", "title"),
        ("The ﬁrst ﬂuid", "The first fluid", "title"),
        ("IFNy protects neurons", "IFNγ protects neurons", "title"),
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
        ("2004,7(7):726-735.", "7", "7", "726-735"),
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
