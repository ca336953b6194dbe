// The review of one document: what a person does, in order, and what is shown of it.

import { ask, post, Refused } from "./api.js";
import { nextAside, restore, showOutlines, startAside } from "./aside.js";
import { current, placeOnLine, showCard } from "./card.js";
import { lengthOf, slice } from "./characters.js";
import { dropDraft, keepDraft, lastDraft } from "./drafts.js";
import { editBlock } from "./editor.js";
import { offerElsewhere, openSearch, startElsewhere } from "./elsewhere.js";
import { startFinish } from "./finish.js";
import { lineAt, outline } from "./geometry.js";
import { showMap, startKeys } from "./keys.js";
import { mark, middleOfPictures, scrollPicture, showPictures } from "./pictures.js";
import { startPanes } from "./panes.js";
import { changeZoom, startContrast, startLanguage, startTheme, startZoom } from "./settings.js";
import { loadDocument, loadPage, store } from "./store.js";
import { showBlock } from "./structure.js";
import { holdSync, startSync } from "./sync.js";
import { openTerm, startTerms } from "./terms.js";
import { startTour } from "./tour.js";
import { placeAt, redrawAll, redrawPages, scrollToPage, selectionIn, showLeaf, showPlace, showTexts } from "./texts.js";
import { currentLanguage, word } from "./words.js";

const byId = (id) => document.getElementById(id);
const POLL_MS = 2000;
let chosen = null;
let state = null;
let busy = Promise.resolve();
let showEnd = () => {};

async function start() {
  startPanes();
  startTheme();
  startContrast();
  startZoom(keepPlace);
  startLanguage(() => {
    showState(state);
    redrawAll();
    showCard(current(), take);
    choose(chosen && store.blocks.get(chosen.id));
  });
  const told = await loadDocument();
  document.title = `${told.title || told.name} · recover review`;
  byId("title").textContent = told.title || told.name;
  byId("pages").textContent = `/ ${told.pages.length}`;
  byId("page").max = told.pages.length;
  showState(told);
  showPictures(told.pages, clickedPicture);
  showTexts(told.pages);
  startSync((page) => (byId("page").value = page + 1));
  startTerms(addTerm);
  showEnd = startFinish({ act, visit, tell, chosen: () => selectionIn() ?? placeOfCard() });
  startAside({ tell, current: () => chosen, restore: (place) => act("restore", place) });
  showEnd(told);
  startElsewhere({ visit, replace: (places, now) => act("everywhere", { places, now }) });
  listen();
  await showLeaf(told.pages[0]?.number ?? 0);
  byId("texts").focus();
  if (!(await takeUpDraft())) await next();
  startTour();
  document.body.dataset.ready = "1";
  setInterval(() => document.visibilityState === "visible" && notice(), POLL_MS);
}

// What the server says of the whole document.

function showState(told) {
  state = told;
  document.body.dataset.left = told.left;
  byId("progress").textContent = told.left ? word("progress", told) : `${word("none")} · ${word("progress", told)}`;
  showEnd(told);
  byId("undo").disabled = !told.undo;
  byId("redo").disabled = !told.redo;
  byId("conflicts").hidden = !told.conflicts.length;
  byId("conflicts").querySelector("ul").replaceChildren(
    ...told.conflicts.map((one) => {
      const item = document.createElement("li");
      item.textContent = `${word("page")} ${one.page + 1}: ${one.was} → ${one.now} (${one.why[currentLanguage()]})`;
      return item;
    }),
  );
}

function tell(message) {
  byId("notice").hidden = !message;
  byId("notice").textContent = message;
}

// Another window, or a new recovery, changed the document: every answer's version tells.
async function notice() {
  try {
    const told = await ask("version");
    if (told.version === state.version) return;
    const settled = await busy.then(() => ask("state"));
    if (settled.version === state.version) return;
    await takeIn(settled, settled.version);
  } catch (error) {
    tell(error instanceof Refused ? error.message : word("offline"));
  }
}

// An answer that builds on another version than the one shown here means that everything may have changed.
async function takeIn(told, before, pages = []) {
  const missed = before !== state.version;
  showState(told);
  await redrawPages(missed ? [...store.pages.keys()] : pages);
  if (missed) tell(word("elsewhere"));
}

// Deeds: one at a time, in the order in which they were done.

function act(path, body) {
  const done = busy.then(() => send(path, body));
  busy = done.catch(() => {});
  return done;
}

async function send(path, body) {
  try {
    const begun = performance.now();
    const told = await post(path, body);
    document.body.dataset.saved = (performance.now() - begun).toFixed(1);
    tell("");
    await takeIn(told, told.before, told.pages);
    if (["undo", "redo"].includes(path) && told.place) await visit(told.place);
    if (["act", "undo", "redo", "restore"].includes(path)) {
      store.document = { ...store.document, ...(await ask("document")) };
      showOutlines();
    }
    if (chosen) choose(store.blocks.get(chosen.id) ?? null);
    return true;
  } catch (error) {
    tell(error instanceof Refused ? error.message : word("offline"));
    return false;
  }
}

