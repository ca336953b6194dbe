// The text: one leaf a page, one element a block, what stands out in it marked. Text never becomes markup.

import { lengthOf, pointsBefore, slice, unitsOf } from "./characters.js";
import { fetchPage, loadPage, store } from "./store.js";
import { word } from "./words.js";

const pane = document.getElementById("texts");
const leaves = new Map();
const ORDER = { front: 0, heading: 1, paragraph: 1, figure: 2, table: 2, formula: 2, note: 3, reference: 4, furniture: 5 };
const SET_AS = { sup: "sup", sub: "sub", italic: "i", bold: "b" };

export function showTexts(pages) {
  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) showLeaf(Number(entry.target.dataset.page));
    },
    { root: pane, rootMargin: "1200px" },
  );
  for (const page of pages) {
    const leaf = document.createElement("div");
    leaf.className = "leaf";
    leaf.dataset.page = page.number;
    leaf.dataset.number = page.number + 1;
    leaf.style.minHeight = "60rem";
    pane.append(leaf);
    leaves.set(page.number, leaf);
    near.observe(leaf);
  }
}

export async function showLeaf(number) {
  const leaf = leaves.get(number);
  if (!leaf || leaf.dataset.shown) return;
  await loadPage(number);
  draw(number);
}

export async function redrawPages(numbers) {
  for (const number of numbers) {
    if (!leaves.get(number)?.dataset.shown && !store.pages.has(number)) continue;
    await fetchPage(number);
    draw(number);
  }
}

export function redrawAll() {
  for (const [number, leaf] of leaves) if (leaf.dataset.shown) draw(number);
}

function draw(number) {
  const leaf = leaves.get(number);
  const page = store.pages.get(number);
  const blocks = [...page.blocks].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
  leaf.replaceChildren(...blocks.flatMap((block) => elements(block, page)));
  leaf.dataset.shown = "1";
  leaf.style.minHeight = "";
}

function elements(block, page) {
  const made = [element(block)];
  if (block.kind === "table") made.push(grid(page.cells.filter((cell) => cell.owner === block.id), block.merged));
  return made;
}

// Merged cells reach over their neighbours; what the neighbours hold, if anything, stands in them too.
function grid(cells, merged) {
  const table = document.createElement("table");
  table.className = "grid";
  table.setAttribute("role", "presentation");
  for (const cell of cells) {
    while (table.rows.length <= cell.row) table.insertRow();
    const row = table.rows[cell.row];
    while (row.cells.length <= cell.column) row.insertCell();
    row.cells[cell.column].append(element(cell));
  }
  for (const span of [...merged].sort((a, b) => b[1] - a[1])) merge(table, span);
  return table;
}

// From the right, so that the cells left of it keep their numbers.
function merge(table, [row, column, rows, columns]) {
  const first = table.rows[row]?.cells[column];
  if (!first) return;
  for (let r = row; r < row + rows; r++) {
    for (let c = column + columns - 1; c >= column; c--) {
      const cell = table.rows[r]?.cells[c];
      if (!cell || cell === first) continue;
      first.append(...[...cell.children].filter((made) => made.textContent.trim()));
      cell.remove();
    }
  }
  first.rowSpan = rows;
  first.colSpan = columns;
}

function element(block) {
  const made = document.createElement("div");
  made.className = "block";
  made.id = `b-${block.id}`;
  made.dataset.block = block.id;
  made.dataset.kind = block.kind;
  if (block.level) made.dataset.level = block.level;
  made.dataset.tag = tag(block);
  fillText(made, block);
  return made;
}

function tag(block) {
  if (block.kind === "front" || block.kind === "furniture") return word(`role:${block.role}`);
  if (block.kind === "figure" || block.kind === "table") return block.label || word(block.kind);
  return ["note", "formula"].includes(block.kind) ? word(block.kind) : "";
}

function fillText(made, block) {
  const cuts = new Set([0, lengthOf(block.text)]);
  for (const [start, end] of [...block.person, ...block.checked]) cuts.add(start).add(end);
  for (const doubt of block.doubts) cuts.add(doubt.start).add(doubt.end);
  for (const [start, end] of block.marks) cuts.add(start).add(end);
  const places = [...cuts].sort((a, b) => a - b);
  const parts = places.slice(1).map((end, index) => part(block, places[index], end));
  made.replaceChildren(...parts);
}

function part(block, start, end) {
  const text = setAs(block, start, end);
  const doubt = block.doubts.find((one) => one.start <= start && end <= one.end);
  const inside = ([a, b]) => a <= start && end <= b;
  const name = doubt ? "mark" : block.person.some(inside) || block.checked.some(inside) ? "span" : "";
  if (!name) return text;
  const made = document.createElement(name);
  if (doubt) {
    made.dataset.start = doubt.start;
    made.classList.toggle("grave", doubt.score > 0.3);
  }
  else made.className = block.person.some(inside) ? "person" : "checked";
  made.append(text);
  return made;
}

