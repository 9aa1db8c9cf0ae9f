// Menus: of a message (right click, "…" or long press), of a person, of the languages.

import { el, icon } from "./dom.js";
import { openPopup, roam } from "./popup.js";

/** Show a menu. `sections` are {title?, row?, items: [{label, icon?, detail?, danger?, checked?, picture?, run}]}. */
export function openMenu(label, sections, where, onclose = null) {
  const panel = el("div", { class: "popup menu", role: "menu", "aria-label": label });
  let close = null;
  for (const section of sections.filter(Boolean)) {
    const items = section.items.map((item) => menuItem(item, () => close(), section.row));
    const name = section.title ? el("div", { class: "menu-title", "aria-hidden": "true" }, section.title) : null;
    panel.append(
      el(
        "div",
        { role: "group", "aria-label": section.title ?? label, class: section.row ? "menu-row" : "menu-section" },
        name,
        items,
      ),
    );
  }
  roam(panel, "[role^=menuitem]");
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Tab") close();
  });
  close = openPopup(panel, where, onclose);
  (panel.querySelector("[aria-checked=true]") ?? panel.querySelector("[role^=menuitem]"))?.focus({
    preventScroll: true,
  });
}

function menuItem(item, close, inRow) {
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  const run = () => {
    close();
    item.run?.();
  };
  const content = inRow
    ? item.label
    : [
        item.picture ?? null,
        el("span", { class: "menu-label" }, item.label),
        item.detail ? el("span", { class: "menu-detail" }, item.detail) : null,
        item.checked ? icon("check") : item.icon ? icon(item.icon) : null,
      ];
  const attributes = {
    type: "button",
    role,
    tabIndex: -1,
    class: item.danger ? "menu-item danger" : "menu-item",
    onclick: run,
  };
  if (item.checked !== undefined) attributes["aria-checked"] = String(item.checked);
  if (item.name) attributes["aria-label"] = item.name;
  if (!item.run) attributes.disabled = true;
  return el("button", attributes, content);
}