const write = (block, text) => act("write", { block: block.id, was: block.text, now: text });

// Whatever the server says is shown: a question that fails is never taken for an answer.
async function next(back = false, after = current()) {
  try {
    await nextNow(back, after);
  } catch (error) {
    tell(error instanceof Refused ? error.message : word("offline"));
  }
}

async function nextNow(back, after) {
  const begun = performance.now();
  const told = await busy.then(() => ask("next", { line: after?.line, at: after?.at, score: after?.doubt?.score, back: back ? 1 : null }));
  tell("");
  await takeIn({ ...state, ...told, doubt: undefined }, told.version);
  if (told.doubt) await show({ ...told, line: told.doubt.line, at: told.doubt.at });
  else showCard(null, take);
  document.body.dataset.place = told.doubt ? `${told.doubt.line}:${told.doubt.at}` : "";
  document.body.dataset.next = (performance.now() - begun).toFixed(1);
}

async function show(place, how = "center") {
  holdSync();
  await Promise.all([loadPage(place.page), loadPage(place.print)]);
  await showLeaf(place.page);
  const block = store.blocks.get(place.block);
  if (!block) return;
  choose(block);
  showPlace(block, place.start, place.end, how);
  showOnPicture(block, place);
  byId("page").value = place.page + 1;
  showCard(place, take);
}

function showOnPicture(block, place) {
  const where = placeOnLine(place);
  const line = where && store.lines.get(where.line);
  const shapes = block.box && line?.page === block.page ? [{ points: corners(block.box), kind: "block" }] : [];
  if (line) {
    const points = outline(line, where.at, where.at + place.end - place.start);
    shapes.push({ points });
    mark(line.page, shapes);
    scrollPicture(line.page, points[0][1], points[0][0]);
  } else if (block.box) {
    mark(block.page, [{ points: corners(block.box), kind: "block" }]);
    scrollPicture(block.page, block.box[1], block.box[0]);
  }
}

const corners = ([x0, y0, x1, y1]) => [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];

function choose(block) {
  chosen = block ?? null;
  showBlock(chosen, (owner, field, now) => act("act", { kind: "field", block: owner.id, field, now }));
  if (chosen?.fields) showFormatted(chosen.id);
}

async function showFormatted(id) {
  const told = await ask("line", { block: id }).catch((error) => ({ line: error.message }));
  if (chosen?.id === id) byId("formatted").textContent = told.line;
}

// A key pressed twice is one decision: the second would fall on a place that is settled already.
let isDeciding = false;

async function decide(deed) {
  if (isDeciding) return false;
  isDeciding = true;
  try {
    return await deed();
  } finally {
    isDeciding = false;
  }
}

const take = (offer) => decide(() => takeNow(offer));

async function takeNow(offer) {
  const place = current();
  const block = place && store.blocks.get(place.block);
  if (!block) return false;
  const text = slice(block.text, 0, offer.start) + offer.now + slice(block.text, offer.end, lengthOf(block.text));
  if (!(await write(block, text))) return false;
  await offerElsewhere(block.id, offer.start, slice(block.text, offer.start, offer.end), offer.now).catch((error) => tell(error.message));
  await next(false, place);
  return true;
}

async function correct() {
  const place = current();
  if (!place) return;
  // At once, so that the next key is a decision again and no typing.
  byId("texts").focus();
  if (byId("now").value === place.was) return right();
  if (await take({ start: place.start, end: place.end, now: byId("now").value })) dropDraft();
}

const right = () => decide(rightNow);

async function rightNow() {
  const place = current();
  const where = place && placeOnLine(place);
  if (!where) return;
  const end = where.at + lengthOf(place.was);
  if (await act("check", { line: where.line, at: where.at, end, was: place.was })) await next(false, place);
}

function placeOfCard() {
  const place = current();
  return place && place.start < place.end ? { block: place.block, start: place.start, end: place.end } : null;
}

// Looking at a place.

async function clickedPicture(line, at, how = "center") {
  try {
    await show({ ...(await ask("place", { line, at })), line, at }, how);
  } catch (error) {
    tell(error.message);
  }
}

// Show a place that a list or the server named; it may be the gap where something was taken out.
async function visit(place) {
  try {
    const told = await ask("where", { block: place.block });
    await show({ ...told, start: place.start, end: place.end, was: slice(store.blocks.get(place.block)?.text ?? "", place.start, place.end), line: place.line, at: place.at });
  } catch (error) {
    tell(error.message);
  }
}

function keepPlace(change) {
  const middle = middleOfPictures();
  change();
  if (middle) scrollPicture(middle.number, middle.y, middle.x);
}

async function addTerm(term) {
  const added = await act("terms", term);
  if (added) tell(word("termAdded", { term: [term.zh, term.en].filter(Boolean).join(" = ") }));
  return added;
}

