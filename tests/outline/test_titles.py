from __future__ import annotations

import pytest

from recover.stages.outline.titles import split_title


@pytest.mark.parametrize(
    ("printed", "title", "english"),
    [
        ("引言 Introduction", "引言", "Introduction"),
        ("参考文献 References", "参考文献", "References"),
        ("参考文献(References)", "参考文献", "References"),
        ("神经干细胞（neural stem cell）", "神经干细胞（neural stem cell）", ""),
        ("资料和方法 Data and methods", "资料和方法", "Data and methods"),
        ("神经营养作用", "神经营养作用", ""),
        ("移植途径：", "移植途径", ""),
        ("Results", "Results", ""),
        ("干细胞治疗ALS", "干细胞治疗ALS", ""),
        ("突变基因SOD1", "突变基因SOD1", ""),
    ],
)
def test_titles(printed: str, title: str, english: str) -> None:
    assert split_title(printed) == (title, english)
