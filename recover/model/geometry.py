"""Places on a page: boxes in points, origin top left, and the maps between planes, flat or bent."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

# Bent lines are measured at so many steps of their length.
BENT_STOPS = 8


class Box(msgspec.Struct, frozen=True, array_like=True):
    """An upright rectangle; ``x0 <= x1`` and ``y0 <= y1``, in points unless a name says pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def intersection(self, other: Box) -> float:
        """The area both share; 0 where they only touch."""
        return overlap(self.x0, self.x1, other.x0, other.x1) * overlap(self.y0, self.y1, other.y0, other.y1)

    def rounded(self, digits: int = 2) -> Box:
        """The same box at the precision that is written to files."""
        return Box(round(self.x0, digits), round(self.y0, digits), round(self.x1, digits), round(self.y1, digits))


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """The length two intervals share; never negative."""
    return max(0.0, min(a1, b1) - max(a0, b0))


def share_under(box: Box, rows: Iterable[Box]) -> float:
    """The share of a box, at its middle, that lies under some rows, which share nothing with each other."""
    (_, middle), width = box.center, max(box.width, 1e-6)
    covers = (min(box.x1, row.x1) - max(box.x0, row.x0) for row in rows if row.y0 <= middle <= row.y1)
    return sum(cover for cover in covers if cover > 0) / width


def enclose(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of ``boxes``; raises ValueError when there are none."""
    boxes = tuple(boxes)
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


class Transform(msgspec.Struct, frozen=True, array_like=True):
    """The map ``x' = a·x + b·y + c``, ``y' = d·x + e·y + f``, between two bends of the page's lines.

    ``bend`` moves a point down before the affine map, ``unbend`` up after it, each by a polynomial of its x (its
    coefficients, the constant first); most maps have neither. ``mesh`` moves a point after the affine map, ``unmesh``
    back before it: the surface of a page that was photographed.
    """

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0
    bend: tuple[float, ...] = ()
    unbend: tuple[float, ...] = ()
    mesh: Mesh | None = None
    unmesh: Mesh | None = None

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.unmesh is not None:
            x, y = self.unmesh.back(x, y)
        y += _value(self.bend, x)
        across, down = self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f
        if self.mesh is not None:
            return self.mesh.point(across, down)
        return across, down - _value(self.unbend, across)

    def box(self, box: Box) -> Box:
        """The upright box around the image of ``box``."""
        stops = BENT_STOPS if self.bend or self.unbend or self.mesh or self.unmesh else 1
        sides = [box.x0 + (box.x1 - box.x0) * stop / stops for stop in range(stops + 1)]
        xs, ys = zip(*[self.point(x, y) for x in sides for y in (box.y0, box.y1)], strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def then(self, after: Transform) -> Transform:
        """The map that applies ``self`` first and ``after`` second; raises ValueError for a bend it cannot express."""
        if self.mesh is not None or after.unmesh is not None:
            return self._through_mesh(after)
        bend = self.bend
        if after.bend:
            if self.b or self.d or self.unbend or bend:
                msg = "a bend may only follow a change of scale"
                raise ValueError(msg)
            bend = tuple(value / self.e for value in _substituted(after.bend, self.a, self.c))
        elif self.unbend:
            msg = "nothing may follow the undoing of a bend"
            raise ValueError(msg)
        return Transform(
            after.a * self.a + after.b * self.d,
            after.a * self.b + after.b * self.e,
            after.a * self.c + after.b * self.f + after.c,
            after.d * self.a + after.e * self.d,
            after.d * self.b + after.e * self.e,
            after.d * self.c + after.e * self.f + after.f,
            bend,
            after.unbend,
            after.mesh,
            self.unmesh,
        )

    def _through_mesh(self, after: Transform) -> Transform:
        """``then`` where a mesh lies between both: it is moved, or undone by its own inverse."""
        if self.mesh == after.unmesh:
            return msgspec.structs.replace(self, mesh=None).then(msgspec.structs.replace(after, unmesh=None))
        if self.mesh is None or after != Transform(after.a, after.b, after.c, after.d, after.e, after.f):
            msg = "only a change of scale, a shift or a turn may follow a mesh"
            raise ValueError(msg)
        mesh = self.mesh.mapped(after.a, after.b, after.c, after.d, after.e, after.f)
        return msgspec.structs.replace(self, mesh=mesh)

    def inverse(self) -> Transform:
        """The map back; raises ZeroDivisionError for a map that flattens the plane."""
        det = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / det, -self.b / det, -self.d / det, self.a / det
        back = a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f)
        return Transform(*back, bend=self.unbend, unbend=self.bend, mesh=self.unmesh, unmesh=self.mesh)


def _value(coefficients: tuple[float, ...], x: float) -> float:
    """A polynomial's value."""
    value = 0.0
    for coefficient in reversed(coefficients):
        value = value * x + coefficient
    return value


def _substituted(coefficients: tuple[float, ...], factor: float, shift: float) -> tuple[float, ...]:
    """The polynomial of ``factor·x + shift``, as one of x."""
    found: list[float] = []
    for coefficient in reversed(coefficients):
        raised = [0.0, *(factor * value for value in found)]
        for power, value in enumerate(found):
            raised[power] += shift * value
        raised[0] += coefficient
        found = raised
    return tuple(found)


# A bent surface as a grid of knots, each with its place on another plane.

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


# Sizes that no page of print has.

# About 3.5 m square: no page of print. A3 scanned at 600 dpi and saved as if at 72 has 70 million square points.
ABSURD_AREA_PT2 = 100_000_000
# A page this much longer than wide is a line. Receipts and scrolls stay far below.
ABSURD_RATIO = 5000


def shape_fault(width: float, height: float) -> str:
    """What is wrong with a page of so many points; empty for one that may be."""
    if not (width > 0 and height > 0):
        return f"{width:g} x {height:g} points are no size of a page"
    if not width * height <= ABSURD_AREA_PT2:
        return f"{width:.0f} x {height:.0f} points are too large for a page"
    if not max(width, height) <= ABSURD_RATIO * min(width, height):
        return f"{width:g} x {height:g} points are no shape of a page"
    return ""
