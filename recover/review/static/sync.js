// Text and pictures scroll together: the pane a person moves leads, the other follows.

import { middleOfPictures, scrollPicture } from "./pictures.js";
import { middleBlock, scrollText } from "./texts.js";

const texts = document.getElementById("texts");
const pictures = document.getElementById("pictures");
let leader = null;
let waiting = false;

export function startSync(moved) {
  for (const pane of [texts, pictures]) {
    for (const kind of ["wheel", "pointerdown", "touchstart", "keydown"]) {
      pane.addEventListener(kind, () => (leader = pane), { passive: true });
    }
    pane.addEventListener("scroll", () => follow(pane, moved), { passive: true });
  }
}

// Nobody leads while the program itself moves both panes.
export function holdSync() {
  leader = null;
}

function follow(pane, moved) {
  if (pane !== leader || waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (pane === texts) followText(moved);
    else followPictures(moved);
  });
}

function followText(moved) {
  const middle = middleBlock();
  if (!middle) return;
  const [, top, , bottom] = middle.block.box;
  scrollPicture(middle.block.page, top + Math.min(1, Math.max(0, middle.share)) * (bottom - top));
  moved(middle.block.page);
}

function followPictures(moved) {
  const middle = middleOfPictures();
  if (!middle) return;
  scrollText(middle.number, middle.y);
  moved(middle.number);
}
