"""Short rules between two rules across are seen; strokes of characters that only come near to both are not."""

from __future__ import annotations

import numpy as np
import pytest

from recover.stages.layout.rules import find_rules

HEIGHT = 20.0


def down(top: int, bottom: int) -> int:
    """How many rules down are seen where a stroke runs so far between rules across at 40 and 60."""
    pixels = np.full((100, 300), 255, np.uint8)
    pixels[40:42, 20:280] = pixels[60:62, 20:280] = 0
    pixels[top:bottom, 150:152] = 0
    return len(find_rules(pixels, HEIGHT)[1])


@pytest.mark.parametrize(("top", "bottom", "seen"), [(40, 62, 1), (44, 56, 0), (40, 56, 0), (44, 62, 0)])
def test_a_short_stroke_is_a_rule_where_it_runs_from_rule_to_rule(top: int, bottom: int, seen: int) -> None:
    assert down(top, bottom) == seen
