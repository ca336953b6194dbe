"""The conservation law of a document, for every test that has one."""

from __future__ import annotations

import re
from collections import Counter

from recover.model.document import Document
from recover.model.records import Counts
from recover.stages.account import claims

CLASSES = [name for name in Counts.__struct_fields__ if name != "characters"]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def law_holds(document: Document) -> None:
    """The sums agree, and every character of every line is in a text or an open place, but what is said otherwise."""
    account = document.account
    for counts in (account, *account.pages):
        assert counts.characters == sum(getattr(counts, name) for name in CLASSES)
    for name in ("characters", *CLASSES):
        assert getattr(account, name) == sum(getattr(page, name) for page in account.pages)
    lines = Counter(
        squeezed("".join(line.text for page in document.pages for region in page.regions for line in region.lines))
    )
    shown = Counter(squeezed("".join(claim.text for claim in claims(document))))
    listed = Counter(squeezed("".join(place.text for page in account.pages for place in page.open)))
    # Labels, English labels of captions, numbers of entries, what closes a number, hyphens of broken words, leaders.
    said_otherwise = set("摘要关键词關鍵詞AbstractKeywordsFigureTable:：|｜、。.．…-[]（）()【】*0123456789①")
    assert set(lines - shown - listed) <= said_otherwise
