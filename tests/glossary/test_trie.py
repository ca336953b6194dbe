from hypothesis import given
from hypothesis import strategies as st

from recover.glossary.concept import Concept, Glossary
from recover.glossary.trie import Trie, chinese_terms

term = st.text("干细胞神经", min_size=1, max_size=5)


@given(st.sets(term, max_size=12), term)
def test_agrees_with_plain_sets(terms: set[str], asked: str) -> None:
    trie = Trie.of(terms)
    assert (asked in trie) == (asked in terms)
    assert trie.is_prefix(asked) == any(known.startswith(asked) for known in terms)
    assert len(trie) == len(terms)
    assert trie.longest(asked) == max((n for n in range(1, len(asked) + 1) if asked[:n] in terms), default=0)


def test_a_decoder_walks_it() -> None:
    trie = Trie.of(["干细胞", "干"])
    node = trie.step(Trie.ROOT, "干")
    assert node is not None
    assert trie.is_complete(node)
    assert set(trie.nexts(node)) == {"细"}
    assert trie.step(node, "胞") is None


def test_forbidden_terms_are_not_read() -> None:
    glossary = Glossary("t", (Concept("甲乙", "a", zh_variants=("丙",)), Concept("丁戊", "b", status="forbidden")))
    assert chinese_terms(glossary) == {"甲乙"}
