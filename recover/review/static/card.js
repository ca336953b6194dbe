// The decision at hand: the crop, what was read there, and what else it may be.

import { drawCrop } from "./pictures.js";
import { store } from "./store.js";
import { word } from "./words.js";

const offers = document.getElementById("offers");
const now = document.getElementById("now");
let shown = null;

export function current() {
  return shown;
}

export function showCard(place, take) {
  shown = place;
  const around = document.getElementById("around");
  offers.replaceChildren();
  now.value = place?.was ?? "";
  for (const id of ["right", "now"]) document.getElementById(id).disabled = !place;
  if (!place) {
    around.textContent = "";
    document.getElementById("score").textContent = word("none");
    return;
  }
  const bold = document.createElement("b");
  bold.textContent = place.was;
  around.replaceChildren(place.before, bold, place.after);
  showScore(place);
  offers.replaceChildren(...place.offers.map((offer, index) => item(offer, index, take)));
  const line = placeOnLine(place);
  if (line) drawCrop(document.getElementById("crop"), line.line, line.at, line.at + place.end - place.start);
}

// A place without a doubt (a clicked character) is found over its block's spans.
export function placeOnLine(place) {
  if (place.line) return { line: place.line, at: place.at };
  const block = store.blocks.get(place.block);
  const span = block?.spans.find(([start, end]) => start <= place.start && place.start < end);
  return span ? { line: span[2], at: span[3] + place.start - span[0] } : null;
}

function showScore(place) {
  const percent = (value) => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
  const confidence = place.confidence === null ? word("unmeasured") : percent(place.confidence);
  const score = percent(place.doubt?.score ?? 0);
  document.getElementById("score").textContent = word("confidence", { score, confidence });
}

function item(offer, index, take) {
  const made = document.createElement("li");
  if (offer.why !== "reader") made.className = "term";
  const button = document.createElement("button");
  button.type = "button";
  const key = document.createElement("kbd"), text = document.createElement("b"), why = document.createElement("small");
  key.textContent = String(index + 1);
  text.textContent = offer.now.trim() || word(offer.now ? "space" : "empty");
  const percent = `${Math.round(100 * offer.score)} %`;
  why.textContent = offer.why === "reader" ? `${word("reader")} ${percent}` : `${offer.why} ${percent}`;
  button.append(key, text, why);
  button.addEventListener("click", () => take(offer));
  made.append(button);
  return made;
}
