// Talking to the server; every answer carries the document's version.

import { currentLanguage } from "./words.js";

const key = document.body.dataset.key;

export class Refused extends Error {}

export async function ask(path, query = {}) {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== null));
  return answer(await fetch(`/api/${key}/${path}${given.size ? `?${given}` : ""}`));
}

export async function post(path, body = {}) {
  return answer(
    await fetch(`/api/${key}/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

async function answer(response) {
  if (response.ok) return response.json();
  const told = await response.json().catch(() => ({ error: response.statusText }));
  throw new Refused(told[currentLanguage()] ?? told.error);
}

export function pictureOf(page) {
  return `/read/${key}/page/${page}`;
}

export { key };
