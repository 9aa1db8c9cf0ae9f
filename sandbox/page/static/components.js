// Message components: buttons and select menus in rows, and the layout pieces of Components V2.

import { append, el, icon } from "./dom.js";
import { link, markdown } from "./markdown_view.js";
import { attachmentView, picture } from "./media.js";
import { emojiText, selectView } from "./select.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "primary" };
const VIEWS = {
  1: row,
  2: button,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: section,
  10: (app, part) => el("div", { class: "md" }, markdown(app, part.content)),
  11: (app, part, message) =>
    picture(app, part.media, {
      className: "picture v2-thumbnail",
      alt: part.description ?? "",
      described: Boolean(part.description),
      attachments: message.attachments,
    }),
  12: gallery,
  13: file,
  14: (app, part) =>
    el("hr", { class: part.divider === false ? "gap" : "divider", data: { spacing: part.spacing ?? 1 } }),
  17: container,
};

/** All components of a message, and the line that says a press wasn't answered. */
export function componentsView(app, message) {
  const parts = (message.components ?? []).map((part) => view(app, part, message)).filter(Boolean);
  if (parts.length === 0) return null;
  const failed = message.failed
    ? el("div", { class: "component-failed", role: "alert" }, app.t("interactionFailed"))
    : null;
  return el("div", { class: "components" }, parts, failed);
}

function view(app, part, message) {
  return VIEWS[part.type]?.(app, part, message) ?? null;
}

function row(app, part, message) {
  return el(
    "div",
    { class: "component-row" },
    part.components.map((child) => view(app, child, message)),
  );
}

function button(app, part, message) {
  const emoji = emojiText(part.emoji);
  const content = [emoji ? el("span", { class: "button-emoji" }, emoji) : null, part.label ?? ""];
  if (part.style === 5 && !part.disabled) {
    const anchor = link(part.url, [...content, icon("link")]);
    if (anchor instanceof Node) anchor.className = "button secondary";
    return append(document.createDocumentFragment(), [anchor]);
  }
  const busy = message.busy === part.custom_id && part.custom_id !== undefined;
  const attributes = {
    type: "button",
    class: `button ${STYLES[part.style] ?? "secondary"}${busy ? " busy" : ""}`,
    disabled: Boolean(part.disabled) || part.style === 5 || part.style === 6,
    "aria-busy": busy ? "true" : null,
    "aria-label": part.label ? null : emoji,
    data: { key: part.custom_id ?? "" },
    onclick: () => busy || app.interactions.component(message, part),
  };
  return el("button", attributes, content);
}

function select(app, part, message) {
  const busy = message.busy === part.custom_id;
  return selectView(app, part, { busy, onchange: (values) => app.interactions.component(message, part, values) });
}

function section(app, part, message) {
  const texts = el(
    "div",
    { class: "section-text" },
    part.components.map((child) => view(app, child, message)),
  );
  return el("div", { class: "section" }, texts, part.accessory ? view(app, part.accessory, message) : null);
}

function container(app, part, message) {
  const colour = typeof part.accent_color === "number" ? `#${part.accent_color.toString(16).padStart(6, "0")}` : null;
  const box = el(
    "div",
    { class: "container", css: colour ? { "--bar": colour } : {} },
    part.components.map((child) => view(app, child, message)),
  );
  return part.spoiler
    ? el("details", { class: "container-spoiler" }, el("summary", {}, app.t("spoilerMark")), box)
    : box;
}

function gallery(app, part, message) {
  const items = part.items.map((item) =>
    picture(app, item.media, {
      alt: item.description ?? "",
      described: Boolean(item.description),
      attachments: message.attachments,
    }),
  );
  return el("div", { class: "gallery", data: { count: Math.min(items.length, 3) } }, items);
}

function file(app, part, message) {
  const name = part.name ?? /^attachment:\/\/(.+)$/.exec(part.file.url)?.[1] ?? part.file.url.split("/").at(-1);
  const known = (message.attachments ?? []).find((one) => one.filename === name);
  return attachmentView(app, known ?? { filename: name, url: part.file.url, size: part.size });
}
