// One way to open a dialog: native <dialog>, closed by Esc, the cross or a click beside it, focus given back after.

import { el } from "./dom.js";
import { iconButton } from "./person.js";

let count = 0;

/** Open a modal dialog; `body` is a list of nodes, `onclose` runs once however it closes. Returns the dialog. */
export function openDialog(app, { title, body, className = "", onclose = null }) {
  const from = document.activeElement;
  const id = `dialog-${++count}`;
  const head = el(
    "header",
    { class: "dialog-head" },
    el("h2", { id }, title),
    iconButton("close", app.t("close"), () => dialog.close()),
  );
  const dialog = el(
    "dialog",
    { class: `dialog ${className}`, "aria-labelledby": id },
    head,
    el("div", { class: "dialog-body" }, body),
  );
  dialog.addEventListener("mousedown", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onclose?.();
    if (!from?.isConnected) return;
    from.blur(); // closing gave it the focus already, but the caret went with the dialog: keys would write nowhere
    from.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Ask before something that can't be undone. Resolves to true or false. */
export function confirmDialog(app, title, action) {
  return new Promise((resolve) => {
    let agreed = false;
    const yes = el(
      "button",
      {
        type: "button",
        class: "button danger",
        onclick: () => {
          agreed = true;
          dialog.close();
        },
      },
      action,
    );
    const no = el(
      "button",
      { type: "button", class: "button secondary", onclick: () => dialog.close() },
      app.t("cancel"),
    );
    const dialog = openDialog(app, {
      title,
      body: [el("div", { class: "dialog-actions" }, no, yes)],
      onclose: () => resolve(agreed),
    });
  });
}
