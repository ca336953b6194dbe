"""Take a page's old text out and leave everything that is seen: images, lines, and type that is really drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec
import pikepdf
import pypdfium2 as pdfium

from recover.export.searchable_pdf.blank import Blanks

_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
# What only text that is shown would need; fonts it names may be gone.
_SETTING = frozenset({"BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Tr", "Ts"})
# Render modes that mark nothing: invisible, and clipping only.
_UNSEEN = frozenset({3, 7})
# Forms may hold forms; a file may tie a knot.
_MAX_DEPTH = 8

# What pikepdf and pdfium raise on objects that aren't what the specification says they are.
DAMAGED = (pikepdf.PdfError, pdfium.PdfiumError, AttributeError, KeyError, TypeError, ValueError)

Which = Literal["all", "unseen"]
Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


class Stripped(msgspec.Struct, frozen=True):
    """New content for a page; nothing of the page itself is changed."""

    contents: pikepdf.Object
    resources: pikepdf.Object

    def apply(self, page: pikepdf.Page) -> None:
        """Put the content in the page's place of its own."""
        page.obj.Contents = self.contents
        page.obj.Resources = self.resources


def strip_text(blanks: Blanks, page: pikepdf.Page, which: Which) -> Stripped:
    """The page's content without the text that is shown, or without the unseen part of it.

    Type that stays is given a Unicode map that says nothing, so that only the recovered text is found.
    """
    contents = blanks.pdf.make_stream(_without(page, which))
    return Stripped(contents, _resources(blanks, inherited(page), which, 0))


def inherited(page: pikepdf.Page) -> pikepdf.Object:
    """The page's resources, its own or those of the node of the page tree above it."""
    node: pikepdf.Object | None = page.obj
    while node is not None:
        if "/Resources" in node:
            return node["/Resources"]
        node = node.get("/Parent")
    return pikepdf.Dictionary()


def has_seen_text(page: pikepdf.Page) -> bool:
    """Whether the page or a form on it draws text that isn't invisible by its render mode; yes for a damaged page."""
    try:
        streams: tuple[pikepdf.Page | pikepdf.Object, ...] = (page, *_forms(inherited(page), 0))
        return any(
            str(instruction.operator) in _SHOWING and mode not in _UNSEEN
            for item in streams
            for instruction, mode in _modes(item)
        )
    except DAMAGED:
        return True


def _forms(resources: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    if depth > _MAX_DEPTH:
        return
    for item in resources.get("/XObject", pikepdf.Dictionary()).values():
        if item.get("/Subtype") == "/Form":
            yield item
            yield from _forms(item.get("/Resources", pikepdf.Dictionary()), depth + 1)


def _resources(blanks: Blanks, old: pikepdf.Object, which: Which, depth: int) -> pikepdf.Object:
    """The resources with forms stripped too; old fonts leave with the last text they set."""
    new = pikepdf.Dictionary({key: value for key, value in old.items() if key not in {"/Font", "/XObject"}})
    if which == "unseen" and "/Font" in old:
        new.Font = pikepdf.Dictionary({name: blanks.font(font) for name, font in old.Font.items()})
    if "/XObject" in old and depth <= _MAX_DEPTH:
        form: Callable[[pikepdf.Object], pikepdf.Object] = lambda item: _form(blanks, item, which, depth)  # noqa: E731
        new.XObject = pikepdf.Dictionary({name: form(item) for name, item in old.XObject.items()})
    return new


def _form(blanks: Blanks, item: pikepdf.Object, which: Which, depth: int) -> pikepdf.Object:
    if item.get("/Subtype") != "/Form":
        return item
    form = blanks.pdf.make_stream(_without(item, which))
    for key, value in item.items():
        if key not in {"/Length", "/Filter", "/DecodeParms", "/Resources"}:
            form[key] = value
    if "/Resources" in item:
        form.Resources = _resources(blanks, item.Resources, which, depth + 1)
    return form


def _without(stream: pikepdf.Page | pikepdf.Object, which: Which) -> bytes:
    kept: list[Instruction] = []
    for instruction, mode in _modes(stream):
        operator = str(instruction.operator)
        if operator in _SHOWING and which == "unseen" and mode in _UNSEEN:
            kept.extend(_moves(instruction))
        elif which == "unseen" or operator not in _SHOWING | _SETTING:
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)


def _moves(instruction: Instruction) -> Sequence[Instruction]:
    """What showing text does beside it: two of the operators go to the next line."""
    moving = str(instruction.operator) in {"'", '"'}
    return [pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*"))] if moving else []


def _modes(stream: pikepdf.Page | pikepdf.Object) -> Iterator[tuple[Instruction, int]]:
    """Every instruction with the text render mode it meets."""
    mode, saved = 0, []
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(mode)
        elif operator == "Q" and saved:
            mode = saved.pop()
        elif operator == "Tr" and instruction.operands:
            mode = int(instruction.operands[0])
        yield instruction, mode
