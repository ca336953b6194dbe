// What stands in no text: outlined on its page, looked at one after the other, and brought back with one key.

import { clickedOutline, drawOutlines, mark, scrollPicture } from "./pictures.js";
import { store } from "./store.js";
import { word } from "./words.js";

const byId = (id) => document.getElementById(id);
let shown = null;
let deeds = null;

// `restore` brings a place or a running head back; `current` is the block that is looked at.
export function startAside(given) {
  deeds = given;
  byId("restore").addEventListener("click", restore);
  clickedOutline(show);
  showOutlines();
}

// Anew after every change: what was brought back is outlined no more.
export function showOutlines() {
  drawOutlines(store.document.open);
  if (shown && !store.document.open.some((one) => one.page === shown.page && one.number === shown.number)) hide();
}

function show(place) {
  shown = place;
  byId("aside").hidden = false;
  byId("aside-about").textContent = `${word(`class:${place.what}`)}: ${place.why}`;
  byId("aside-text").value = place.text;
  const { x0, y0, x1, y1 } = place.box;
  mark(place.page, [{ points: [[x0, y0], [x1, y0], [x1, y1], [x0, y1]] }]);
  scrollPicture(place.page, y0, x0);
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
    await deeds.restore({ page: shown.page, number: shown.number, text: byId("aside-text").value });
  } else if (block?.kind === "furniture") await deeds.restore({ block: block.id });
}
