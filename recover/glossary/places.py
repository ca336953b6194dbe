"""Where glossaries and what is remembered about them are kept on this machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
from platformdirs import user_cache_path, user_data_path

from recover.errors import MALFORMED, UnreadableInput

PACKAGE = Path(__file__).resolve().parents[1]


class Layer(msgspec.Struct, frozen=True):
    """A file of a glossary; ``hides_rows`` where it lies over a shipped one, and may hide rows of it."""

    path: Path
    hides_rows: bool = False


def shipped_folder() -> Path:
    """The glossaries of the program: inside the installed package, or at the top of a checkout."""
    installed = PACKAGE / "glossaries"
    return installed if installed.is_dir() else PACKAGE.parent / "glossaries"


def user_folder() -> Path:
    """The user's own glossaries: ``$RECOVER_GLOSSARIES``, or the platform's place for a user's data."""
    chosen = os.environ.get("RECOVER_GLOSSARIES")
    return Path(chosen).expanduser() if chosen else user_data_path("recover", appauthor=False) / "glossaries"


def cache_folder() -> Path:
    """A folder for what can be made again; the system's temporary one where the user's can't be written."""
    folder = user_cache_path("recover", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder if os.access(folder, os.W_OK) else Path(tempfile.gettempdir())


def is_path(name_or_path: str) -> bool:
    """Whether a user's word for a glossary means a file: it ends like one, or holds a separator."""
    return Path(name_or_path).suffix != "" or Path(name_or_path).name != name_or_path


def layers(name_or_path: str) -> tuple[Layer, ...]:
    """The files that make up a glossary, lowest first; raises UnreadableInput for one that nobody has."""
    if is_path(name_or_path):
        return (Layer(Path(name_or_path).expanduser()),)
    shipped, own = (folder / f"{name_or_path}.csv" for folder in (shipped_folder(), user_folder()))
    lies_over = shipped.is_file()
    found = [Layer(shipped)] if lies_over else []
    found += [Layer(own, lies_over)] if own.is_file() else []
    if not found:
        known = ", ".join(names()) or "none"
        raise UnreadableInput(name_or_path, "no glossary has this name", f"the names known are: {known}")
    return tuple(found)


def names() -> tuple[str, ...]:
    """The names of all glossaries of the program and of the user, sorted."""
    return tuple(sorted({path.stem for path in _files()}))


def _files() -> Iterator[Path]:
    for folder in (shipped_folder(), user_folder()):
        if folder.is_dir():
            yield from folder.glob("*.csv")


def editable(name_or_path: str) -> Layer:
    """The file an edit goes to: the one named, else the user's own; of a checkout its file, until overridden."""
    if is_path(name_or_path):
        return Layer(Path(name_or_path).expanduser())
    own, shipped = (folder / f"{name_or_path}.csv" for folder in (user_folder(), shipped_folder()))
    is_checkout = not shipped_folder().is_relative_to(PACKAGE)
    if shipped.is_file() and is_checkout and not own.is_file():
        return Layer(shipped)
    return Layer(own, shipped.is_file())


# What was worked out from a glossary, kept between runs; a cache that can't be used only costs time.

T = TypeVar("T")

# Raised with every change of the way tables are read or forms are made, so that nothing stale is taken up.
FORMAT = 2


def recall(key: str, kind: type[T]) -> T | None:
    """What was kept under ``key``; None where nothing of that kind is."""
    try:
        return msgspec.msgpack.decode(_place(key).read_bytes(), type=kind)
    except (OSError, *MALFORMED):
        return None


def keep(key: str, value: object) -> None:
    """Keep ``value`` under ``key``: whole, or not at all."""
    place = _place(key)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(msgspec.msgpack.encode(value))
        os.replace(file.name, place)  # noqa: PTH105 - the temporary file's name is text
    except OSError:
        return


def _place(key: str) -> Path:
    return cache_folder() / "glossaries" / f"{key}.{FORMAT}.msgpack"
