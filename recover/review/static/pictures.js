// The page pictures: one sheet a page, what is marked on it, and which character a click means.

import { pictureOf } from "./api.js";
import { hit, outline } from "./geometry.js";
import { loadPage, store } from "./store.js";

const SVG = "http://www.w3.org/2000/svg";
const pane = document.getElementById("pictures");
const sheets = new Map();

export function showPictures(pages, clicked) {
  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) fill(entry.target);
    },
    { root: pane, rootMargin: "800px" },
  );
  for (const page of pages) {
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.style.aspectRatio = `${page.width} / ${page.height}`;
    sheet.dataset.page = page.number;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    sheet.append(svg);
    sheet.addEventListener("click", (event) => event.shiftKey || pick(event, page, sheet, clicked));
    startDrawing(sheet, page);
    pane.append(sheet);
    sheets.set(page.number, sheet);
    near.observe(sheet);
  }
}

let drawn = () => {};
// The corners of the block that is looked at, and how near a pointer takes hold of one.
let chosen = { page: -1, corners: [] };
const CORNER_PX = 12;

export function drawnRegion(deed) {
  drawn = deed;
}

// With Shift held, dragging draws a region; from a corner of the chosen block, it draws that block larger or smaller.
function startDrawing(sheet, page) {
  let from = null;
  const point = (event) => {
    const box = sheet.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * page.width, ((event.clientY - box.top) / box.height) * page.height];
  };
  const opposite = (event) => {
    const [x, y] = point(event), near = (CORNER_PX * page.width) / sheet.getBoundingClientRect().width;
    const at = chosen.page === page.number ? chosen.corners.findIndex(([a, b]) => Math.hypot(a - x, b - y) < near) : -1;
    return at < 0 ? null : chosen.corners[(at + 2) % 4];
  };
  const region = (event) => {
    const [x, y] = point(event);
    return [Math.min(x, from[0]), Math.min(y, from[1]), Math.max(x, from[0]), Math.max(y, from[1])];
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (!event.shiftKey) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    from = opposite(event) ?? point(event);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x0, y0, x1, y1] = region(event);
    mark(page.number, [{ points: [[x0, y0], [x1, y0], [x1, y1], [x0, y1]] }]);
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!from) return;
    const box = region(event);
    from = null;
    if (box[2] - box[0] > 3 && box[3] - box[1] > 3) drawn(page.number, box);
  });
}

function fill(sheet) {
  if (sheet.querySelector("img")) return;
  const image = document.createElement("img");
  image.alt = "";
  image.src = pictureOf(sheet.dataset.page);
  sheet.prepend(image);
}

async function pick(event, page, sheet, found) {
  const box = sheet.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * page.width;
  const y = ((event.clientY - box.top) / box.height) * page.height;
  const outlined = outlines.find(({ page: on, box }) => on === page.number && box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3]);
  if (outlined) return clicked(outlined);
  await loadPage(page.number);
  for (const [id, line] of store.lines) {
    const at = line.page === page.number ? hit(line, x, y) : null;
    if (at !== null) return found(id, at);
  }
}

let outlines = [];
let clicked = () => {};

export function clickedOutline(deed) {
  clicked = deed;
}

// Places that stand in no text, in points.
export function drawOutlines(places) {
  outlines = places;
  for (const rect of pane.querySelectorAll("rect")) rect.remove();
  for (const place of places) {
    const rect = document.createElementNS(SVG, "rect"), [x0, y0, x1, y1] = place.box;
    for (const [name, value] of Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })) rect.setAttribute(name, value);
    rect.setAttribute("class", place.what);
    sheets.get(place.page)?.querySelector("svg").append(rect);
  }
}

export function mark(page, shapes) {
  for (const old of pane.querySelectorAll("polygon, circle")) old.remove();
  const svg = sheets.get(page)?.querySelector("svg");
  for (const { points, kind } of svg ? shapes : []) {
    const polygon = document.createElementNS(SVG, "polygon");
    polygon.setAttribute("points", points.map(([x, y]) => `${x},${y}`).join(" "));
    if (kind) polygon.setAttribute("class", kind);
    svg.append(polygon);
  }
  chosen = { page, corners: shapes.find(({ kind }) => kind === "block")?.points ?? [] };
  for (const [x, y] of svg ? chosen.corners : []) {
    const handle = document.createElementNS(SVG, "circle");
    for (const [name, value] of Object.entries({ cx: x, cy: y, r: 3 })) handle.setAttribute(name, value);
    svg.append(handle);
  }
}

// Bring a height of a page (in points) to the middle of the pane, sideways too when `x` is given.
export function scrollPicture(number, y, x = null) {
  const sheet = sheets.get(number);
  if (!sheet) return;
  const page = store.document.pages.find((one) => one.number === number);
  pane.scrollTop = sheet.offsetTop + (y / page.height) * sheet.offsetHeight - pane.clientHeight / 2;
  if (x !== null) pane.scrollLeft = sheet.offsetLeft + (x / page.width) * sheet.offsetWidth - pane.clientWidth / 2;
}

// The page and the place on it, in points, in the middle of the pane.
export function middleOfPictures() {
  const middle = pane.scrollTop + pane.clientHeight / 2;
  for (const [number, sheet] of sheets) {
    if (sheet.offsetTop + sheet.offsetHeight >= middle) {
      const page = store.document.pages.find((one) => one.number === number);
      const across = pane.scrollLeft + pane.clientWidth / 2 - sheet.offsetLeft;
      return { number, y: ((middle - sheet.offsetTop) / sheet.offsetHeight) * page.height, x: (across / sheet.offsetWidth) * page.width };
    }
  }
  return null;
}

const CROP_LINES = 3.2;

// Draw the neighbourhood of some characters on the canvas, as large as it goes.
export async function drawCrop(canvas, lineId, start, end) {
  const line = store.lines.get(lineId);
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (!line) return;
  const image = await picture(line.page);
  const page = store.document.pages.find((one) => one.number === line.page);
  if (!image || !page) return;
  const shape = outline(line, start, end);
  const xs = shape.map(([x]) => x), ys = shape.map(([, y]) => y);
  const height = Math.max(6, Math.max(...ys) - Math.min(...ys));
  const tall = height * CROP_LINES, wide = (tall * canvas.width) / canvas.height;
  const left = (Math.min(...xs) + Math.max(...xs)) / 2 - wide / 2, top = (Math.min(...ys) + Math.max(...ys)) / 2 - tall / 2;
  const px = image.naturalWidth / page.width, py = image.naturalHeight / page.height, scale = canvas.width / wide;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.filter = getComputedStyle(document.documentElement).getPropertyValue("--crop-filter") || "none";
  context.drawImage(image, left * px, top * py, wide * px, tall * py, 0, 0, canvas.width, canvas.height);
  context.filter = "none";
  context.strokeStyle = "#c47600";
  context.lineWidth = 3;
  context.beginPath();
  for (const [x, y] of shape) context.lineTo((x - left) * scale, (y - top) * scale);
  context.closePath();
  context.stroke();
}

function picture(number) {
  const sheet = sheets.get(number);
  if (!sheet) return null;
  fill(sheet);
  const image = sheet.querySelector("img");
  return image.decode().then(() => image, () => null);
}
