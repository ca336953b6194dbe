"""Text as it is compared: compatibility forms resolved, punctuation folded to half width, white space dropped."""

from __future__ import annotations

import unicodedata

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


# Numbers of things in messages.


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 problem``, ``2 problems``; a noun that forms its plural otherwise is given both."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
