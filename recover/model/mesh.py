"""A bent surface as a grid of knots, each with its place on another plane."""

from __future__ import annotations

import msgspec

# The way back is sought in steps, each about ten times nearer than the last.
STEPS = 12


class Mesh(msgspec.Struct, frozen=True, array_like=True):
    """Knots ``step_x`` and ``step_y`` apart, from (0, 0) on, rows first; ``xs`` and ``ys`` are where they lie."""

    columns: int
    step_x: float
    step_y: float
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies; beyond the rim the outermost meshes go on."""
        return self._with_slopes(x, y)[0]

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The point of the grid that lies at a place."""
        nearest = min(range(len(self.xs)), key=lambda knot: (self.xs[knot] - x) ** 2 + (self.ys[knot] - y) ** 2)
        u, v = (nearest % self.columns) * self.step_x, (nearest // self.columns) * self.step_y
        for _ in range(STEPS):
            (at_x, at_y), (xu, xv, yu, yv) = self._with_slopes(u, v)
            det = xu * yv - xv * yu
            if not det:
                break
            u += (yv * (x - at_x) - xv * (y - at_y)) / det
            v += (xu * (y - at_y) - yu * (x - at_x)) / det
        return u, v

    def mapped(self, a: float, b: float, c: float, d: float, e: float, f: float) -> Mesh:
        """The mesh with its places moved by an affine map."""
        pairs = list(zip(self.xs, self.ys, strict=True))
        xs, ys = tuple(a * x + b * y + c for x, y in pairs), tuple(d * x + e * y + f for x, y in pairs)
        return msgspec.structs.replace(self, xs=xs, ys=ys)

    def _with_slopes(self, x: float, y: float) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
        """Where a point lies, and how fast x and y change there along the grid's x and y."""
        rows = len(self.xs) // self.columns
        column = max(0, min(self.columns - 2, int(x // self.step_x)))
        row = max(0, min(rows - 2, int(y // self.step_y)))
        s, t = x / self.step_x - column, y / self.step_y - row
        knot = row * self.columns + column
        at_x, xu, xv = _bilinear(self.xs, knot, self.columns, s, t)
        at_y, yu, yv = _bilinear(self.ys, knot, self.columns, s, t)
        return (at_x, at_y), (xu / self.step_x, xv / self.step_y, yu / self.step_x, yv / self.step_y)


def _bilinear(values: tuple[float, ...], knot: int, columns: int, s: float, t: float) -> tuple[float, float, float]:
    """A value inside a mesh, and its slopes along s and t."""
    v00, v10, v01, v11 = values[knot], values[knot + 1], values[knot + columns], values[knot + columns + 1]
    value = v00 * (1 - s) * (1 - t) + v10 * s * (1 - t) + v01 * (1 - s) * t + v11 * s * t
    return value, (v10 - v00) * (1 - t) + (v11 - v01) * t, (v01 - v00) * (1 - s) + (v11 - v10) * s
