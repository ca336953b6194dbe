from __future__ import annotations

import pytest

from recover.text.reference_lists import looks_like_entry


@pytest.mark.parametrize(
    "text",
    [
        "[1] 陶知行. 水稻根系的研究[J]. 某地农业, 2012, 8(2): 11-19.",
        "陶知行（2012）。水稻根系的研究。某地學報，8(2)，11-19。",
        "3. Harris R. Roots in dry soil. Ann Soil. 2004;12(3):45-52.",
        "陶知行：《农书考》，某地：某书局，1958年，第12页。",
        "Harris, R. (2004). Roots in dry soil. Annals of Soil, 12(3), 45–52.",
    ],
)
def test_entries(text: str) -> None:
    assert looks_like_entry(text)


@pytest.mark.parametrize(
    "text", ["（1）入组前各项指标的采集；", "2004年以来，该县先后修建水库三座，灌溉面积扩大。", "3.2 数据来源", "附录"]
)
def test_other_lines(text: str) -> None:
    assert not looks_like_entry(text)
