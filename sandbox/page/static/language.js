// Words, dates and numbers in the reader's language, and Discord's rules for localised names.

import { dictionaries } from "./i18n.js";

const UNITS = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** The page's language: `lang` is fr or en, `locale` what an interaction of the acting user carries. */
export class Language {
  constructor(lang, locale) {
    this.lang = lang;
    this.locale = locale;
    this.words = dictionaries[lang];
  }

  t(key, values = {}) {
    return this.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  knows(key) {
    return key in this.words;
  }

  /** The localised field of a command, option or choice; en-US and en-GB stand in for each other. */
  pick(thing, field) {
    const texts = thing[`${field}_localizations`] ?? {};
    const other = { "en-US": "en-GB", "en-GB": "en-US" }[this.locale];
    return texts[this.locale] ?? texts[other] ?? thing[field] ?? "";
  }

  number(value) {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  date(date, style) {
    return new Intl.DateTimeFormat(this.locale, STYLES[style] ?? STYLES.f).format(date);
  }

  day(date) {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "long" }).format(date);
  }

  /** "Today at 14:05", or the date. */
  when(date, now = new Date()) {
    const time = this.date(date, "t");
    const days = Math.round((startOfDay(now) - startOfDay(date)) / 86400000);
    if (days === 0) return this.t("today", { time });
    if (days === 1) return this.t("yesterday", { time });
    return `${this.date(date, "d")} ${time}`;
  }

  /** "in 3 minutes", "3 minutes ago". */
  relative(date, now = Date.now()) {
    const seconds = Math.round((date - now) / 1000);
    const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
    return new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
  }
}

/** The locale an interaction carries: the user's own where it agrees with the page's language. */
export function localeFor(lang, userLocale) {
  if (userLocale?.split("-")[0] === lang) return userLocale;
  return lang === "fr" ? "fr" : "en-US";
}

/** Lower case without accents, for lenient search. */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}
