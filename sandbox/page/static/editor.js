// Editing one's own message in place.

import { el } from "./dom.js";

/** A text area with the message's text; `done` runs when it is left. */
export function editorView(app, message, done) {
  const area = el("textarea", {
    class: "editor-text",
    rows: 1,
    value: message.content,
    maxlength: 2000,
    "aria-label": app.t("edit"),
  });
  const grow = el("div", { class: "grow", data: { value: message.content } }, area);
  area.addEventListener("input", () => (grow.dataset.value = area.value));
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      done();
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  });

  async function save() {
    const text = area.value.trim();
    if (text && text !== message.content) await app.try(() => app.api.edit(message, text));
    done();
  }

  const buttons = [
    el("button", { type: "button", class: "button secondary small", onclick: done }, app.t("cancel")),
    el("button", { type: "button", class: "button primary small", onclick: save }, app.t("save")),
  ];
  return el(
    "div",
    { class: "editor" },
    grow,
    el("div", { class: "editor-foot" }, el("span", {}, app.t("editHint")), buttons),
  );
}
