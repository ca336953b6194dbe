import csv
import io
from pathlib import Path

from lxml import html

from recover.batch.ledger import Ledger
from recover.batch.report import write_reports
from recover.batch.walk import Found
from recover.fence.tasks import Looked, Made

FILES = {"sure.pdf": 0.99, "doubtful.pdf": 0.71, "<b>&.pdf": 0.9, "unmeasured.pdf": None}


def test_the_worst_come_first_in_both_reports(tmp_path: Path) -> None:
    with Ledger(tmp_path / ".recover") as ledger:
        ledger.enter([Found(name, "1") for name in (*FILES, "=1+1.pdf", "part.pdf", "waiting.pdf")])
        at = 0
        while file := ledger.pending(at):
            at = file.id
            ledger.looked(at, Looked(key=at, stamp="1", sha256=file.name, pages=3))
            if file.name in FILES or file.name == "part.pdf":
                made = Made(key=at, confidence=FILES.get(file.name, 0.999), problems=1, title="题", first_problem="p")
                ledger.made(file, "key", 2 if file.name == "part.pdf" else 0, made)
            elif file.name != "waiting.pdf":
                ledger.failed(at, "broken")
        (tmp_path / "doubtful").mkdir()
        (tmp_path / "doubtful" / "report.html").write_text("x")
        table, page = write_reports(ledger, str(tmp_path))
    order = ["=1+1.pdf", "part.pdf", "waiting.pdf", "unmeasured.pdf", "doubtful.pdf", "<b>&.pdf", "sure.pdf"]
    rows = list(csv.DictReader(io.StringIO(Path(table).read_text("utf-8-sig"))))
    assert [row["file"] for row in rows] == ["'=1+1.pdf", *order[1:]]
    assert [row["state"] for row in rows] == ["failed", "incomplete", "looked", *["done"] * 4]
    shown = html.parse(page).getroot()
    assert [row.xpath("string(td[1])") for row in shown.xpath("//tbody/tr")] == order
    assert shown.xpath("//tbody//a/@href") == ["doubtful/report.html"]
    assert "1 of 3" in shown.xpath("string(//tbody/tr[2])")
    for language, told in (("en", ["failed", "unfinished"]), ("zh", ["失败", "未完成"])):
        states = shown.xpath(f"//tbody/tr/td[2]/span[@lang='{language}']/text()")
        assert [states[0], states[2]] == told
    words = "".join(shown.xpath("//thead//text() | //h1//text() | //tbody//a//text()"))
    assert all(word in words for word in ("批处理报告", "问题所在", "置信度", "报告"))
