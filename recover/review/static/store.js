// The document as far as this window knows it: pages are fetched when they come into view.

import { ask } from "./api.js";

export const store = { document: null, pages: new Map(), blocks: new Map(), lines: new Map() };

const loading = new Map();

export async function loadDocument() {
  store.document = await ask("document");
  return store.document;
}

export function loadPage(number) {
  if (store.pages.has(number)) return Promise.resolve(store.pages.get(number));
  if (!loading.has(number)) loading.set(number, fetchPage(number).finally(() => loading.delete(number)));
  return loading.get(number);
}

export async function fetchPage(number) {
  const page = await ask(`pages/${number}`);
  const old = store.pages.get(number);
  for (const block of old ? [...old.blocks, ...old.cells] : []) {
    if (store.blocks.get(block.id)?.page === number) store.blocks.delete(block.id);
  }
  for (const [id, line] of store.lines) if (line.page === number && !page.lines[id]) store.lines.delete(id);
  store.pages.set(number, page);
  for (const block of [...page.blocks, ...page.cells]) store.blocks.set(block.id, block);
  for (const [id, line] of Object.entries(page.lines)) store.lines.set(id, line);
  return page;
}
