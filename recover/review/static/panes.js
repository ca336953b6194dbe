// Dividers between the panes, dragged or moved with the arrow keys; the widths are kept in this browser.

const root = document.documentElement;

export function startPanes() {
  for (const divider of document.querySelectorAll(".divider")) start(divider);
}

function start(divider) {
  const { size } = divider.dataset;
  const kept = Number(localStorage.getItem(`pane.${size}`));
  if (kept) set(divider, kept);
  divider.addEventListener("pointerdown", (event) => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  divider.addEventListener("pointermove", (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const share = (100 * event.clientX) / innerWidth;
    set(divider, size === "left" ? share : 100 - share);
  });
  divider.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    set(divider, Number(divider.getAttribute("aria-valuenow")) + (size === "left" ? way : -way));
  });
}

function set(divider, share) {
  const least = Number(divider.getAttribute("aria-valuemin")), most = Number(divider.getAttribute("aria-valuemax"));
  const value = Math.round(Math.min(most, Math.max(least, share)));
  divider.setAttribute("aria-valuenow", value);
  root.style.setProperty(`--${divider.dataset.size}`, `${value}vw`);
  localStorage.setItem(`pane.${divider.dataset.size}`, value);
}
