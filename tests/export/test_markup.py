import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from recover.export.markup import Markup, escape, is_safe_address, legal, tag


@given(st.text(), st.text())
def test_any_text_comes_back_as_text(text: str, value: str) -> None:
    element = etree.fromstring(tag("p", text, title=value))
    assert (element.text or "") == legal(text).replace("\r\n", "\n").replace("\r", "\n")
    assert not len(element)
    assert list(element.attrib) == ["title"]


def test_markup_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "<"), "&") == "<p><b>&lt;</b>&amp;</p>"
    assert escape(Markup("<i/>")) == "<i/>"


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("#ref-1", True),
        ("https://doi.org/10.1/x", True),
        ("figures/page-0001-r2.png", True),
        ("article.xhtml#s1", True),
        ("data:image/png;base64,AAAA", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("//evil.example/x", False),
        ("file:///etc/passwd", False),
        ("ftp://x", False),
        ("", False),
    ],
)
def test_only_addresses_that_show_something_are_written(address: str, is_safe: bool) -> None:
    assert is_safe_address(address) == is_safe
    assert ("href" in tag("a", "x", href=address)) == is_safe


def test_attributes_that_say_no_are_left_out() -> None:
    assert (
        tag("input", type="radio", checked=True, disabled=False, id=None) == '<input type="radio" checked="checked"/>'
    )
    assert tag("a", aria_label="x", class_="y") == '<a aria-label="x" class="y"></a>'
