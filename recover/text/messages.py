"""What the program tells, in the language of whoever reads it: English in the code, Chinese in ``zh.po``.

Messages are made and kept in English, with their values in them; they are told in Chinese by the template they were
made from. So a document that was recovered in one language is reported in either.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
CHOICE = "RECOVER_LANG"
_SET_BY_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
# ``{name}`` is anything, ``{n…}`` a number, ``{name!}`` a message of its own.
_HOLE = re.compile(r"\{(\w+)(!?)\}")
_ENTRY = re.compile(r'(?:^msgctxt (".*")\n)?^msgid (".*")\nmsgstr (".*")$', re.MULTILINE)
NUMBER = r"[-+]?\d[\d,.]*%?"
_JOINTS = (("; ", "；"), (", ", "，"))


def language() -> Language:
    """The language that was chosen by ``--lang``, else that of the system."""
    for name in (CHOICE, *_SET_BY_SYSTEM):
        if os.environ.get(name):
            return "zh" if os.environ[name].startswith("zh") else "en"
    return "en"


def choose(wanted: str) -> None:
    """From now on ``wanted`` is the language, also in processes that are started later."""
    os.environ[CHOICE] = wanted


def translated(message: str, wanted: Language | None = None) -> str:
    """The message in the language ``wanted``, or in the chosen one; itself where the catalogue lacks it."""
    return in_chinese(message) if (wanted or language()) == "zh" else message


def name_of(context: str, name: str, wanted: Language) -> str:
    """The name of a value (a role, a field, a kind of region) in a context; the value itself where it has none."""
    english, chinese = _names().get((context, name), (name, name))
    return chinese if wanted == "zh" else english


def names(context: str) -> tuple[str, ...]:
    """All values that have a name in a context, in the order of the catalogue."""
    return tuple(name for known, name in _names() if known == context)


@lru_cache(maxsize=4096)
def in_chinese(message: str) -> str:
    """The message in Chinese, with what stands in it."""
    return _translated(message) or _by_parts(message) or message


def words(wanted: Language) -> Mapping[str, str]:
    """Every name of the catalogue as ``kind:value``, for a page that looks them up by itself."""
    return {f"{kind}:{value}": pair[wanted == "zh"] for (kind, value), pair in _names().items()}


def _translated(message: str) -> str | None:
    known = _catalogue().get(("", message))
    if known:
        return known
    for template in _templates():
        hit = template.pattern.fullmatch(message)
        if hit:
            return _filled(template, hit.groupdict())
    return None


def _filled(template: _Template, values: Mapping[str, str]) -> str:
    known = {name: in_chinese(text) if name in template.told else text for name, text in values.items()}
    return _HOLE.sub(lambda hole: known[hole[1]], template.chinese)


def _by_parts(message: str) -> str | None:
    """Messages that stand in a row, each by itself, when all of them are known."""
    for joint, chinese in _JOINTS:
        if joint in message:
            parts = [_translated(part) for part in message.split(joint)]
            if all(parts):
                return chinese.join(part for part in parts if part)
    return None


@lru_cache(maxsize=1)
def _catalogue() -> Mapping[tuple[str, str], str]:
    """Chinese by context and English; the context of a message is empty."""
    return {(context, english): chinese for context, english, chinese in _entries()}


def _entries() -> Iterator[tuple[str, str, str]]:
    text = (files("recover.text") / "zh.po").read_text("utf-8")
    for context, english, chinese in _ENTRY.findall(text):
        if english != '""':
            yield json.loads(context or '""'), json.loads(english), json.loads(chinese)


@lru_cache(maxsize=1)
def _names() -> Mapping[tuple[str, str], tuple[str, str]]:
    """English and Chinese by context and value: a context is written ``kind:value``."""
    return {
        (kind, value): (english, chinese)
        for context, english, chinese in _entries()
        for kind, colon, value in [context.partition(":")]
        if colon
    }


class _Template(NamedTuple):
    """A message with holes; those named in ``told`` hold messages themselves."""

    pattern: re.Pattern[str]
    told: frozenset[str]
    chinese: str


@lru_cache(maxsize=1)
def _templates() -> tuple[_Template, ...]:
    """Messages with holes as patterns, the most exact first."""
    known = [
        (english, chinese) for (context, english), chinese in _catalogue().items() if not context and "{" in english
    ]
    known.sort(key=lambda entry: -len(_HOLE.sub("", entry[0])))
    return tuple(_template(english, chinese) for english, chinese in known)


def _template(english: str, chinese: str) -> _Template:
    pattern, end, seen = "", 0, set[str]()
    for hole in _HOLE.finditer(english):
        name = hole[1]
        inside = NUMBER if re.fullmatch(r"n\d*", name) else ".+?"
        named = f"(?P={name})" if name in seen else f"(?P<{name}>{inside})"
        pattern += re.escape(english[end : hole.start()]) + named
        seen.add(name)
        end = hole.end()
    whole = re.compile(pattern + re.escape(english[end:]), re.DOTALL)
    return _Template(whole, frozenset(name for name, is_told in _HOLE.findall(english) if is_told), chinese)


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 problem``, ``2 problems``; a noun that forms its plural otherwise is given both."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
