"""What a result depends on, as hashes: a page on the way it is read, a document on that and all that comes after."""

from __future__ import annotations

import hashlib

import msgspec

from recover.glossary import places
from recover.glossary.load import read_file
from recover.settings import Settings
from recover.version import __version__

# Raised when pages read by an older version should be read again.
READING = 1
KEY_LETTERS = 16


def read_key(settings: Settings, reader: str) -> str:
    """Changes when pages would have to be read again: with the engine, the use of the text layer, the reader."""
    return _hash(READING, settings.engine, settings.text_layer, settings.precision, reader)


def made_key(settings: Settings, reader: str) -> str:
    """Changes when documents would have to be made again; raises RecoverError for a missing glossary."""
    layers = [layer for name in settings.glossaries for layer in places.layers(name)]
    glossaries = [hashlib.sha256(read_file(layer.path)).hexdigest() for layer in layers]
    return _hash(__version__, read_key(settings, reader), settings.formats, settings.style, glossaries)


def _hash(*parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:KEY_LETTERS]
