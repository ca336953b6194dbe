"""The account of a document in one line: what a user wants to know before opening the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recover.text.counted import counted
from recover.text.messages import translated

if TYPE_CHECKING:
    from recover.model.document import Account

# Classes whose characters a reader finds in the document's texts.
TEXTS = ("text", "front", "references", "tables", "captions", "notes", "formulas")


def account_line(account: Account) -> str:
    """``8 pages: 12,034 characters; 11,790 text, 180 running heads, 64 in figures, 0 unread``."""
    text = sum(getattr(account, name) for name in TEXTS)
    parts = [f"{text:,} text"]
    aside = ((account.furniture, "running heads"), (account.figures, "in figures"), (account.rejected, "set aside"))
    parts += [f"{number:,} {name}" for number, name in aside if number]
    parts.append(f"{account.unread:,} unread")
    return translated(f"{counted(len(account.pages), 'page')}: {account.characters:,} characters; {', '.join(parts)}")
