"""Characters: their script, and the plain ones that raised, lowered and Traditional ones stand for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from recover.lexicon.tables import english_shares, simplified_characters
from recover.model.styles import LOWERED, RAISED, with_flag

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Full-width forms and CJK punctuation, which carry their own space, and the quotes and dots that Chinese shares.
WIDE = HAN + r"\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\u2460-\u24ff"

_HAN = re.compile(f"[{HAN}]")
_WIDE = re.compile(f"[{WIDE}]")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff]")


@lru_cache(maxsize=8192)
def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character."""
    return bool(_HAN.match(char))


@lru_cache(maxsize=8192)
def is_wide(char: str) -> bool:
    """Whether ``char`` stands in a Chinese type cell: Han, full-width forms, CJK punctuation, circled numbers."""
    return bool(_WIDE.match(char))


def is_latin(char: str) -> bool:
    """Whether ``char`` is a Latin or Greek letter."""
    return bool(_LATIN_LETTER.match(char))


def han_share(text: str) -> float:
    """The share of Han among the letters of both scripts; 0 for a text without letters."""
    han = len(_HAN.findall(text))
    letters = han + len(_LATIN_LETTER.findall(text))
    return han / letters if letters else 0.0


def language(text: str) -> str:
    """``zh``, ``en`` or ``und``: a sentence with a fifth of Han letters is Chinese that quotes English."""
    if not any(is_han(char) or is_latin(char) for char in text):
        return "und"
    return "zh" if han_share(text) >= 0.15 else "en"


def unaccented(text: str) -> str:
    """``text`` with its letters' accents left out."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


# Letters and figures of the alphabets that mathematics is set in (𝐴, 𝜷, 𝟏).
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]")


def plain_letters(text: str) -> str:
    """``text`` with mathematical letters as the plain ones they are faces of, one for one."""
    if not _MATHEMATICAL.search(text):
        return text
    return _MATHEMATICAL.sub(lambda match: _unfaced(match[0]), text)


def _unfaced(char: str) -> str:
    kind, _, code = unicodedata.decomposition(char).partition(" ")
    return chr(int(code, 16)) if kind == "<font>" else char


# Traditional characters as simplified ones, so that lists of words hold every word once. Lengths never change.

# With this share of characters that only traditional print has, a text is set in it.
TRADITIONAL = 0.08


def simplified(text: str) -> str:
    """``text`` with its traditional characters replaced, one for one: offsets in it are offsets in ``text``."""
    return text if text.isascii() else text.translate(simplified_characters())


def is_traditional(text: str) -> bool:
    """Whether a text is set in traditional characters: enough of its Han differ from the simplified ones."""
    plain = simplified(text)
    differing = sum(old != new for old, new in zip(text, plain, strict=True))
    return differing > TRADITIONAL * max(1, sum("\u3400" <= char <= "\u9fff" for char in text))


# Characters that are raised or lowered by their code (``⁵``, ``₂``), and the plain ones they stand for.

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_RAISED_PLAIN = "0123456789+-=()niabcdefghjklmoprstuvwxyz"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
_LOWERED_PLAIN = "0123456789+-=()aehijklmnoprstuvx"
_PLAIN = str.maketrans(_RAISED + _LOWERED, _RAISED_PLAIN + _LOWERED_PLAIN)


def plain_text(text: str) -> tuple[str, str]:
    """``text`` of plain characters, one for one, and their styles."""
    raised = [at for at, char in enumerate(text) if char in _RAISED]
    lowered = [at for at, char in enumerate(text) if char in _LOWERED]
    styles = with_flag(with_flag("", raised, RAISED, len(text)), lowered, LOWERED, len(text))
    return text.translate(_PLAIN), styles


# Text as it is compared.

_FOLDED = str.maketrans(
    {
        "，": ",", "。": ".", "．": ".", "；": ";", "：": ":", "？": "?", "！": "!", "、": ",",
        "（": "(", "）": ")", "【": "[", "】": "]", "［": "[", "］": "]", "〔": "[", "〕": "]",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "′": "'", "＇": "'",
        "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "～": "~", "∼": "~", "·": ".", "•": ".", "・": ".",
    }
)  # fmt: skip


def comparable(text: str) -> str:
    """NFKC, folded punctuation, no white space: equal for two renderings of the same print."""
    folded = unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)
    # A sign that NFKC parts into a space and an accent joins the letter before it once the space is gone.
    return unicodedata.normalize("NFC", "".join(folded.split()))


# Which language a passage is in, for those who read it aloud, hyphenate, translate or search it.

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
