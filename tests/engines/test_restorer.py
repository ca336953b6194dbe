"""The restorer on print of its own: worn lines come nearer to the clean ones, strips leave no seams."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from recover.engines.openvino_core import Cpu
from recover.engines.page_networks import MARGIN_PX, STRIP_PX, restore
from recover.model.raster import Pixels

pytestmark = pytest.mark.engine

ONE = Cpu(1)


def printed(height: int, width: int) -> Pixels:
    page = np.full((height, width), 255, np.uint8)
    for top in range(40, height, 44):
        cv2.putText(page, "Stem cells of the spinal cord", (20, top), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2, cv2.LINE_AA)
    return page


def worn(page: Pixels) -> Pixels:
    """Blurred, faded and noisy as a poor copy."""
    soft = cv2.GaussianBlur(page, (0, 0), 1.3).astype(np.float32)
    noise = np.random.default_rng(1).normal(0, 16, page.shape)
    return np.clip(255 - (255 - soft) * 0.65 + noise, 0, 255).astype(np.uint8)


def distance(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(np.float32) - other.astype(np.float32)).mean())


def test_worn_print_comes_nearer_to_what_was_printed() -> None:
    page = printed(300, 500)
    assert distance(restore(worn(page), ONE), page) < 0.6 * distance(worn(page), page)


def test_clean_print_stays_as_it_is() -> None:
    page = printed(300, 500)
    assert distance(restore(page, ONE), page) < 4


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (50, 33), (STRIP_PX + 1, 40)])
def test_any_size_comes_back_in_its_size(size: tuple[int, int]) -> None:
    assert restore(np.full(size, 200, np.uint8), ONE).shape == size


def test_strips_leave_no_seam() -> None:
    page = worn(printed(STRIP_PX + 200, 200))
    whole = restore(page, ONE)
    # Another start of the strips: rows that are far from any edge must be the same.
    moved = restore(page[STRIP_PX // 2 // 4 * 4 :], ONE)
    inner = slice(STRIP_PX // 2 // 4 * 4 + MARGIN_PX, STRIP_PX + 200 - MARGIN_PX)
    shifted = slice(inner.start - STRIP_PX // 2 // 4 * 4, inner.stop - STRIP_PX // 2 // 4 * 4)
    assert np.abs(whole[inner].astype(int) - moved[shifted].astype(int)).max() <= 2
