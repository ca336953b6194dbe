// Offsets count code points, as the document's do; JavaScript counts UTF-16 units.

const PAIRED = /[\ud800-\udbff]/;

export function slice(text, start, end) {
  return PAIRED.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}

export function lengthOf(text) {
  return PAIRED.test(text) ? Array.from(text).length : text.length;
}

// Code points before the UTF-16 offset `unit`.
export function pointsBefore(text, unit) {
  return lengthOf(text.slice(0, unit));
}

// The UTF-16 offset behind `points` code points.
export function unitsOf(text, points) {
  return slice(text, 0, points).length;
}
