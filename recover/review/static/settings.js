// Theme, contrast and zoom, kept in this browser.

import { showWords, turnLanguage } from "./words.js";

const root = document.documentElement;

export function startTheme() {
  const wanted = localStorage.getItem("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  setTheme(wanted);
  document.getElementById("theme").addEventListener("click", () => setTheme(root.dataset.theme === "dark" ? "light" : "dark"));
}

function setTheme(theme) {
  root.dataset.theme = theme;
  localStorage.setItem("theme", theme);
  document.getElementById("theme").setAttribute("aria-pressed", String(theme === "dark"));
}

export function startLanguage(changed) {
  showWords();
  document.getElementById("language").addEventListener("click", () => {
    turnLanguage();
    changed();
  });
}

export function startContrast() {
  const button = document.getElementById("contrast");
  const set = (on) => {
    root.toggleAttribute("data-contrast", on);
    localStorage.setItem("contrast", on ? "1" : "");
    button.setAttribute("aria-pressed", String(on));
  };
  set(Boolean(localStorage.getItem("contrast")));
  button.addEventListener("click", () => set(!root.hasAttribute("data-contrast")));
}

let zoom = Number(localStorage.getItem("zoom")) || 1;

// `keepPlace` is given the change of size and brings back what stood in the middle before it.
let keeping = (change) => change();

export function startZoom(keepPlace) {
  keeping = keepPlace;
  setZoom(zoom);
  document.getElementById("zoom-in").addEventListener("click", () => changeZoom(1));
  document.getElementById("zoom-out").addEventListener("click", () => changeZoom(-1));
}

export function changeZoom(steps) {
  keeping(() => setZoom(Math.min(4, Math.max(0.5, zoom * 1.2 ** steps))));
}

function setZoom(value) {
  zoom = value;
  localStorage.setItem("zoom", String(zoom));
  root.style.setProperty("--zoom", String(zoom));
  root.style.setProperty("--text-zoom", String(Math.min(1.6, Math.max(0.8, Math.sqrt(zoom)))));
}
