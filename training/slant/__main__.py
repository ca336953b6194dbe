"""Fit what tells italic words from upright ones: ``python -m training.slant``.

Words are set upright and in italics in ten typefaces, worn like scans at 150, 200 and 300 dpi, and cut out. Two
typefaces in turn are left out of a fit and measured; the weights that are printed are those of all.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import typst

from recover.stages.type_styles.slant import SURE, shear_profile
from samples.wear import wear_pdf

Floats = npt.NDArray[np.float64]
FONTS = (
    "Liberation Serif", "P052", "Liberation Sans", "C059", "Nimbus Roman", "Libertinus Serif", "New Computer Modern",
    "DejaVu Serif", "DejaVu Sans", "Nimbus Sans",
)  # fmt: skip
SIZES, RESOLUTIONS, LEFT_OUT = (9, 11), (150, 200, 300), 5
WORDS = [
    "Escherichia",
    "coli",
    "Drosophila",
    "the",
    "and",
    "for",
    "with",
    "Staphylococcus",
    "aureus",
    "cells",
    "Arabidopsis",
    "thaliana",
    "was",
    "from",
    "vivo",
    "vitro",
    "situ",
    "Bacillus",
    "subtilis",
    "mice",
    "rats",
    "see",
    "new",
    "were",
    "ever",
    "over",
    "means",
    "Xenopus",
    "laevis",
    "Science",
    "Nature",
    "Homo",
    "sapiens",
    "Mus",
    "musculus",
    "Acta",
    "Bot",
    "Sin",
    "value",
    "rate",
    "GDNF",
    "SOD",
    "TDP",
    "VEGF",
    "mRNA",
    "DNA",
    "PCR",
    "BMSCs",
    "Oryza",
    "sativa",
    "mean",
    "axes",
    "vow",
    "cosmos",
    "Zea",
    "mays",
    "wave",
    "vex",
    "way",
    "Table",
    "Figure",
    "review",
    "model",
    "between",
    "patients",
    "function",
]
# Ridge of the fit; low enough that its weights are those of the data.
RIDGE = 0.003


def words(font: str, *, is_italic: bool, size: int, dpi: int) -> Iterator[npt.NDArray[np.uint8]]:
    """The masks of all words, set in two columns a word a line."""
    source = "\n\n".join(f"#emph[{word}]" if is_italic else word for word in WORDS)
    head = f'#set page(paper: "a4", margin: 1.5cm, columns: 2)\n#set text(font: "{font}", size: {size}pt)\n'
    with tempfile.TemporaryDirectory() as folder:
        typ, pdf, worn = (Path(folder) / name for name in ("a.typ", "a.pdf", "b.pdf"))
        typ.write_text(head + "#set par(spacing: 0.9em)\n" + source, encoding="utf-8")
        typst.compile(str(typ), output=str(pdf))
        wear_pdf(pdf, worn, dpi=dpi, wear="light", text_layer="none", seed=3)
        with pypdfium2.PdfDocument(worn) as document:
            page = document[0].render(scale=dpi / 72, grayscale=True).to_numpy().squeeze().copy()
    _, mask = cv2.threshold(page, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    joined = cv2.dilate(mask, np.ones((1, dpi // 12), np.uint8))
    for x, y, width, height, _ in cv2.connectedComponentsWithStats(joined)[2][1:]:
        if height > 0.06 * dpi and width > 0.1 * dpi:
            yield np.asarray(mask[y : y + height, x : x + width], np.uint8)


def fit(features: Floats, is_italic: Floats) -> Floats:
    """Weights and, last, the bias of a logistic regression on the features as they are."""
    mean, spread = features.mean(axis=0), features.std(axis=0)
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    weights = np.zeros(scaled.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (chance - is_italic) / len(is_italic) + RIDGE * weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled / len(is_italic) + RIDGE * np.eye(weights.size)
        weights -= np.linalg.solve(curve, gradient)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean)


def main() -> None:
    """Print what typefaces left out of the fit show, and the weights of a fit on all."""
    rows = [
        (at, dpi, is_italic, shear_profile(word))
        for at, font in enumerate(FONTS)
        for is_italic in (False, True)
        for size in SIZES
        for dpi in RESOLUTIONS
        for word in words(font, is_italic=is_italic, size=size, dpi=dpi)
    ]
    fonts, resolutions = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    truth, features = np.array([float(row[2]) for row in rows]), np.array([row[3] for row in rows])
    scores = np.zeros(len(rows))
    for part in range(LEFT_OUT):
        held = fonts % LEFT_OUT == part
        weights = fit(features[~held], truth[~held])
        scores[held] = features[held] @ weights[:-1] + weights[-1]
    for dpi in RESOLUTIONS:
        here = resolutions == dpi
        found, false = (float((scores[here & (truth == kind)] > SURE).mean()) for kind in (1, 0))
        print(f"{dpi} dpi, typefaces left out: found {found:.3f}, upright words taken for italic {false:.4f}")
    print(", ".join(f"{weight:.3f}" for weight in fit(features, truth)))


if __name__ == "__main__":
    main()
