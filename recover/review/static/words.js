// The interface's words, from the program's one catalogue, and their place on the page.

const WORDS = await (await fetch("/words")).json();

// Chosen in this browser, else as the server was told or its system is, where the browser says nothing else.
let language = localStorage.getItem("language") || WORDS.language || (navigator.language.startsWith("zh") ? "zh" : "en");

// `undo` is a word of the interface, `role:abstract-zh` the name of a value; one without a name is told as it is.
export function word(name, values = {}) {
  const text = WORDS[language][name.includes(":") ? name : `review:${name}`] ?? name.slice(name.indexOf(":") + 1);
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export function currentLanguage() {
  return language;
}

export function turnLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  showWords();
}

export function showWords() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-zh]")) element.textContent = element.dataset[language];
  for (const element of document.querySelectorAll("[data-title]")) element.title = word(element.dataset.title);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  const button = document.getElementById("language");
  button.textContent = language === "zh" ? "English" : "中文";
  button.lang = language === "zh" ? "en" : "zh";
}
