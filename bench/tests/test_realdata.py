from pathlib import Path

from bench.accuracy.realdata import find_pages, read_paragraphs


def test_markdown_and_tex_are_taken_off(tmp_path: Path) -> None:
    truth = tmp_path / "page.md"
    truth.write_text("# 2.1 标题\n\n加 $5\\mathrm{g}$ 的 **糖** $ ^{1} $，\n接上行\n\n$$\nx^2\n$$\n", encoding="utf-8")
    assert read_paragraphs(truth) == ("2.1 标题", "加 5g 的 糖  1 ，\n接上行")


def test_pages_go_with_the_truth_beside_them(tmp_path: Path) -> None:
    for name in ("a.png", "a.txt", "b.pdf", "c.md"):
        (tmp_path / name).write_text("一\n二\n", encoding="utf-8")
    assert find_pages(tmp_path) == {tmp_path / "a.png": tmp_path / "a.txt"}
    assert read_paragraphs(tmp_path / "a.txt") == ("一", "二")
