// A list of places, each with its picture: what a search found, or where a correction is right as well.

import { ask } from "./api.js";
import { drawCrop } from "./pictures.js";
import { loadPage, store } from "./store.js";
import { word } from "./words.js";

const dialog = document.getElementById("elsewhere");
const list = document.getElementById("elsewhere-list");
const byId = (name) => document.getElementById(`elsewhere-${name}`);
let later = 0;
let deeds = null;
let isFound = false;

// `visit` shows a place in the document, `replace` changes places (block, start, was) to a text in one step.
export function startElsewhere(given) {
  deeds = given;
  for (const name of ["text", "cased"]) {
    byId(name).addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(search, 200);
    });
  }
  byId("now").addEventListener("input", showCount);
  byId("all").addEventListener("change", () => {
    for (const box of boxes()) box.checked = byId("all").checked;
    showCount();
  });
  list.addEventListener("change", showCount);
  byId("close").addEventListener("click", () => dialog.close());
  byId("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await replaceChosen();
  });
}

// Search the whole document, pages that are not loaded too.
export async function openSearch(text) {
  isFound = true;
  show("findTitle");
  if (text) byId("text").value = text;
  byId("text").select();
  await search();
}

// Offer the places where a correction is right as well; nothing is shown where there are none.
export async function offerElsewhere(block, start, was, now) {
  const told = await ask("alike", { block, start, was, now });
  if (!told.places.length) return false;
  isFound = false;
  byId("now").value = now;
  byId("about").textContent = word("alikeAbout", { was: was || word("empty"), now: now || word("empty"), count: told.places.length });
  fill(told.places);
  show("alikeTitle");
  byId("save").focus();
  return new Promise((done) => dialog.addEventListener("close", () => done(true), { once: true }));
}

function show(title) {
  byId("title").textContent = word(title);
  byId("search").hidden = !isFound;
  byId("about").hidden = isFound;
  showCount();
  if (!dialog.open) dialog.showModal();
}

async function search() {
  const told = await ask("find", { text: byId("text").value, cased: byId("cased").checked ? 1 : null });
  fill(told.places);
  byId("count").textContent = word(told.is_more ? "foundMore" : "found", { count: told.places.length });
}

function fill(places) {
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
  });
  list.replaceChildren(...places.map((place) => item(place, near)));
  byId("all").checked = true;
  showCount();
}

function item(place, near) {
  const made = document.createElement("li");
  const box = document.createElement("input"), go = document.createElement("button"), crop = document.createElement("canvas");
  const around = document.createElement("span"), bold = document.createElement("b"), page = document.createElement("small");
  box.type = "checkbox";
  box.checked = true;
  box.place = place;
  page.textContent = `${word("page")} ${place.page + 1}`;
  bold.textContent = place.was;
  around.append(place.before, bold, place.after);
  box.setAttribute("aria-label", `${page.textContent}: ${around.textContent}`);
  crop.width = 360;
  crop.height = 72;
  crop.setAttribute("aria-hidden", "true");
  crop.place = place;
  go.type = "button";
  go.append(page, around);
  go.addEventListener("click", () => {
    dialog.close();
    deeds.visit(place);
  });
  made.append(box, go, crop);
  if (place.line) near.observe(crop);
  return made;
}

async function draw(canvas) {
  const { place } = canvas;
  if (canvas.drawn) return;
  canvas.drawn = true;
  await loadPage(place.page);
  const line = store.lines.get(place.line);
  if (line && line.page !== place.page) await loadPage(line.page);
  await drawCrop(canvas, place.line, place.at, place.at + Math.max(1, place.end - place.start));
}

const boxes = () => [...list.querySelectorAll("input[type=checkbox]")];
const chosen = () => boxes().filter((box) => box.checked).map((box) => box.place);

function showCount() {
  const count = chosen().length;
  byId("save").textContent = word("replaceCount", { count });
  byId("save").disabled = !count || (isFound && !byId("text").value);
  byId("all").parentElement.hidden = boxes().length < 2;
}

async function replaceChosen() {
  const places = chosen().map(({ block, start, was }) => ({ block, start, was }));
  if (places.length && (await deeds.replace(places, byId("now").value))) dialog.close();
}
