// The list above the composer: commands, choices, members. The input keeps the focus; the list follows its keys.

import { el, fill, icon } from "./dom.js";

const ID = "completion";

export class Completion {
  /** `root` is the panel's place; the list is announced through the input's aria-activedescendant. */
  constructor(root) {
    this.root = root;
    this.items = [];
    this.active = -1;
    this.input = null;
    root.hidden = true;
  }

  /**
   * Show `items` ({label, detail?, aside?, picture?}) under `title` for `input`.
   * `note` stands alone where there are none.
   */
  show(input, { title, items = [], note = "", keys = "", onpick }) {
    if (this.input !== input) this.#release();
    this.input = input;
    this.items = items;
    this.onpick = onpick;
    this.active = items.length ? 0 : -1;
    this.root.hidden = false;
    const rows = items.map((item, at) => this.#row(item, at));
    const list = el("div", { id: ID, role: "listbox", "aria-label": title, class: "completion-list" }, rows);
    fill(
      this.root,
      title ? el("div", { class: "completion-title" }, title) : null,
      items.length ? list : note ? el("p", { class: "completion-note", role: "status" }, note) : null,
      keys ? el("div", { class: "completion-keys", "aria-hidden": "true" }, keys) : null,
    );
    input.setAttribute("aria-expanded", String(items.length > 0));
    if (items.length) input.setAttribute("aria-controls", ID);
    else input.removeAttribute("aria-controls");
    this.#mark();
  }

  #row(item, at) {
    const text = [
      el("span", { class: "option-label" }, item.label),
      item.detail ? el("span", { class: "option-detail" }, item.detail) : null,
    ];
    return el(
      "div",
      {
        id: `${ID}-${at}`,
        role: "option",
        class: "option",
        onpointermove: () => this.#select(at),
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.onpick(item),
      },
      item.picture?.() ?? (item.sign ? el("span", { class: "option-sign", "aria-hidden": "true" }, item.sign) : null),
      el("span", { class: "option-text" }, text),
      item.aside ? el("span", { class: "option-aside" }, item.aside) : null,
      item.checked ? icon("check") : null,
    );
  }

  hide() {
    this.#release();
    this.root.hidden = true;
    this.items = [];
    this.active = -1;
  }

  #release() {
    this.input?.setAttribute("aria-expanded", "false");
    this.input?.removeAttribute("aria-activedescendant");
    this.input = null;
  }

  /** The item that Enter or Tab would take. */
  get current() {
    return this.items[this.active] ?? null;
  }

  move(step) {
    if (this.items.length) this.#select((this.active + step + this.items.length) % this.items.length);
  }

  #select(at) {
    if (at === this.active) return;
    this.active = at;
    this.#mark();
  }

  #mark() {
    this.root.querySelectorAll("[role=option]").forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === this.active));
      if (at === this.active) row.scrollIntoView({ block: "nearest" });
    });
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `${ID}-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }
}
