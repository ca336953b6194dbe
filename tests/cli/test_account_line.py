"""The line that a recovery ends with."""

from __future__ import annotations

from recover.cli.messages import account_line
from recover.model.records import Account, PageAccount


def test_every_class_that_holds_something_is_named_and_the_unread_always() -> None:
    pages = tuple(PageAccount(page=number) for number in range(8))
    account = Account(characters=12034, text=11000, front=790, furniture=180, figures=64, pages=pages)
    line = "8 pages: 12,034 characters; 11,790 text, 180 running heads, 64 in figures, 0 unread"
    assert account_line(account) == line


def test_what_was_set_aside_is_told() -> None:
    account = Account(characters=12, text=5, rejected=4, unread=3, pages=(PageAccount(page=0),))
    assert account_line(account) == "1 page: 12 characters; 5 text, 4 set aside, 3 unread"
