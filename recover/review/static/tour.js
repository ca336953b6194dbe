// Five steps for a first visit, in a corner: they hold up nothing. The map of keys shows them again.

import { word } from "./words.js";

const byId = (id) => document.getElementById(id);
const ABOUT = ["pictures", "texts", "doubt", "correct", "finish"];
let step = 0;

export function startTour() {
  byId("tour-next").addEventListener("click", () => (step + 1 < ABOUT.length ? show(step + 1) : close()));
  byId("tour-end").addEventListener("click", close);
  byId("tour-again").addEventListener("click", () => {
    byId("keymap").close();
    show(0);
    byId("tour-next").focus();
  });
  if (!localStorage.getItem("toured")) show(0);
}

function close() {
  localStorage.setItem("toured", "1");
  byId("tour").hidden = true;
  unmark();
  byId("texts").focus();
}

function show(number) {
  step = number;
  byId("tour").hidden = false;
  byId("tour-step").textContent = `${word("tour")} ${step + 1} / ${ABOUT.length}`;
  byId("tour-text").textContent = word(`tour${step + 1}`);
  unmark();
  byId(ABOUT[step]).classList.add("toured");
}

function unmark() {
  for (const one of document.querySelectorAll(".toured")) one.classList.remove("toured");
}
