// Where a line's characters stand on the page: outlines in points, from the line's quad and edges.

export function outline(line, start, end) {
  const [left, right] = extent(line, start, end);
  const [x0, y0, x1, y1, x2, y2, x3, y3] = line.quad;
  const along = (ax, ay, bx, by, share) => [ax + (bx - ax) * share, ay + (by - ay) * share];
  return [
    along(x0, y0, x1, y1, left),
    along(x0, y0, x1, y1, right),
    along(x3, y3, x2, y2, right),
    along(x3, y3, x2, y2, left),
  ];
}

function extent(line, start, end) {
  const edges = line.edges;
  if (start < end && 2 * end <= edges.length) return [edges[2 * start] / 1000, edges[2 * end - 1] / 1000];
  return [(edges[2 * start - 1] ?? 0) / 1000, (edges[2 * start] ?? 1000) / 1000];
}

// The offset of the character under a point of the page; null when the point isn't on the line.
export function hit(line, x, y) {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = line.quad;
  const dx = x1 - x0, dy = y1 - y0;
  const length = dx * dx + dy * dy || 1;
  const along = ((x - x0) * dx + (y - y0) * dy) / length;
  if (along < 0 || along > 1) return null;
  const top = y0 + dy * along, bottom = y3 + (y2 - y3) * along;
  if (y < top || y > bottom) return null;
  const at = along * 1000;
  for (let index = 0; 2 * index < line.edges.length; index++) {
    const next = line.edges[2 * index + 2] ?? 1001;
    if (at < (line.edges[2 * index + 1] + next) / 2) return index;
  }
  return Math.max(0, line.edges.length / 2 - 1);
}

// A line's place for a block's characters: the span that holds them.
export function lineAt(block, at) {
  for (const [start, end, line, offset] of block.spans) if (start <= at && at < end) return { line, at: offset + at - start };
  return null;
}

// A block's offset for a line's character; null when the block doesn't show it.
export function inBlock(block, line, at) {
  for (const [start, end, name, offset] of block.spans) {
    if (name === line && offset <= at && at < offset + end - start) return start + at - offset;
  }
  return null;
}
