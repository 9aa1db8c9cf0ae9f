// Markdown trees into DOM nodes. Only http(s) addresses become links; everything else stays text.

import { el } from "./dom.js";
import { inline, parse } from "./markdown.js";
import { nameOf } from "./world.js";

const VIEWS = {
  text: (app, node) => node.text,
  paragraph: (app, node) => el("div", { class: "md-text" }, children(app, node)),
  strong: (app, node) => el("strong", {}, children(app, node)),
  em: (app, node) => el("em", {}, children(app, node)),
  underline: (app, node) => el("u", {}, children(app, node)),
  strike: (app, node) => el("s", {}, children(app, node)),
  code: (app, node) => el("code", {}, node.text),
  codeblock: (app, node) => el("pre", { tabIndex: 0 }, el("code", {}, node.text)),
  quote: (app, node) => el("blockquote", {}, children(app, node)),
  heading: (app, node) => el(`h${node.level + 3}`, { class: `md-h${node.level}` }, children(app, node)),
  small: (app, node) => el("div", { class: "md-small" }, children(app, node)),
  list: (app, node) => el(node.ordered ? "ol" : "ul", { start: node.ordered ? node.start : null }, children(app, node)),
  item: (app, node) => el("li", {}, children(app, node)),
  spoiler: (app, node) => spoiler(app, children(app, node)),
  link: (app, node) => link(node.url, children(app, node)),
  user: (app, node) => pill(`@${nameOrUnknown(app, node.id)}`),
  role: (app, node) => pill(`@${roleName(app, node.id).replace(/^@/, "")}`),
  channel: (app, node) => channelPill(app, node.id),
  command: (app, node) => commandPill(app, node),
  emoji: (app, node) => `:${node.name}:`,
  time: (app, node) => timestamp(app, node),
  everyone: (app, node) => pill(node.text),
};

/** A text with blocks (headings, lists, quotes, code). */
export function markdown(app, text) {
  return parse(text ?? "").map((node) => view(app, node));
}

/** A text of one line: inline marks only. */
export function markdownLine(app, text) {
  return inline(text ?? "").map((node) => view(app, node));
}

function view(app, node) {
  return VIEWS[node.type](app, node);
}

function children(app, node) {
  return node.children.map((child) => view(app, child));
}

/** A link, or the bare content where the address is no web address. */
export function link(url, content) {
  if (!isWeb(url)) return content;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, content);
}

export function isWeb(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

function pill(text) {
  return el("span", { class: "pill" }, text);
}

function nameOrUnknown(app, id) {
  const user = app.world.user(id);
  return user ? nameOf(user) : app.t("unknownUser");
}

function roleName(app, id) {
  return app.world.role(app.world.guildOf(app.router.channel), id)?.name ?? app.t("unknownRole");
}

function channelPill(app, id) {
  const channel = app.world.channel(id);
  if (!channel) return pill(`#${app.t("unknownChannel")}`);
  return el("button", { type: "button", class: "pill", onclick: () => app.go(id) }, `#${channel.name}`);
}

function commandPill(app, node) {
  return el(
    "button",
    { type: "button", class: "pill", onclick: () => app.emit("compose", { command: node.name }) },
    `/${node.name}`,
  );
}

function timestamp(app, node) {
  const date = new Date(node.seconds * 1000);
  if (Number.isNaN(date.getTime())) return `<t:${node.seconds}>`;
  const text = node.style === "R" ? app.language.relative(date) : app.language.date(date, node.style);
  return el("time", { class: "stamp", datetime: date.toISOString(), title: app.language.date(date, "F") }, text);
}

/** Hidden until clicked, for mouse and keyboard alike. */
function spoiler(app, content) {
  const node = el("span", { class: "spoiler", role: "button", tabIndex: 0, "aria-label": app.t("spoiler") });
  const inner = el("span", { class: "spoiler-text", "aria-hidden": "true" }, content);
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (!node.classList.contains("shown")) event.preventDefault();
    node.classList.add("shown");
    inner.removeAttribute("aria-hidden");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", show);
  node.append(inner);
  return node;
}
