"""What a person should know of a page's text layer: each in one message with its remedy."""

from __future__ import annotations

from collections.abc import Sequence

from recover.model.page import Line
from recover.model.records import Problem
from recover.stages.legibility.drawn import SUBSTITUTED
from recover.stages.legibility.page_layer import ONLY_WITNESS, PageLayer, looks_misdecoded, telling, unused_characters
from recover.stages.legibility.verdict import Verdict


def layer_problems(
    index: int, layer: PageLayer, lines: Sequence[Line], verdicts: Sequence[Verdict]
) -> tuple[Problem, ...]:
    """The problems of page ``index``; ``lines`` stand as they are in the end."""
    told = (_undrawn(layer, lines, verdicts), _astray(layer), _misdecoded(lines))
    return tuple(
        Problem(stage="legibility", page=index, message=message, remedy=remedy) for message, remedy in told if message
    )


def _undrawn(layer: PageLayer, lines: Sequence[Line], verdicts: Sequence[Verdict]) -> tuple[str, str]:
    unproved = (ONLY_WITNESS, SUBSTITUTED)
    texts = [line.text for line, verdict in zip(lines, verdicts, strict=True) if verdict.reason in unproved]
    lost = [line.text for line in layer.undrawn if not line.is_language]
    if not texts and not lost:
        return "", ""
    message = f"{sum(map(len, texts))} characters come from the text layer alone: their font is not in the file"
    if lost:
        message += f"; {sum(map(len, lost))} more make no language: {_shortened('; '.join(lost))}"
    return message, "compare the page with the file opened where its fonts are installed"


def _astray(layer: PageLayer) -> tuple[str, str]:
    astray = telling(unused_characters(layer.astray))
    if not astray:
        return "", ""
    # What nobody sees on the page isn't quoted: it may be what somebody took out. The account has its places.
    message = f"{sum(len(one.text) for one in astray)} characters of the text layer stand where no print was found"
    return message, "compare the page with its picture"


def _misdecoded(lines: Sequence[Line]) -> tuple[str, str]:
    texts = [line.text for line in lines if looks_misdecoded(line.text)]
    if not texts:
        return "", ""
    message = f"{len(texts)} lines are printed in letters that make no language: {_shortened('; '.join(texts))}"
    return message, "their bytes may be of another encoding: find the original file"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
