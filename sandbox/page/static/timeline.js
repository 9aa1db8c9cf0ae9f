// The list of messages: kept in step with the history row by row, following the newest only when already there.

import { el, fill, icon } from "./dom.js";
import { messageMenu } from "./actions.js";
import { editorView } from "./editor.js";
import { continues, sameDay } from "./history.js";
import { messageView } from "./message.js";
import { channelStart } from "./welcome.js";

const NEAR_BOTTOM = 80;
const NEAR_TOP = 240;

export class Timeline {
  constructor(app, root) {
    this.app = app;
    this.rows = new Map(); // key -> {element, message, compact, editing}
    this.editing = null;
    this.sticky = true;
    this.lastTop = 0;
    this.list = el("ol", { class: "timeline-list" });
    this.top = el("div", { class: "timeline-top" });
    this.jump = el(
      "button",
      { type: "button", class: "jump", hidden: true, onclick: () => this.toBottom() },
      icon("down"),
      el("span"),
    );
    this.scroller = el("div", { class: "timeline-scroll", tabIndex: -1 }, this.top, this.list);
    root.append(this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.#onScroll());
    this.list.addEventListener("contextmenu", (event) => this.#onContextMenu(event));
    this.list.addEventListener("keydown", (event) => this.#onKey(event));
    const follow = new ResizeObserver(() => this.sticky && this.#snap());
    follow.observe(this.list);
    follow.observe(this.scroller);
    app.on("edit", (id) => this.edit(id));
    app.on("reveal", (id) => this.reveal(id));
  }

  /** Show another channel, from scratch. */
  show(channelId) {
    this.channelId = channelId;
    this.editing = null;
    this.rows.clear();
    this.list.replaceChildren();
    this.sticky = true;
    this.sync();
  }

  /** Draw every row anew, in another language or with other names. */
  redraw() {
    if (this.editing) return;
    for (const row of this.rows.values()) row.message = null;
    this.sync();
  }

  /** Bring the rows in step with the history. */
  sync() {
    const { messages, complete, loaded } = this.app.history.of(this.channelId);
    const height = this.scroller.scrollHeight;
    const firstShown = this.list.querySelector(".message")?.dataset.id;
    this.list.setAttribute("aria-label", this.app.t("messagesIn", { place: this.app.placeName() }));
    this.list.setAttribute("aria-busy", String(!loaded));
    fill(
      this.top,
      loaded && complete
        ? channelStart(this.app, this.channelId)
        : el("p", { class: "timeline-loading" }, this.app.t(loaded ? "loadingOlder" : "loading")),
    );
    this.#place(messages);
    const grewAbove =
      firstShown && messages[0]?.id !== firstShown && messages.some((message) => message.id === firstShown);
    if (this.sticky) this.#snap();
    else if (grewAbove) this.scroller.scrollTop += this.scroller.scrollHeight - height;
    this.lastTop = this.scroller.scrollTop;
    this.jump.lastChild.textContent = this.app.t("jumpToLatest");
    this.#oneTabStop();
  }

  #place(messages) {
    const keep = new Set();
    let before = null;
    let cursor = this.list.firstChild;
    for (const message of messages) {
      const newDay = !before || !sameDay(message, before);
      for (const row of [newDay && this.#divider(message), this.#row(message, !newDay && continues(message, before))]) {
        if (!row) continue;
        keep.add(row);
        if (cursor && cursor.parentNode !== this.list) cursor = row; // the row's old version was just replaced
        if (row === cursor) cursor = cursor.nextSibling;
        else this.list.insertBefore(row, cursor);
      }
      before = message;
    }
    for (const row of [...this.list.children]) if (!keep.has(row)) row.remove();
  }

  #divider(message) {
    const day = this.app.language.day(new Date(message.timestamp));
    const known = this.rows.get(`day-${day}`);
    if (known) return known.element;
    const element = el("li", { class: "day", role: "separator", "aria-label": day }, el("span", {}, day));
    this.rows.set(`day-${day}`, { element });
    return element;
  }

  #row(message, compact) {
    const known = this.rows.get(message.id);
    const editing = this.editing === message.id;
    if (known && known.message === message && known.compact === compact && known.editing === editing)
      return known.element;
    const editor = editing ? editorView(this.app, message, () => this.edit(null)) : null;
    const element = messageView(this.app, message, { compact, editor });
    this.rows.set(message.id, { element, message, compact, editing });
    if (known?.element.isConnected) replaceKeepingFocus(known.element, element);
    return element;
  }

  edit(id) {
    this.editing = id;
    this.sync();
    if (id) this.list.querySelector(".editor textarea")?.focus();
    else this.app.emit("focusComposer");
  }

  reveal(id) {
    const row = this.rows.get(id)?.element;
    if (!row) return;
    this.sticky = false;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
    row.classList.add("flash");
    setTimeout(() => row.classList.remove("flash"), 1600);
  }

  toBottom(focus = true) {
    this.sticky = true;
    this.#snap();
    if (focus) this.app.emit("focusComposer");
  }

  #snap() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.jump.hidden = true;
  }

  #onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    // Only a person scrolls up; content that grows (a picture arriving) leaves scrollTop where it was.
    const wentUp = scrollTop < this.lastTop;
    this.lastTop = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM) this.sticky = true;
    else if (wentUp) this.sticky = false;
    this.jump.hidden = this.sticky;
    if (scrollTop < NEAR_TOP) this.app.try(() => this.app.history.older(this.channelId));
  }

  #onContextMenu(event) {
    const row = event.target.closest(".message");
    const message = row && this.rows.get(row.dataset.id)?.message;
    if (!message || message.local || event.target.closest("a, textarea, input") || String(getSelection())) return;
    event.preventDefault();
    const byKeyboard = event.button !== 2 && event.pointerType !== "touch";
    const rect = row.getBoundingClientRect();
    messageMenu(
      this.app,
      message,
      byKeyboard ? { x: rect.left + 72, y: rect.top + 24 } : { x: event.clientX, y: event.clientY },
    );
  }

  #onKey(event) {
    if (!event.target.classList.contains("message")) return;
    const rows = [...this.list.querySelectorAll(".message")];
    const to = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!to) return;
    event.preventDefault();
    const next = rows[rows.indexOf(event.target) + to];
    if (next) next.focus();
    else if (to > 0) this.app.emit("focusComposer");
  }

  /** The list is one tab stop: its newest message. */
  #oneTabStop() {
    const rows = this.list.querySelectorAll(".message");
    rows.forEach((row, at) => (row.tabIndex = at === rows.length - 1 ? 0 : -1));
  }
}

/** Put a row's new version in its place; what had the focus has it again. */
function replaceKeepingFocus(old, element) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(element);
  if (!focused) return;
  const key = focused.dataset.key;
  const same = key && element.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (same && !same.disabled ? same : element).focus({ preventScroll: true });
}
