// One key a decision, and the map of the keys on `?`.

import { word } from "./words.js";

const MAP = [
  ["Tab", "k_next"], ["Shift+Tab", "k_previous"], ["Enter", "k_right"], ["1 … 6", "k_pick"], ["C", "k_type"], ["E", "k_edit"],
  ["Ctrl+Z", "k_undo"], ["Ctrl+Shift+Z", "k_redo"], ["Alt+↑ ↓", "k_move"], ["H 1 … 6", "k_heading"], ["P", "k_paragraph"],
  ["F", "k_furniture"], ["M", "k_merge"], ["S", "k_split"], ["T", "k_term"], ["Ctrl+F", "k_find"], ["O", "k_open"], ["V", "k_restore"], ["Shift+drag", "k_draw"], ["+ −", "k_zoom"], ["Esc", "k_escape"],
  ["F6", "k_pane"], ["?", "k_help"],
];
const PANES = ["texts", "pictures", "card"];

export function showMap() {
  const body = document.querySelector("#keymap tbody");
  body.replaceChildren(
    ...MAP.map(([keys, name]) => {
      const row = document.createElement("tr"), key = document.createElement("kbd");
      key.textContent = keys;
      row.insertCell().append(key);
      row.insertCell().textContent = word(name);
      return row;
    }),
  );
  document.getElementById("keymap").showModal();
}

let headingAwaited = false;

export function startKeys(deeds) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey && event.key.length > 1 ? "Shift+" : ""}${event.key}`;
    if (name === "F6") return turnPane(event);
    const typing = event.target.closest("input, textarea, select");
    if (name === "Escape") return document.getElementById("texts").focus();
    if (typing) return;
    // Tab leaves buttons as everywhere; only in the reading panes it goes to the next doubt.
    const reading = event.target === document.body || event.target.closest(".pane");
    if (!reading && (name.includes("Tab") || name === "Enter")) return;
    const deed = awaited(name) ?? deeds[name] ?? deeds[name.toLowerCase()];
    if (!deed) return;
    event.preventDefault();
    deed();
  });

  function awaited(name) {
    if (headingAwaited && /^[1-6]$/.test(name)) {
      headingAwaited = false;
      return () => deeds.heading(Number(name));
    }
    headingAwaited = name === "h" || name === "H";
    return headingAwaited ? () => {} : null;
  }
}

function turnPane(event) {
  event.preventDefault();
  const at = PANES.findIndex((id) => document.getElementById(id).contains(document.activeElement));
  const next = document.getElementById(PANES[(at + 1) % PANES.length]);
  (next.id === "card" ? document.getElementById("now") : next).focus();
}
