"""Chinese text cut into words, the glossary's among them."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from recover.glossary.concept import Glossary
from recover.glossary.normal_form import is_han
from recover.lexicon.tables import own_tokenizer

if TYPE_CHECKING:
    from jieba import Tokenizer

# The count jieba gives its rarest words: one unbroken term still beats its pieces, and no common word loses to it.
RAREST = 3
# Chinese between two marks is seldom longer than 60 characters; where nothing divides it, so much is looked at.
MOST_AROUND = 200


class Segmenter:
    """jieba with a glossary's terms as its user dictionary, apart from any other use of jieba in the program."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = own_tokenizer()
        for word in {form for concept in self._glossary.concepts for form in concept.zh_forms}:
            if all(map(is_han, word)) and not tokenizer.FREQ.get(word):
                tokenizer.add_word(word, freq=RAREST)
        return tokenizer

    def cut(self, text: str) -> tuple[str, ...]:
        """The words of ``text``; joined they are the text again."""
        return tuple(self._tokenizer.cut(text, HMM=False))

    def is_word_bound(self, text: str, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` begins and ends where words do, and is not a part of one."""
        run = _run_around(text, start, end)
        bounds, at = {run.start}, run.start
        for word in self.cut(text[run.start : run.stop]):
            at += len(word)
            bounds.add(at)
        return start in bounds and end in bounds


def _run_around(text: str, start: int, end: int) -> slice:
    first, last = max(0, start - MOST_AROUND), min(len(text), end + MOST_AROUND)
    while start > first and is_han(text[start - 1]):
        start -= 1
    while end < last and is_han(text[end]):
        end += 1
    return slice(start, end)


@lru_cache(maxsize=2)
def segmenter_for(glossary: Glossary) -> Segmenter:
    """The segmenter of a glossary, made once."""
    return Segmenter(glossary)
