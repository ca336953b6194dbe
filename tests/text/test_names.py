from __future__ import annotations

import pytest

from recover.text.names import are_names, closed_up


@pytest.mark.parametrize(
    "text",
    [
        "陶知行，孔令谦",
        "陶 行 孔令谦",
        "林小霞1，周以宁2*",
        "歐陽文遠　李嘉怡",
        "本刊记者 赵一鸣",
        "Lin Xiao, Zhou Yining and He Qiu",
    ],
)
def test_names(text: str) -> None:
    assert are_names(text)


@pytest.mark.parametrize(
    "text", ["水稻根系对干旱的响应", "某某大学文学院", "研究内容与框架", "Materials and methods of study", ""]
)
def test_other_lines(text: str) -> None:
    assert not are_names(text)


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        (["陶", "知", "行"], ["陶知行"]),
        (["王", "明", "李小红"], ["王明", "李小红"]),
        (["王", "明", "李", "红"], ["王明", "李红"]),
    ],
)
def test_names_set_apart(parts: list[str], names: list[str]) -> None:
    assert closed_up(parts) == names
