"""Changes to a file, each told by its seed: bytes for all kinds, and objects for PDFs."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

import pikepdf

NUMBERS = (b"99999999999999999999", b"-1", b"nan", b"1e308")
ODD = (*NUMBERS, b"\0", b"\xff\xff\xff\xff", b"<<" * 50, b"[" * 500, b"%PDF-", b"\r")
ODD_TEXT = ("[1", "１２", "((((", "aaaa aaaa ", "\u202e", "\U0001f9ec", "et al", "第一章", "$^_{", "&#x0;", "\t;;")
ODD_NUMBERS = (0, -1, 1e9, 10**12, -(10**6), 0.0001, 65536, 1)


def mutate(content: bytes, name: str, seed: int) -> bytes:
    """Another file out of a sound one; the same for the same seed."""
    chance = Random(f"{name}-{seed}")
    if name.endswith(".pdf") and chance.random() < 0.5:
        return _objects(content, chance)
    if name.endswith((".txt", ".csv", ".tsv")) and chance.random() < 0.5:
        return _text(content, chance)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        content = chance.choice(BYTES)(content, chance)
    return content


def _flip(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content or b"\0")
    changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _drop(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at + chance.randrange(1, 400) :]


def _insert(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(ODD) + content[at:]


def _repeat(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at : at + chance.randrange(1, 200)] * chance.choice((2, 9, 200)) + content[at:]


def _swap(content: bytes, chance: Random) -> bytes:
    one, other = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[one:other] + content[:one] + content[other:]


BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (_flip, _flip, _flip, _cut, _drop, _insert, _repeat, _swap)


def _text(content: bytes, chance: Random) -> bytes:
    """Lines moved, joined and filled with what parsers stumble over."""
    text = content.decode("utf-8", "replace")
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(ODD_TEXT) * chance.choice((1, 3, 300)) + text[at:]
    if chance.random() < 0.3:
        text = text.replace("\n", " " * chance.randrange(3))
    return text.encode("utf-8", "surrogatepass")


def _objects(content: bytes, chance: Random) -> bytes:
    """A well-formed PDF that says strange things."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        nodes = [node for node in pdf.objects if isinstance(node, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(chance.randrange(1, 5)):
            _change(pdf, chance.choice(nodes), nodes, chance)
        out = io.BytesIO()
        try:
            pdf.save(out, deterministic_id=True)
        except (RuntimeError, ValueError, TypeError, pikepdf.PdfError):
            return _flip(content, chance)
        return out.getvalue()


def _change(pdf: pikepdf.Pdf, node: pikepdf.Object, nodes: list[pikepdf.Object], chance: Random) -> None:
    keys = [key for key in node.keys() if key != "/Length"]  # noqa: SIM118 not iterable by itself
    if not keys:
        return
    key = chance.choice(keys)
    match chance.randrange(6):
        case 0:
            del node[key]
        case 1:
            node[key] = chance.choice(ODD_NUMBERS)
        case 2:
            node[key] = chance.choice(nodes)  # circles, and streams where numbers belong
        case 3:
            node[key] = pikepdf.Array([chance.choice(ODD_NUMBERS) for _ in range(chance.randrange(6))])
        case 4:
            node[key] = pikepdf.Name("/" + chance.choice(("JPXDecode", "JBIG2Decode", "Indexed", "Nothing", "Form")))
        case _:
            node[chance.choice(("/Rotate", "/UserUnit", "/MediaBox", "/CropBox", "/SMask", "/Kids"))] = chance.choice(
                (90, 1e6, pikepdf.Array([0, 0, 1, 1e7]), pikepdf.Array([node]) if node.is_indirect else 7)
            )
