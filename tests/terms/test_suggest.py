from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from recover.errors import UnreadableInput
from recover.glossary.concept import Glossary
from recover.model.document import Document
from recover.stages.terms.suggest import read_document, recovered, suggest

TEXT = "移植后的嗅鞘细胞(olfactory ensheathing cells, OECs)存活。间充质干细胞(mesenchymal stem cells)亦然。"


def test_new_pairs_are_ranked_with_their_contexts(document: Callable[..., Document], glossary: Glossary) -> None:
    two = [("a", document(TEXT)), ("b", document(TEXT + "给予鞘内注射(intrathecal injection)。嗅鞘细胞。"))]
    first, second = suggest(two, glossary)
    assert (first.zh, first.en, first.abbreviation, first.documents, first.count) == (
        "嗅鞘细胞",
        "olfactory ensheathing cells",
        "OECs",
        2,
        3,
    )
    assert [context.document for context in first.contexts] == ["a", "b"]
    assert "移植后的嗅鞘细胞" in first.contexts[0].text
    assert second.zh == "鞘内注射"


def test_a_different_translation_is_shown_with_the_glossarys(
    document: Callable[..., Document], glossary: Glossary
) -> None:
    (found,) = suggest([("a", document("干细胞(progenitor population)可用。"))], glossary)
    assert found.clash == "stem cell"


def test_documents_are_found_below_folders(tmp_path: Path, document: Callable[..., Document]) -> None:
    (tmp_path / "out" / "a").mkdir(parents=True)
    file = tmp_path / "out" / "a" / "document.json"
    file.write_bytes(msgspec.json.encode(document(TEXT)))
    assert list(recovered([tmp_path])) == [file]
    assert read_document(file) == document(TEXT)
    file.write_text("{}")
    with pytest.raises(UnreadableInput, match="is not a recovered document"):
        read_document(file)
    with pytest.raises(UnreadableInput):
        list(recovered([tmp_path / "nowhere"]))