async function setMarks(kind) {
  const chosenText = selectionIn();
  if (!chosenText) return tell(word("chooseFirst"));
  await act("marks", { block: chosenText.block, start: chosenText.start, end: chosenText.end, kind });
}

async function clickedText(event) {
  if (event.target.closest("textarea") || !getSelection().isCollapsed) return;
  const found = placeAt(event.clientX, event.clientY);
  if (!found) return;
  // At once, so that the next key is about this place and not about the one before.
  choose(found.block);
  showCard(bare(found), take);
  const where = lineAt(found.block, found.at);
  // What is under the pointer must not run away from it.
  if (where) return clickedPicture(where.line, where.at, "nearest");
  showPlace(found.block, found.at, Math.min(found.at + 1, lengthOf(found.block.text)), "nearest");
  mark(found.block.page, found.block.box ? [{ points: corners(found.block.box), kind: "block" }] : []);
}

// A place as far as this window knows it by itself.
function bare({ block, at }) {
  const was = slice(block.text, at, at + 1);
  return { block: block.id, page: block.page, start: at, end: at + 1, was, before: "", after: "", confidence: null, offers: [], doubt: null };
}

async function takeUpDraft() {
  const draft = lastDraft();
  if (!draft) return false;
  const told = await ask("where", { block: draft.block }).catch(() => null);
  if (!told) return false;
  await show(told);
  const block = store.blocks.get(draft.block);
  if (!block || block.text !== draft.was) return false;
  if (draft.card) {
    await show({ ...told, ...(await ask("place", draft.card)), ...draft.card });
    byId("now").value = draft.now;
    byId("now").focus();
  } else {
    editBlock(block, write, draft.now);
  }
  return true;
}

// Structure.

const actOn = (kind, more = {}) => chosen && act("act", { kind, block: chosen.id, ...more });

async function move(way) {
  if (!(await actOn("move", { now: way })) || !chosen) return;
  showPlace(chosen, 0, 0, "nearest");
}

function split() {
  const place = current();
  if (place?.block === chosen?.id) return actOn("split", { at: place.start });
}

function term() {
  openTerm(selectionIn()?.text ?? current()?.was ?? "");
}

function listen() {
  const clicks = {
    undo: () => act("undo"), redo: () => act("redo"), right, next: () => next(), help: showMap, up: () => move("up"),
    down: () => move("down"), edit: () => chosen && editBlock(chosen, write), split, merge: () => actOn("merge", { now: "next" }), "add-term": term,
    find: () => openSearch(selectionIn()?.text ?? ""), "set-sup": () => setMarks("sup"), "set-sub": () => setMarks("sub"),
    "set-italic": () => setMarks("italic"), "set-bold": () => setMarks("bold"),
  };
  for (const [id, deed] of Object.entries(clicks)) byId(id).addEventListener("click", deed);
  byId("correct").addEventListener("submit", (event) => {
    event.preventDefault();
    correct();
  });
  byId("now").addEventListener("input", () => {
    const place = current();
    const where = place && placeOnLine(place);
    const block = place && store.blocks.get(place.block);
    if (where && block) keepDraft({ block: block.id, was: block.text, now: byId("now").value, card: where });
  });
  byId("role").addEventListener("change", () => actOn("role", { now: byId("role").value }));
  byId("table-tools").addEventListener("click", (event) => event.target.dataset.change && actOn("table", { now: event.target.dataset.change }));
  byId("fields").addEventListener("submit", (event) => event.preventDefault());
  byId("page").addEventListener("change", () => {
    holdSync();
    const number = store.document.pages[byId("page").value - 1]?.number;
    scrollToPage(number);
    scrollPicture(number, 0);
  });
  byId("texts").addEventListener("click", clickedText);
  byId("texts").addEventListener("dblclick", (event) => {
    const found = placeAt(event.clientX, event.clientY);
    if (found) editBlock(store.blocks.get(found.block.id), write);
  });
  const pick = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [String(n), () => current()?.offers[n - 1] && take(current().offers[n - 1])]));
  startKeys({
    ...pick,
    Tab: () => next(), "Shift+Tab": () => next(true), Enter: right, c: () => byId("now").select(), e: clicks.edit,
    "Ctrl+z": clicks.undo, "Ctrl+Z": clicks.redo, "Ctrl+y": clicks.redo, "Ctrl+f": clicks.find, "Ctrl+h": clicks.find, "Alt+ArrowUp": clicks.up, "Alt+ArrowDown": clicks.down,
    heading: (level) => actOn("role", { now: `heading:${level}` }), p: () => actOn("role", { now: "paragraph" }),
    f: () => actOn("role", { now: "furniture" }), o: nextAside, v: restore, m: clicks.merge, s: split, t: term, "+": () => changeZoom(1), "=": () => changeZoom(1),
    "-": () => changeZoom(-1), "?": showMap,
  });
}

start().catch((error) => tell(error.message));
