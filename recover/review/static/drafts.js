// What is being typed is kept with every keystroke, so that a crash costs at most the one in flight.

import { key } from "./api.js";

const name = `draft.${key}`;

export function keepDraft(draft) {
  localStorage.setItem(name, JSON.stringify(draft));
}

export function dropDraft() {
  localStorage.removeItem(name);
}

export function lastDraft() {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}
