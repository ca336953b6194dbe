// The queue: doubts are counted one document after the other, and rows are shown as the filter says.

import { startLanguage, startTheme } from "./settings.js";
import { word } from "./words.js";

const rows = [...document.querySelectorAll("tbody tr")];
const filter = document.getElementById("filter");
const shown = document.getElementById("shown");

const KINDS = {
  all: () => true,
  open: (row) => !row.dataset.finished,
  finished: (row) => Boolean(row.dataset.finished),
  flagged: (row) => Number(row.dataset.flags) > 0,
};

function show() {
  const wanted = filter.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !KINDS[shown.value](row) || !row.cells[0].textContent.toLowerCase().includes(wanted);
  document.getElementById("shown-count").textContent = word("shownCount", { count: rows.filter((row) => !row.hidden).length, all: rows.length });
}

async function count() {
  for (const row of rows) {
    const cell = row.querySelector(".left");
    if (cell.textContent !== "…") continue;
    const answer = await fetch(`/api/${row.dataset.key}/count`).catch(() => null);
    cell.textContent = answer?.ok ? (await answer.json()).left : "–";
  }
  document.body.dataset.counted = "1";
}

startTheme();
startLanguage(show);
filter.addEventListener("input", show);
shown.addEventListener("change", show);
filter.form.addEventListener("submit", (event) => event.preventDefault());
show();
count();
