// What ends the work on a document: finished, the next one, flags for a second reader, and writing formats.

import { ask, post } from "./api.js";
import { slice } from "./characters.js";
import { store } from "./store.js";
import { word } from "./words.js";

const byId = (id) => document.getElementById(id);
let flagged = null;

// `act` logs a deed, `visit` shows a place, `chosen` says what is selected or looked at.
export function startFinish({ act, visit, chosen, tell }) {
  byId("finish").addEventListener("click", () => act("finish", { finished: byId("finish").getAttribute("aria-pressed") !== "true" }));
  byId("following")?.addEventListener("click", async () => {
    try {
      const { key } = await ask("following");
      location.href = key ? `/read/${key}` : "/";
    } catch (error) {
      tell(error.message);
    }
  });
  startFlags(act, chosen, tell);
  startExport();
  return (told) => showEnd(told, act, visit);
}

function showEnd(told, act, visit) {
  byId("finish").setAttribute("aria-pressed", String(told.finished));
  byId("flags").hidden = !told.flags.length;
  byId("flags").querySelector("ul").replaceChildren(
    ...told.flags.map((flag) => {
      const item = document.createElement("li"), go = document.createElement("button"), done = document.createElement("button");
      go.type = done.type = "button";
      go.textContent = `${word("page")} ${flag.page + 1}: ${flag.was} – ${flag.comment}`;
      go.addEventListener("click", () => visit(flag));
      done.textContent = word("flagDone");
      done.addEventListener("click", () => act("flag", { block: flag.block, start: flag.at, end: flag.at, comment: "" }));
      item.append(go, done);
      return item;
    }),
  );
}

function startFlags(act, chosen, tell) {
  byId("flag").addEventListener("click", () => {
    flagged = chosen();
    if (!flagged) return tell(word("chooseFirst"));
    byId("flag-about").textContent = slice(store.blocks.get(flagged.block).text, flagged.start, flagged.end);
    byId("flag-comment").value = "";
    byId("flag-dialog").showModal();
  });
  byId("flag-cancel").addEventListener("click", () => byId("flag-dialog").close());
  byId("flag-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const comment = byId("flag-comment").value.trim() || word("lookAgain");
    const { block, start, end } = flagged;
    if (await act("flag", { block, start, end, comment })) byId("flag-dialog").close();
  });
}

function startExport() {
  const told = byId("export-told");
  byId("export").addEventListener("click", () => {
    told.textContent = "";
    byId("export-dialog").showModal();
  });
  byId("export-cancel").addEventListener("click", () => byId("export-dialog").close());
  byId("export-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const formats = [...byId("export-form").querySelectorAll("input:checked")].map((box) => box.value);
    if (!formats.length) return;
    told.textContent = word("exporting");
    try {
      const { files } = await post("export", { formats });
      told.textContent = word("exported", { files: files.join(", ") });
    } catch (error) {
      told.textContent = error.message;
    }
  });
}
