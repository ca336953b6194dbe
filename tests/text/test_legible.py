import pytest

from recover.text.legible import legibility

LEGIBLE = [
    "SOD1", "C9orf72", "hNPCs(GDNF)", "H2O2", "p<0.05 (n=9)", "Nat Neurosci. 2004;7(7):726-735.",
    "The river carries sediment to the northern plain every spring.",
    "ZHAO W, FU XY, DUAN HM, YANG ZY, LI XG. Rivers of the plain.",
    "TDP-43 and FUS bind RNA in motor neurons of ALS patients",
    "肌萎缩侧索硬化是一种神经退行性疾病", "冻土的热传导及其对铁路路基的影响", "干细胞移植治疗ALS的研究进展", "4089",
    "健康識能之定義眾說紛紜", "壹、緒論", "參考文獻",
]  # fmt: skip
NONSENSE = [
    "犜犺犲狅狉狔狅犳狋犺犲", "%ﬁL%MOﬁA,k%%ﬁAQ}{{£;Emi%%%zymkwk", "XfgR Qw7k, vJ8 }kLm zz%R qWpt bnMk",
    "B RSTK LLZE R, QPHHZE LWRTT AFFRKXE", "\ue012\ue013\ue055\ue091\ue0aa\ufffd\ufffd", "WHRR4 #T $s@ |kf; ~~ BLzq ^m",
]  # fmt: skip


@pytest.mark.parametrize("text", LEGIBLE)
def test_language_is_legible(text: str) -> None:
    assert legibility(text).is_legible


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_not(text: str) -> None:
    found = legibility(text)
    assert not found.is_legible
    assert found.kind == "unreadable"
    assert found.reasons


def test_kinds() -> None:
    assert legibility("冻土的热传导").kind == "chinese"
    assert legibility("the heat of frozen soil").kind == "english"
    assert legibility("  ").kind == "empty"


def test_chinese_set_apart_by_spaces_says_so() -> None:
    spaced = legibility("冻 土 的 热 传 导 及 其 影 响")
    assert spaced.score < legibility("冻土的热传导及其影响").score
    assert any("spaces" in reason for reason in spaced.reasons)
