"""A second look at small type: raised and lowered characters cut out of their line, enlarged and read again.

A reader scales a line to 48 pixels; at 150 dpi a raised minus is then two pixels high, and ``x`` with a lowered ``i``
is read as ``x``. Ink tells where that happened: small blobs off the line that no character accounts for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from recover.lexicon.characters import is_han, is_wide
from recover.model.page import Alternative, Doubt, Line, Reading
from recover.model.raster import Pixels
from recover.model.replace import replace_text
from recover.model.styles import LOWERED, RAISED, padded, read_styles
from recover.stages.type_styles.scripts import Measures, frame_of, measure_page
from recover.stages.type_styles.zones import SURE, THIN, Picture, Zone, find_zones

Read = Callable[[Sequence[Pixels]], Sequence[Reading]]

# Sizes are shares of a capital's height. A second reading counts from this confidence on.
LEAST, LEAST_NEW, SURER, NEVER = 0.5, 0.75, 0.1, 2.0
# Several characters in a single blob count from here on: a lone 2 was read as 12 with .76.
MERGED = 0.85
# White around the enlarged type, in capitals, and how high the picture is at least.
RIM, LOWEST = 0.22, 0.9
# So far over small type its dots may stand, in capitals.
DOTS = 0.3
# A lone stroke is a minus that is so much wider than high. Two minuses are of one height, and a slash is so high.
SHORTEST, LEVEL, SLASH = 1.3, 0.1, 0.35
# A lone stroke as high as this is a figure: commas, in capitals, measured .44 at most, raised and lowered ones .55.
STROKE = 0.5
# A full stop's ring ends so far below the line, in capitals, and is no higher than this; read as a figure or letter it
# kept this much confidence as a stop: .11 to .24 on 150 and 200 dpi.
STOP_SUNK, STOP, MAY_BE_STOP = 0.07, 0.62, 0.08
_RINGS = frozenset("0oO")
# So far beside small type its faintest strokes may stand.
FAINT, FAINT_MINUS = 0.3, 0.6
_READABLE = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-−–/=.,()*±αβγδμ")
# Raised characters that stand where the reader saw none; signs whose ring stands alone.
_RAISED_ALONE = frozenset("0123456789+-−–")
RINGED = "%‰℃°C"
_SIGNS = frozenset("+-−–")
_BEHIND_NAMES = frozenset("，,、；;")
# A stroke between two signs is a slash.
_ALLELES = re.compile(r"^([-+])[1lI|i]([-+])$")
_WORD_END = re.compile(r"(?:[a-z]{2}|[A-Za-z]{4})\Z")
# Numbers of affiliations or entries.
_LIST = re.compile(r"\d{1,3}(?:[,，]\d{1,3})+")
# Small figures are read as letters of their shape.
_FIGURE_LIKE = str.maketrans("sSoOlIzZ", "55001122")
# Metals whose ions papers name, and cells' markers, with a raised plus that was read as a star.
_BEARING = r"Li|Na|K|Ca|Mg|Ba|Sr|Cu|Zn|Fe|Mn|Co|Ni|Cd|Pb|Hg|Ag|Al|Cr|NH4|CD\d{1,3}[a-e]?"
_STARRED = re.compile(rf"(?<![A-Za-z])({_BEARING})[23]?([*＊])(?![\w*＊])", re.ASCII)
# Both copies of a gene are there: plus signs that were read as stars.
_WILD_TYPE = re.compile(r"(?<=[A-Za-z0-9])(?:[+*＊]/[*＊]|[*＊]/\+)(?=[\u4e00-\u9fff])")
_OF_IONS = re.compile(r"mol/L|mol·|离子|浓度|(?:Na|Cl|Ca|Mg)[\d²]?[+*＊⁺-]")
# Read of a lone stroke, which may be anything.
_STROKES = frozenset("1lI|/")


def with_small_type(lines: Sequence[Line], pictures: Sequence[Picture], read: Read) -> tuple[Line, ...]:
    """``lines`` with what was read better of their small type; those of a text layer stay."""
    lines = [_without_doubles(line) for line in lines]
    page = measure_page(lines)
    zones: list[tuple[int, Zone]] = []
    crops: list[Pixels] = []
    shapes: list[str] = []
    for number, (line, picture) in enumerate(zip(lines, pictures, strict=True)):
        frame = frame_of(line, page) if _may_have(line) else None
        if frame is None:
            continue
        for zone in find_zones(line, picture, frame):
            capital = frame.capitals * picture.pixels.shape[0]
            zones.append((number, zone))
            crops.append(_enlarged(picture.pixels, zone, capital))
            shapes.append(_by_shape(zone, capital))
    changed = dict(enumerate(lines))
    readings = read(crops) if crops else ()
    for (number, zone), signs, reading in reversed(list(zip(zones, shapes, readings, strict=True))):
        now, sure = (signs, SURE) if signs else ("".join(reading.text.split()), _sureness(reading))
        changed[number] = _with_reading(changed[number], zone, now, sure)
    return tuple(_with_charges(_with_stops(changed[number], page)) for number in range(len(lines)))


def _with_stops(line: Line, page: Measures) -> Line:
    """Rings that hang as low as a Chinese full stop, may be read as one, and end a line or sentence, are one."""
    found = [one for one in line.doubts if line.text[one.at] in _RINGS and _may_be_stop(one)]
    frame = frame_of(line, page) if found and _may_have(line) else None
    if frame is None:
        return line
    for doubt in reversed(found):
        at, after = doubt.at, line.text[doubt.at + 1 : doubt.at + 2]
        is_low = line.bottoms[at] - frame.baselines[at] >= STOP_SUNK * frame.capitals
        height = (line.bottoms[at] - line.tops[at]) / frame.capitals
        if is_low and height <= STOP and (not after or is_han(after)):
            line = _marked(replace_text(line, at, at + 1, "。", round(line.confidences[at], 4)), at, at + 1, 0)
    return line


def _may_be_stop(doubt: Doubt) -> bool:
    return any(other.text == "。" and other.confidence >= MAY_BE_STOP for other in doubt.alternatives)


def _with_charges(line: Line) -> Line:
    """Stars behind a metal or a cell's marker (CD34) are a plus; behind a symbol of a letter, where ions are named."""
    if "t" in line.readers:
        return line
    for match in _STARRED.finditer(line.text):
        if len(match[1]) > 1 or _OF_IONS.search(line.text):
            at = match.start(2)
            replaced = replace_text(line, at, at + 1, "+", round(line.confidences[at], 4))
            line = _marked(replaced, at, at + 1, RAISED)
    for match in _WILD_TYPE.finditer(line.text):
        start, end = match.span()
        line = _marked(replace_text(line, start, end, "+/+"), start, end, RAISED)
    return line


