from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from recover.glossary.matcher import Trie

term = st.text("干细胞神经", min_size=1, max_size=5)


def walk(trie: Trie, text: str) -> str | None:
    start: str | None = Trie.ROOT
    return reduce(lambda node, char: None if node is None else trie.step(node, char), text, start)


@given(st.sets(term, max_size=12), term)
def test_agrees_with_plain_sets(terms: set[str], asked: str) -> None:
    trie = Trie(terms)
    node = walk(trie, asked)
    assert (node is not None) == any(known.startswith(asked) for known in terms)
    assert (node is not None and trie.is_complete(node)) == (asked in terms)
    assert len(trie) == len(terms)


def test_a_decoder_walks_it() -> None:
    trie = Trie(["干细胞", "干"])
    node = trie.step(Trie.ROOT, "干")
    assert node is not None
    assert trie.is_complete(node)
    assert trie.step(node, "胞") is None
    assert not trie.is_complete(Trie.ROOT)


@given(st.sets(term, max_size=12), st.text("干细胞神经", max_size=3))
def test_knows_what_may_follow(terms: set[str], start: str) -> None:
    expected = sorted({known[len(start)] for known in terms if known.startswith(start) and len(known) > len(start)})
    assert Trie(terms).after(start) == expected
