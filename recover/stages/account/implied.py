"""Characters of a page that no text shows because the document says them in another way."""

from __future__ import annotations

from recover.stages.account.ledger import Ledger, Run
from recover.text.labels import find_label
from recover.text.scripts import is_han
from recover.text.vocabulary import HYPHENS

# A leader runs from a title to its page number, a rule of dots fills a line.
LEADERS = frozenset(".．。·•…⋯‥-–—_ \u3000")
# What closes a heading's number, a label, or an entry's number: 一、 （一） 表1： [1]
CLOSERS = frozenset("、.．。,，:：;；|｜)）]］】〕}」』·\"'")
# An entry's number as it may be read: [12], [④], [l0].
LONGEST_NUMBER = 6
LONGEST_LABEL = 42


def is_implied(run: Run, ledger: Ledger) -> bool:
    """Whether a label, a number's mark, a word's hyphen or a leader is all that a run holds."""
    return (
        _breaks_word(run, ledger)
        or _is_leader(run)
        or _is_mark(run, ledger)
        or _is_label(run)
        or _is_run_in_label(run, ledger)
        or _is_entry_number(run, ledger)
    )


def _breaks_word(run: Run, ledger: Ledger) -> bool:
    """Whether it is the hyphen at a line's end."""
    at_end = not run.line.text[run.end :].strip()
    return at_end and run.text in HYPHENS and run.start > 0 and ledger.taker(run.line, run.start - 1) is not None


def _is_leader(run: Run) -> bool:
    return len(run.text) > 2 and LEADERS.issuperset(run.text)


def _is_mark(run: Run, ledger: Ledger) -> bool:
    """Whether it is the mark behind a number or a label, between what two texts took."""
    follows = run.start > 0 and any(ledger.taker(run.line, at) for at in range(run.start))
    return follows and bool(run.line.text[run.end :].strip()) and CLOSERS.issuperset(run.text.replace(" ", ""))


def _is_label(run: Run) -> bool:
    """Whether it is a label that the role of the text behind it says."""
    label = find_label(run.line.text)
    return label is not None and run.end <= label.end


def _is_run_in_label(run: Run, ledger: Ledger) -> bool:
    """Whether it is a label before a colon, the title of the section whose text goes on behind it."""
    begins = not run.line.text[: run.start].strip() and run.text.endswith((":", "："))
    behind = len(run.line.text) - len(run.line.text[run.end :].lstrip())
    return begins and len(run.text) <= LONGEST_LABEL and ledger.taker(run.line, behind) == "text"


def _is_entry_number(run: Run, ledger: Ledger) -> bool:
    """Whether it is the number before an entry of the list of references, which the entry says itself."""
    begins = not run.line.text[: run.start].strip() and len(run.text) <= LONGEST_NUMBER
    behind = len(run.line.text) - len(run.line.text[run.end :].lstrip())
    return begins and ledger.taker(run.line, behind) == "references" and not any(map(is_han, run.text))