def _sureness(reading: Reading) -> float:
    """The least confidence of a reading's characters; small commas between figures are hardly seen."""
    told = zip(reading.text, reading.confidences, strict=True)
    text = reading.text.replace(" ", "")
    is_list = bool(_LIST.fullmatch(text))
    return min((sure for char, sure in told if not (is_list and char in ",，")), default=0.0)


def _without_doubles(line: Line) -> Line:
    """``line`` without figures that have no ink beside the same one raised or lowered: the reader gave one twice."""
    for at in range(len(line.text) - 1, -1, -1):
        if not line.weights or line.weights[at] or not line.text[at].isdecimal():
            continue
        flags = read_styles(line.styles, len(line.text))
        near = [other for other in (at - 1, at + 1) if 0 <= other < len(line.text)]
        if any(line.text[other] == line.text[at] and flags[other] & (RAISED | LOWERED) for other in near):
            line = replace_text(line, at, at + 1, "")
    return line


def _may_have(line: Line) -> bool:
    """Whether a line was read from print and has letters or figures that small type could stand at."""
    is_measured = len(line.tops) == len(line.text) and "t" not in line.readers
    return is_measured and any(char.isascii() and char.isalnum() for char in line.text)


def _enlarged(pixels: Pixels, zone: Zone, capital: float) -> Pixels:
    """The zone alone on white, as high as a line of its type; a dot too small for a blob comes along."""
    x0, y0, x1, y1 = zone.box
    height, width = pixels.shape
    rim, dots = max(2, round(RIM * capital)), round(DOTS * capital)
    top, bottom = max(0, y0 - dots), min(height, y1 + dots // 2)
    side = round(FAINT * capital)
    before = round((FAINT_MINUS if zone.kind == RAISED else FAINT) * capital)
    left = max([box[2] for box in zone.others if box[2] <= x0 + 1 and box[2] > x0 - before] + [0, x0 - before])
    right = min([box[0] for box in zone.others if box[0] >= x1 - 1 and box[0] < x1 + side] + [width, x1 + side])
    white = int(np.percentile(pixels, 90))
    canvas = pixels.copy()
    for bx0, by0, bx1, by1 in zone.others:
        canvas[by0:by1, bx0:bx1] = white
    for bx0, by0, bx1, by1 in zone.parts:
        canvas[by0:by1, bx0:bx1] = pixels[by0:by1, bx0:bx1]
    part = canvas[top:bottom, left:right]
    missing = max(0, round(LOWEST * capital) - part.shape[0])
    below = missing // 2
    return np.pad(part, ((rim // 2 + missing - below, rim // 2 + below), (2 * rim, 2 * rim)), constant_values=white)


def _by_shape(zone: Zone, capital: float) -> str:
    """What flat strokes say, which readers take for anything: ``-`` and ``-/-``; "" for all else."""
    parts = sorted(zone.parts)
    flat = [x1 - x0 >= SHORTEST * (y1 - y0) and y1 - y0 <= THIN * capital for x0, y0, x1, y1 in parts]
    if flat == [True, False, True] and _is_slash(parts, capital):
        return "-/-"
    return "-" if flat == [True] else ""


def _is_slash(parts: Sequence[tuple[int, int, int, int]], capital: float) -> bool:
    """Whether the middle one of three blobs is a slash between two strokes of one height."""
    (_, top, _, bottom), (_, y0, _, y1), (_, other_top, _, other_bottom) = parts
    are_level = abs(top + bottom - other_top - other_bottom) <= 2 + LEVEL * capital
    return are_level and y0 < min(top, other_top) and y1 > max(bottom, other_bottom) and y1 - y0 >= SLASH * capital


def _with_reading(line: Line, zone: Zone, now: str, sure: float) -> Line:
    """``line`` with what a second look read in a zone, where that is the better reading."""
    now = _ALLELES.sub(r"\1/\2", now.rstrip(".,"))
    if zone.kind == RAISED and _is_between_wide(line.text, zone):
        now = _with_comma(zone, now)
    start, end = _with_known(line.text.translate(_ONE_MINUS), *_stretch(line, zone, now), now)
    if now == line.text[start:end].translate(_ONE_MINUS):
        now = line.text[start:end]
    if now.lower() == line.text[start:end].lower():
        # Enlarged, small letters look like capitals.
        now = line.text[start:end]
    # A minus may be too thin for a blob.
    if not now or now == "=" or not set(now) <= _READABLE or len(now.lstrip("-")) > zone.most:
        return line
    if now in _RINGS and line.text[zone.end : zone.end + 1] in RINGED:
        return line
    was = line.text[start:end]
    if "".join(was.split()) == now:
        return _marked(line, start, end, zone.kind)
    if now in (line.text[end : end + len(now)], line.text[max(0, start - len(now)) : start]) and len(now) <= len(was):
        return line
    if sure < _least(line, start, end, zone, now):
        return line
    sure = round(sure, 4)
    replaced = replace_text(line, start, end, now, sure)
    replaced = _marked(replaced, start, start + len(now), zone.kind)
    doubts = [
        Doubt(start + at, (Alternative(was[at : at + 1], round(1 - sure, 4), line.readers[max(0, start - 1)]),))
        for at in range(len(now))
        if was[at : at + 1] != now[at]
    ]
    kept = [one for one in replaced.doubts if not start <= one.at < start + len(now)]
    return msgspec.structs.replace(replaced, doubts=tuple(sorted((*kept, *doubts), key=lambda one: one.at)))


# A raised minus is read as any of these.
_ONE_MINUS = str.maketrans("−–", "--")


def _with_known(text: str, start: int, end: int, now: str) -> tuple[int, int]:
    """The stretch with what stands beside it already: a minus before it, or figures behind it, that ``now`` repeats."""
    if now[:1] == "-" == text[start - 1 : start] and text[start:end] == now[1:]:
        return start - 1, end
    behind = text[end : end + len(now) - (end - start)]
    return (start, end + len(behind)) if behind and text[start:end] + behind == now else (start, end)


def _is_between_wide(text: str, zone: Zone) -> bool:
    """Whether a zone stands behind Chinese, and before no letter: ``¹³C`` is one number."""
    before, after = text[zone.start - 1 : zone.start], text[zone.end : zone.end + 1]
    return bool(before) and is_wide(before) and not (after.isascii() and after.isalnum())


def _with_comma(zone: Zone, now: str) -> str:
    """Figures behind Chinese name several affiliations or entries: the mark between them is a comma, read or not."""
    parts = sorted(zone.parts)
    if now.isdecimal() and len(parts) == len(now) + 1:
        tops, bottoms = [part[1] for part in parts], [part[3] for part in parts]
        middle = (min(tops) + max(bottoms)) / 2
        low = [at for at in range(1, len(now)) if tops[at] > middle]
        return now[: low[0]] + "," + now[low[0] :] if len(low) == 1 else now
    return re.sub(r"(?<=\d)\.(?=\d)", ",", now)


def _least(line: Line, start: int, end: int, zone: Zone, now: str) -> float:
    """How sure the second reading must be: surer than the first, but where it reads more of the ink."""
    was = line.text[start:end]
    if not was:
        is_stroke = set(now) <= _STROKES and len(zone.parts) < 2 and zone.height < STROKE
        may_be_new = not is_stroke and (_may_be_raised if zone.kind == RAISED else _may_be_lowered)(
            line.text, start, now
        )
        return LEAST_NEW if may_be_new else NEVER
    if was in _STROKES and now in _STROKES:
        return NEVER
    loses_sign = not _SIGNS.isdisjoint(was) and _SIGNS.isdisjoint(now)
    if was != now and was.translate(_FIGURE_LIKE) == now:
        return SURE
    loses_letters = any(map(str.isalpha, was)) and not any(map(str.isalpha, now))
    if loses_sign or loses_letters:
        return NEVER
    first = min(line.confidences[start:end])
    if len(now) > len(was):
        return LEAST if len(zone.parts) > 1 else MERGED
    return max(LEAST, first + SURER) if len(now) < len(was) or not now.isdecimal() else max(SURE, first + SURER)


def _may_be_lowered(text: str, at: int, now: str) -> bool:  # noqa: ARG001 any letters and figures
    """Whether new lowered type may stand there: behind a letter, and before no mark, which hangs as low itself."""
    before, after = text[at - 1 : at], text[at : at + 1]
    is_behind_letter = before.isalpha() and not is_wide(before)
    return is_behind_letter and (not after or after in " =" or (is_wide(after) and after.isalpha()))


def _may_be_raised(text: str, at: int, now: str) -> bool:
    """Whether figures and signs may be new raised ones there: signs, and figures behind ``10`` or a unit's letter."""
    before, after = text[at - 1 : at], text[at : at + 1]
    if is_wide(before) and now.isdecimal():
        # Isotopes, and marks of affiliations behind names.
        return (after.isascii() and after.isupper()) or after in _BEHIND_NAMES
    is_in_number = text[at - 1].isdecimal() and text[at : at + 1].isdecimal()
    if _SIGNS.issuperset(now) and _WORD_END.search(text, 0, at):
        # Ions end with one small letter at most, ``Na``, ``Cl``, and have no four letters in a row.
        return False
    if _SIGNS.issuperset(now) and text[max(0, at - 2) : at] != "10" and (after.isdecimal() or after in ("·", ".")):
        # A charge ends its formula; the minus of an exponent is read with its figure.
        return False
    takes_figures = text[max(0, at - 2) : at] == "10" or (
        text[at - 1].islower() and not text[max(0, at - 3) : at].isalpha()
    )
    return set(now) <= _RAISED_ALONE and not is_in_number and (takes_figures or _SIGNS.issuperset(now))


def _stretch(line: Line, zone: Zone, now: str) -> tuple[int, int]:
    """The characters that a second reading is of: those of its zone, or more where they say the same."""
    start, end = zone.start, zone.end
    inside = [
        at
        for at in range(max(0, start - len(now)), min(len(line.text), end + len(now)))
        if not line.weights[at] or zone.left <= (line.lefts[at] + line.rights[at]) / 2 <= zone.right
    ]
    places = [at for at in inside if line.weights[at]]
    start, end = min([start, *places]), max([end, *(at + 1 for at in places)])
    for first in {start, max(0, end - len(now))}:
        # Figures are cut off their ink more often than letters are.
        letters = [at for at in range(first, min(first + len(now), len(line.text))) if line.text[at].isalpha()]
        is_inside = all(start <= at < end or at in inside for at in letters)
        if is_inside and line.text[first : first + len(now)] == now:
            return first, first + len(now)
    while end < len(line.text) and not line.weights[end] and line.text[end] in now:
        end += 1
    while start and not line.weights[start - 1] and line.text[start - 1] in now:
        start -= 1
    return start, end


def _marked(line: Line, start: int, end: int, kind: int) -> Line:
    styles = list(padded(line.styles, len(line.text)))
    styles[start:end] = [f"{kind:x}"] * (end - start)
    return msgspec.structs.replace(line, styles="".join(styles))
