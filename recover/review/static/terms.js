// Adding a term from a selection, with the places where it stands and what the glossaries know like it.

import { ask } from "./api.js";
import { word } from "./words.js";

const dialog = document.getElementById("term");
const field = (name) => document.getElementById(`term-${name}`);
let later = 0;

export function startTerms(save) {
  for (const name of ["zh", "en"]) {
    field(name).addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(lookUp, 200);
    });
  }
  document.getElementById("term-cancel").addEventListener("click", () => dialog.close());
  document.getElementById("term-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [zh, en, abbreviation] = ["zh", "en", "short"].map((name) => field(name).value.trim());
    if ((zh || en) && (await save({ zh, en, abbreviation, glossary: field("keep").checked }))) dialog.close();
  });
}

export function openTerm(text) {
  const isChinese = /\p{Script=Han}/u.test(text);
  field("zh").value = isChinese ? text : "";
  field("en").value = isChinese ? "" : text;
  field("short").value = "";
  dialog.showModal();
  lookUp();
}

async function lookUp() {
  const found = await ask("term", { zh: field("zh").value, en: field("en").value });
  field("places").textContent = word("places", { count: found.places.length });
  field("known").replaceChildren(
    ...found.known.map((one) => {
      const made = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.textContent = `${one.zh} = ${one.en} · ${Math.round(100 * one.score)} %`;
      button.addEventListener("click", () => {
        field("zh").value = one.zh;
        field("en").value = one.en;
        lookUp();
      });
      made.append(button);
      return made;
    }),
  );
}
