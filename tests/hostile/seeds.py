"""Small sound files of every kind that a command opens: what the mutations start from."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw

from recover.glossary.concept import Concept
from recover.glossary.exchange.spreadsheets import write_csv, write_tsv, write_xlsx
from recover.glossary.exchange.xml import write_tbx3, write_tmx
from tests.hostile.review_trial import REQUESTS, sound_log

SIZE = (420, 594)
CONCEPTS = (
    Concept("水稻", "rice", "", ("稻谷",), (), "agronomy"),
    Concept("光合作用", "photosynthesis", "PS", (), ("photosynthetic process",)),
)
DUMP = """水稻根系对干旱的响应
张三1，李四2
摘要：目的 观察干旱对水稻根系的影响。结果 根长增加[1-2]。
关键词：水稻；根系；干旱
1 引言
水稻是重要的粮食作物[1]。The root system responds to drought within 24 h.
2 材料与方法
试验在温室进行，温度为25 ℃，重复3次。
参考文献
[1] 王五, 赵六. 水稻根系形态研究[J]. 作物学报, 2010, 36(2): 120-126.
[2] Smith J, Lee K. Roots under drought[J]. Plant Soil, 2015, 390(1): 1-12.
"""
REFERENCES = """[1] 王五, 赵六. 水稻根系形态研究[J]. 作物学报, 2010, 36(2): 120-126.
Smith J, Lee K. Roots under drought. Plant Soil. 2015;390(1):1-12. doi:10.1000/x.1
Müller A. Drought [M]. Berlin: Springer, 2001: 12-15.
"""
PAGE_TEXT = b"BT /F1 14 Tf 60 700 Td (Rice and drought) Tj 0 -24 Td (Roots grow longer [1].) Tj ET"


def scan() -> Image.Image:
    """A page with what looks like lines of print."""
    image = Image.new("L", SIZE, 248)
    draw = ImageDraw.Draw(image)
    for row in range(40, 540, 18):
        for at in range(40, 380, 11):
            draw.rectangle((at, row, at + 6, row + 8), outline=15, width=2)
    return image


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    scan().save(out, kind, **options)
    return out.getvalue()


def scanned_pdf() -> bytes:
    """A scan and a text layer nobody sees."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    image = pikepdf.Stream(pdf, b"")
    image.write(picture("JPEG", quality=70), filter=pikepdf.Name.DCTDecode)
    told = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "ColorSpace": pikepdf.Name.DeviceGray}
    for key, value in {**told, "Width": SIZE[0], "Height": SIZE[1], "BitsPerComponent": 8}.items():
        image[f"/{key}"] = value
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image), Font=pikepdf.Dictionary(F1=_font()))
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q 3 Tr " + PAGE_TEXT)
    return _saved(pdf)


def digital_pdf() -> bytes:
    """Two pages of drawn type, a form, and an outline."""
    pdf = pikepdf.new()
    for _ in range(2):
        page = pdf.add_blank_page(page_size=(595, 842))
        form = pdf.make_stream(PAGE_TEXT)
        form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 595, 842]})
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=_font()))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=_font()), XObject=pikepdf.Dictionary(Fm=form))
        page.Contents = pdf.make_stream(PAGE_TEXT + b" q 1 0 0 1 0 -300 cm /Fm Do Q")
    return _saved(pdf)


def _font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def seeds(kind: str) -> dict[str, bytes]:
    """The sound files of a kind, by their names."""
    return _SEEDS[kind]()


def _pictures() -> dict[str, bytes]:
    return {
        "a.png": picture("PNG"),
        "a.jpg": picture("JPEG"),
        "a.tif": picture("TIFF", compression="tiff_lzw"),
        "g4.tif": _bilevel(),
        "a.gif": picture("GIF"),
        "a.bmp": picture("BMP"),
        "a.webp": picture("WEBP"),
    }


def _glossaries() -> dict[str, bytes]:
    return {
        "g.csv": write_csv(CONCEPTS),
        "g.tsv": write_tsv(CONCEPTS),
        "g.xlsx": write_xlsx(CONCEPTS),
        "g.tbx": write_tbx3(CONCEPTS),
        "g.tmx": write_tmx(CONCEPTS),
    }


def _log() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return {"corrections.log": sound_log(Path(folder) / "paper")}


_SEEDS: dict[str, Callable[[], dict[str, bytes]]] = {
    "pdf": lambda: {"scan.pdf": scanned_pdf(), "type.pdf": digital_pdf()},
    "picture": _pictures,
    "dump": lambda: {"dump.txt": DUMP.encode(), "gb.txt": DUMP.encode("gb18030")},
    "references": lambda: {"refs.txt": REFERENCES.encode()},
    "glossary": _glossaries,
    "requests": lambda: {"requests.txt": REQUESTS.encode()},
    "log": _log,
}


def _bilevel() -> bytes:
    out = io.BytesIO()
    scan().convert("1").save(out, "TIFF", compression="group4")
    return out.getvalue()


def place(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name
