// What a block is, and where it stands: the panel under the decision.

import { store } from "./store.js";
import { word } from "./words.js";

const FRONT = ["title-zh", "title-en", "authors-zh", "authors-en", "affiliation-zh", "affiliation-en", "abstract-zh",
  "abstract-en", "keywords-zh", "keywords-en", "funding", "other"];
const panel = document.getElementById("block");
const role = document.getElementById("role");
const rows = document.getElementById("field-rows");

export function showBlock(block, set) {
  panel.hidden = !block;
  if (!block) return;
  role.replaceChildren(...choices(block));
  role.value = roleOf(block);
  role.disabled = role.options.length < 2;
  const can = { split: ["paragraph", "reference", "front"], merge: ["paragraph", "reference", "front"] };
  for (const [id, kinds] of Object.entries(can)) document.getElementById(id).disabled = !kinds.includes(block.kind);
  document.getElementById("table-tools").hidden = block.kind !== "cell";
  showFields(block, set);
}

function roleOf(block) {
  if (block.kind === "heading") return `heading:${block.level}`;
  return block.kind === "front" ? `front:${block.role}` : block.kind;
}

function choices(block) {
  if (block.kind === "reference") return [option("reference", word("reference", { number: block.number }))];
  if (["figure", "table", "cell"].includes(block.kind)) return [option(block.kind, word(block.kind))];
  const levels = [1, 2, 3, 4, 5, 6].map((level) => option(`heading:${level}`, word("heading", { level })));
  const roles = new Set(block.kind === "front" ? [...FRONT, block.role] : FRONT);
  return [
    option("paragraph", word("paragraph")),
    ...levels,
    option("furniture", word("furniture")),
    ...store.document.floats.map((item) => option(`caption:${item.id}`, word("caption", { label: item.label }))),
    ...[...roles].map((name) => option(`front:${name}`, word("front", { role: word(`role:${name}`) }))),
  ];
}

function option(value, text) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
}

function showFields(block, set) {
  const form = document.getElementById("fields");
  form.hidden = !block.fields;
  if (!block.fields) return;
  const typing = rows.dataset.block === block.id && rows.contains(document.activeElement) ? document.activeElement.id : "";
  rows.dataset.block = block.id;
  rows.replaceChildren(...Object.entries(block.fields).flatMap(([name, value]) => field(block, name, value, set)));
  if (typing) document.getElementById(typing)?.focus();
}

function field(block, name, value, set) {
  const label = document.createElement("label"), input = document.createElement("input");
  input.id = `field-${name}`;
  label.htmlFor = input.id;
  label.textContent = word(`field:${name}`);
  input.value = value;
  input.autocomplete = "off";
  input.addEventListener("change", () => set(block, name, input.value));
  return [label, input];
}
