// Where the page stands: acting user, channel, language, theme. Kept in the URL, choices also in the browser.

const KEYS = ["user", "channel", "lang", "theme"];
const REMEMBERED = ["lang", "theme", "user"];

/** Read a remembered value; private windows may refuse storage. */
export function remembered(key) {
  try {
    return localStorage.getItem(`sandbox.${key}`);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(`sandbox.${key}`, value);
  } catch {
    // Without storage the page merely forgets.
  }
}

export class Router {
  constructor() {
    const query = new URLSearchParams(location.search);
    for (const key of KEYS) this[key] = query.get(key);
    for (const key of REMEMBERED) this[key] ??= remembered(key);
    this.langChosen = remembered("langChosen") === "1";
    if (!["fr", "en"].includes(this.lang)) this.lang = navigator.language.startsWith("fr") ? "fr" : "en";
    if (!["dark", "light"].includes(this.theme)) this.theme = null;
  }

  /** Change some of it and write the URL; `push` makes a step the back button can undo. */
  set(changes, push = false) {
    Object.assign(this, changes);
    for (const key of REMEMBERED) if (changes[key]) remember(key, changes[key]);
    const query = new URLSearchParams();
    for (const key of KEYS) if (this[key]) query.set(key, this[key]);
    history[push ? "pushState" : "replaceState"](null, "", `?${query}`);
  }

  /** Keep a language that was chosen by hand, whoever acts: a room reads one projector. */
  chooseLanguage(lang) {
    this.langChosen = true;
    remember("langChosen", "1");
    this.set({ lang });
  }

  /** The theme shown: the chosen one, else the system's. */
  get shownTheme() {
    return this.theme ?? (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark");
  }
}
