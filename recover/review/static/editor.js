// Editing a block's text in its place. What is typed is kept as a draft until the server has it.

import { dropDraft, keepDraft } from "./drafts.js";
import { elementOf } from "./texts.js";
import { word } from "./words.js";

export function editBlock(block, save, typed = block.text) {
  const made = elementOf(block.id);
  if (!made || made.querySelector("textarea")) return;
  const shown = [...made.childNodes];
  const field = document.createElement("textarea");
  field.value = typed;
  field.spellcheck = false;
  field.setAttribute("aria-label", word("edit"));
  made.replaceChildren(field);
  field.style.height = `${Math.max(60, field.scrollHeight + 4)}px`;
  field.focus();
  const close = () => {
    dropDraft();
    if (field.isConnected) made.replaceChildren(...shown);
  };
  const done = async () => {
    const text = field.value.replaceAll("\n", "");
    if (text === block.text) return close();
    if (await save(block, text)) close();
  };
  field.addEventListener("input", () => keepDraft({ block: block.id, was: block.text, now: field.value }));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      done();
    } else if (event.key === "Escape") {
      close();
      document.getElementById("texts").focus();
    }
  });
}
