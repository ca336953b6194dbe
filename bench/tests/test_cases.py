from pathlib import Path

import pytest

from bench.accuracy.cases import article_names, list_cases
from samples.article import FOLDER
from samples.truths import load_truth


def test_every_combination_has_a_name_of_its_own() -> None:
    cases = list_cases(FOLDER, ["a", "b"], [150, 200], ["light"], ["none", "english-ocr"])
    assert len({case.name for case in cases}) == 8


def test_an_unknown_text_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="no such text layer: latin"):
        list_cases(FOLDER, ["a"], [150], ["light"], ["latin"])


def test_finds_the_articles_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "one.json").touch()
    assert article_names(tmp_path) == ["one"]
    assert {load_truth(name).name for name in article_names(FOLDER)} == set(article_names(FOLDER))
