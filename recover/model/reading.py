"""What a reader saw in a picture of one line."""

from __future__ import annotations

import msgspec


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader saw in one line image; every tuple holds one value a character of ``text``.

    ``centers`` are x in pixels of the image; ``confidences`` the reader's own posterior, 0 to 1;
    ``alternatives`` what else each character may be, best first, empty where the reader was sure;
    ``spaces`` the chance of a space before each character, empty when the reader cannot tell;
    ``marks`` the likeliest mark, with its chance, before each character and behind the last, empty likewise.
    """

    text: str = ""
    centers: tuple[float, ...] = ()
    confidences: tuple[float, ...] = ()
    alternatives: tuple[tuple[tuple[str, float], ...], ...] = ()
    spaces: tuple[float, ...] = ()
    marks: tuple[tuple[str, float], ...] = ()
