"""Which language a passage is in, for those who read it aloud, hyphenate, translate or search it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from recover.lexicon.characters import han_share, language
from recover.lexicon.tables import english_shares

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

# A shorter passage in Latin letters is English: names and codes look like any language. Other scripts tell more.
SHORTEST = {"en": 60, "und": 12}
# On the list are .88 to .92 of the words of English abstracts, .23 to .50 of French, German, Spanish, Italian or Latin.
ENGLISH = 0.7
COMMON = 1e-6
# What langdetect is less sure of stays what its script says.
SURE = 0.99
_WORD = re.compile(r"[^\W\d_]{2,}")
_KANA = re.compile(r"[\u3041-\u30ff]")
# Japanese sets a third of its text in kana; a Chinese passage quotes a word.
KANA = 0.15


def passage_language(text: str) -> str:
    """The ISO 639-1 code of a passage's language, ``und`` where it has no letters.

    Chinese and English are told by their script and words. What is neither, in enough letters, langdetect is asked
    about; it cannot part Traditional Chinese from other languages reliably, so it never sees Chinese.
    """
    by_script = language(text)
    if by_script == "zh":
        return "ja" if len(_KANA.findall(text)) > KANA * len(text) else "zh"
    words = _WORD.findall(text)
    if sum(map(len, words)) < SHORTEST[by_script] or han_share(text) > 0 or _is_english(words):
        return by_script
    return _detected(text) or by_script


def _is_english(words: list[str]) -> bool:
    known = sum(english_shares().get(word.lower(), 0.0) >= COMMON for word in words)
    return known >= ENGLISH * len(words)


def _detected(text: str) -> str:
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415

    detector = _detectors().create()
    detector.append(text)
    try:
        (best, *_) = detector.get_probabilities()
    except (LangDetectException, ValueError):
        return ""
    return str(best.lang) if best.prob >= SURE else ""


@lru_cache(maxsize=1)
def _detectors() -> DetectorFactory:
    """Langdetect with its profiles, made to say the same of the same text every time."""
    from langdetect import detector_factory  # noqa: PLC0415 its profiles take a third of a second

    detector_factory.init_factory()
    factory = detector_factory._factory  # noqa: SLF001 its own functions seed by a global
    factory.seed = 0
    return factory
