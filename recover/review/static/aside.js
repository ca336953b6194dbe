// What stands in no text: outlined on its page, looked at one after the other, and brought back with one key.

import { ask } from "./api.js";
import { clickedOutline, drawnRegion, drawOutlines, mark, scrollPicture } from "./pictures.js";
import { store } from "./store.js";
import { currentLanguage, word } from "./words.js";

const byId = (id) => document.getElementById(id);
let shown = null;
let deeds = null;

// `restore` brings a place or a running head back; `current` is the block that is looked at.
export function startAside(given) {
  deeds = given;
  byId("restore").addEventListener("click", restore);
  clickedOutline(show);
  drawnRegion(readDrawn);
  showOutlines();
}

// Anew after every change: what was brought back is outlined no more.
export function showOutlines() {
  drawOutlines(store.document.open);
  if (shown && !shown.drawn && !store.document.open.some((one) => one.page === shown.page && one.number === shown.number)) hide();
}

function show(place) {
  shown = place;
  byId("aside").hidden = false;
  byId("aside-about").textContent = place.drawn ? "" : `${word(`class:${place.what}`)}: ${place.why[currentLanguage()]}`;
  byId("aside-text").value = place.text;
  byId("aside-apart").checked = false;
  byId("aside-apart").parentElement.hidden = true;
  const [x0, y0, x1, y1] = place.box;
  mark(place.page, [{ points: [[x0, y0], [x1, y0], [x1, y1], [x0, y1]] }]);
  scrollPicture(place.page, y0, x0);
}

// A region drawn with Shift held is read anew; drawn again, it is another one.
async function readDrawn(page, box) {
  show({ page, box, text: "", drawn: true });
  byId("aside-about").textContent = word("readingRegion");
  const drawn = shown;
  try {
    const { text, lines, replaces } = await ask(`read/${page}`, { x0: box[0], y0: box[1], x1: box[2], y1: box[3] });
    if (shown !== drawn) return;
    shown.lines = lines;
    byId("aside-text").value = text;
    byId("aside-about").textContent = replaces ? word("regionReplaces", { text: shortened(replaces) }) : word(text ? "regionRead" : "regionEmpty");
    byId("aside-apart").parentElement.hidden = !replaces;
  } catch (error) {
    byId("aside-about").textContent = error.message;
  }
}

// The beginning and the end of a long text.
function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 40)} … ${text.slice(-15)}` : text;
}

function hide() {
  shown = null;
  byId("aside").hidden = true;
}

export function nextAside() {
  const all = store.document.open;
  if (!all.length) return deeds.tell(word("noneOpen"));
  const at = shown ? all.findIndex((one) => one.page === shown.page && one.number === shown.number) : -1;
  show(all[(at + 1) % all.length]);
}

export async function restore() {
  const block = deeds.current();
  if (shown) {
    if (!byId("aside-text").value.trim()) return byId("aside-text").focus();
    const { page, number, box, drawn, lines } = shown, text = byId("aside-text").value;
    const region = { page, box, text, lines: lines ?? [], apart: byId("aside-apart").checked };
    if (await deeds.restore(drawn ? region : { page, number, text })) hide();
  } else if (block?.kind === "furniture") await deeds.restore({ block: block.id });
}
