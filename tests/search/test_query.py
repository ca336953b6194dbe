from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.errors import UsageError
from recover.glossary.concept import Glossary
from recover.search.expand import expand, match_expression, merged, word_expression
from recover.search.find import _every_term
from recover.search.query import And, Near, Or, Term, parse, terms_of


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("干细胞", Term("干细胞")),
        ("stem cell", And((Term("stem"), Term("cell")))),
        ("ALS AND 小鼠", And((Term("ALS"), Term("小鼠")))),
        ("ALS OR 小鼠", Or((Term("ALS"), Term("小鼠")))),
        ("ALS NOT 小鼠", And((Term("ALS"),), (Term("小鼠"),))),
        ('"stem cell" OR (a b)', Or((Term("stem cell", is_quoted=True), And((Term("a"), Term("b")))))),
        ("“干细胞”", Term("干细胞", is_quoted=True)),
        ("transplant*", Term("transplant", is_prefix=True)),
        ("NEAR(干细胞 移植, 5)", Near((Term("干细胞"), Term("移植")), 5)),
        ("NEAR（干细胞 移植）", Near((Term("干细胞"), Term("移植")), 10)),
    ],
)
def test_a_query_is_understood(query: str, node: object) -> None:
    assert parse(query) == node


@pytest.mark.parametrize(
    "query", ["", "  ", "NOT 小鼠", "ALS AND", "(ALS", "ALS)", "NEAR(ALS)", "(" * 50 + "a", "x" * 2000]
)
def test_a_query_without_a_meaning_says_what_is_wrong(query: str) -> None:
    with pytest.raises(UsageError):
        parse(query)


@given(st.text(alphabet="aB干鼠 \"'()（）*:^+-,;\0\\ANDORNTE{}~%_“”", max_size=40))
def test_whatever_is_asked_the_database_understands_it(query: str) -> None:
    glossary = Glossary("none", ())
    try:
        node = merged(parse(query), glossary)
        expanded = {term: expand(term, glossary) for term in _every_term(node)}
        expression = match_expression(node, expanded)
        words = word_expression([expanded[term] for term in terms_of(node)])
    except UsageError:
        return
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE tokens USING fts5 (said, maybe)")
    database.execute("SELECT count(*) FROM tokens WHERE tokens MATCH ?", (expression,))
    if words:
        database.execute("SELECT count(*) FROM tokens WHERE tokens MATCH ?", (words,))