// The characters as they are set in print: raised, lowered, italic, bold.
function setAs(block, start, end) {
  let made = document.createTextNode(slice(block.text, start, end));
  for (const [first, last, kind] of block.marks) {
    if (first > start || end > last) continue;
    const outer = document.createElement(SET_AS[kind]);
    outer.append(made);
    made = outer;
  }
  return made;
}

export function elementOf(id) {
  return document.getElementById(`b-${id}`);
}

// The block and the offset (in code points) under a point of the screen.
export function placeAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? null : document.caretRangeFromPoint?.(x, y);
  const node = caret ? caret.offsetNode : range?.startContainer;
  const offset = caret ? caret.offset : range?.startOffset;
  const made = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".block");
  if (!made || !store.blocks.has(made.dataset.block)) return null;
  const block = store.blocks.get(made.dataset.block);
  let at = offsetIn(made, node, offset);
  // A click on a character's right half puts the caret behind it; the character is meant all the same.
  const inside = document.createRange();
  if (node.nodeType === Node.TEXT_NODE && offset > 0) {
    inside.setStart(node, offset - 1);
    inside.setEnd(node, offset);
    const box = inside.getBoundingClientRect();
    if (x >= box.left && x < box.right && y >= box.top && y <= box.bottom) at -= 1;
  }
  return { block, at: Math.min(at, Math.max(0, lengthOf(block.text) - 1)) };
}

function offsetIn(made, node, offset) {
  const range = document.createRange();
  range.setStart(made, 0);
  range.setEnd(node, offset);
  return pointsBefore(range.toString(), range.toString().length);
}

export function selectionIn() {
  const chosen = getSelection();
  const made = chosen.anchorNode?.parentElement?.closest?.(".block");
  if (!made || chosen.isCollapsed || !made.contains(chosen.focusNode)) return null;
  const range = chosen.getRangeAt(0);
  const start = offsetIn(made, range.startContainer, range.startOffset);
  return { block: made.dataset.block, text: chosen.toString(), start, end: start + lengthOf(chosen.toString()) };
}

// Show `start` to `end` of a block as the place that is looked at, and bring it into view.
export function showPlace(block, start, end, how = "center") {
  for (const old of pane.querySelectorAll(".here")) old.classList.remove("here");
  for (const old of pane.querySelectorAll(".place")) old.replaceWith(...old.childNodes);
  const made = elementOf(block.id);
  if (!made) return;
  made.normalize();
  made.classList.add("here");
  const doubt = [...made.querySelectorAll("mark")].find((one) => Number(one.dataset.start) === start);
  if (doubt) doubt.classList.add("here");
  else if (start < end) wrap(made, block.text, start, end);
  (made.querySelector(".here, .place") ?? made).scrollIntoView({ block: how, behavior: "instant" });
}

function wrap(made, text, start, end) {
  const walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
  const from = unitsOf(text, start), to = unitsOf(text, end);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (passed <= from && to <= passed + length) {
      const range = document.createRange();
      range.setStart(node, from - passed);
      range.setEnd(node, to - passed);
      const place = document.createElement("span");
      place.className = "place";
      range.surroundContents(place);
      return;
    }
    passed += length;
  }
}

export function scrollToPage(number) {
  leaves.get(number)?.scrollIntoView({ block: "start", behavior: "instant" });
}

// The block nearest to the middle of the pane that knows its place on the page.
export function middleBlock() {
  const middle = pane.getBoundingClientRect().top + pane.clientHeight / 2;
  let best = null, distance = Infinity;
  for (const leaf of leaves.values()) {
    const box = leaf.getBoundingClientRect();
    if (box.bottom < middle - pane.clientHeight || box.top > middle + pane.clientHeight) continue;
    for (const made of leaf.querySelectorAll(".block")) {
      const place = made.getBoundingClientRect();
      const block = store.blocks.get(made.dataset.block);
      const away = Math.max(place.top - middle, middle - place.bottom, 0);
      if (block?.box && away < distance) [best, distance] = [{ block, share: (middle - place.top) / (place.height || 1) }, away];
    }
  }
  return best;
}

// Bring the block that stands at a height of a page to the middle.
export function scrollText(number, y) {
  const page = store.pages.get(number);
  const leaf = leaves.get(number);
  if (!leaf) return;
  const near = (page?.blocks ?? []).filter((block) => block.box && block.box[1] <= y && y <= block.box[3]);
  const made = near.length ? elementOf(near[0].id) : null;
  const target = made ?? leaf;
  const height = store.document.pages.find((one) => one.number === number).height;
  const share = made ? (y - near[0].box[1]) / (near[0].box[3] - near[0].box[1] || 1) : y / height;
  const top = target.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  pane.scrollTop = top + share * target.offsetHeight - pane.clientHeight / 2;
}
