// A bot's modal as a dialog: text inputs, selects, radio and checkbox groups; labels with their descriptions.

import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { ApiError } from "./api.js";
import { markdown } from "./markdown_view.js";
import { selectView, startValues } from "./select.js";

const TEXT_DISPLAY = 10;
const LABEL = 18;
const FIELDS = {
  3: choice,
  4: textInput,
  5: choice,
  6: choice,
  7: choice,
  8: choice,
  19: upload,
  21: radios,
  22: checkboxes,
  23: checkbox,
};

let count = 0;

/** Open `data` (Discord's modal payload) for a call; what is entered goes back as the same tree with values. */
export function openModal(app, call, data) {
  const parts = data.components.map((part) => partView(app, part));
  const error = el("p", { class: "slash-error", role: "alert", hidden: true });
  const form = el(
    "form",
    { class: "modal-form", onsubmit: submit },
    parts.map((part) => part.node),
    error,
    el(
      "div",
      { class: "dialog-actions" },
      el("button", { type: "button", class: "button secondary", onclick: () => dialog.close() }, app.t("cancel")),
      el("button", { type: "submit", class: "button primary" }, app.t("submit")),
    ),
  );
  const dialog = openDialog(app, { title: data.title, body: [form], className: "modal" });
  form.querySelector("textarea, input, .select")?.focus();

  async function submit(event) {
    event.preventDefault();
    const missing = parts.flatMap((part) => part.fields).find((field) => !field.valid());
    error.hidden = !missing;
    if (missing) {
      error.textContent = app.t("errorRequired");
      return missing.focus();
    }
    try {
      await app.interactions.modal(call, parts.map((part) => part.read()).filter(Boolean));
      return dialog.close();
    } catch (fault) {
      if (!(fault instanceof ApiError)) throw fault;
      error.hidden = false;
      error.textContent = app.reason(fault);
    }
  }
}

/** A top-level piece: {node, fields, read()} where read gives the piece of the answer. */
function partView(app, part) {
  if (part.type === TEXT_DISPLAY)
    return { node: el("div", { class: "md" }, markdown(app, part.content)), fields: [], read: () => null };
  if (part.type === LABEL) {
    const field = fieldView(app, part.component, part.label, part.description);
    return { node: field.node, fields: [field], read: () => ({ type: LABEL, id: part.id, component: field.read() }) };
  }
  const fields = part.components.map((component) => fieldView(app, component, component.label));
  return {
    node: el(
      "div",
      {},
      fields.map((field) => field.node),
    ),
    fields,
    read: () => ({ type: 1, id: part.id, components: fields.map((field) => field.read()) }),
  };
}

function fieldView(app, data, label, description) {
  const id = `field-${++count}`;
  const field = FIELDS[data.type](app, data, id, label);
  const required = data.required ?? data.type !== 23;
  const name = el(
    field.group ? "span" : "label",
    { id: `${id}-name`, htmlFor: field.group ? undefined : id, class: "field-label" },
    label ?? "",
    required ? el("span", { class: "required", "aria-hidden": "true" }, " *") : null,
  );
  const hint = description ? el("span", { id: `${id}-hint`, class: "field-hint" }, description) : null;
  const node = el(
    "div",
    { class: "field", role: field.group ? "group" : null, "aria-labelledby": field.group ? `${id}-name` : null },
    name,
    hint,
    field.node,
  );
  const empty = (answer) => (answer.values ? answer.values.length === 0 : answer.value === "" || answer.value === null);
  const answer = () => ({ type: data.type, id: data.id, custom_id: data.custom_id, ...field.value() });
  return {
    node,
    read: answer,
    valid: () => !required || !empty(answer()),
    focus: () => (node.querySelector("input, textarea, button") ?? node).focus(),
  };
}

function textInput(app, data, id) {
  const common = {
    id,
    placeholder: data.placeholder ?? "",
    minlength: data.min_length,
    maxlength: data.max_length ?? 4000,
    required: data.required ?? true,
    value: data.value ?? "",
  };
  const node = data.style === 2 ? el("textarea", { ...common, rows: 4 }) : el("input", { ...common, type: "text" });
  return { node, value: () => ({ value: node.value }) };
}

function choice(app, data, id, label) {
  let values = startValues(data);
  const node = selectView(app, data, { label, onchange: (chosen) => (values = chosen) });
  node.id = id;
  return { node, value: () => ({ values }) };
}

function group(data, id, type) {
  const inputs = data.options.map((option) =>
    el("input", { type, name: id, value: option.value, checked: Boolean(option.default) }),
  );
  const text = (option) =>
    el(
      "span",
      { class: "option-text" },
      el("span", {}, option.label),
      option.description ? el("span", { class: "option-detail" }, option.description) : null,
    );
  const node = el(
    "div",
    { class: "field-group" },
    data.options.map((option, at) => el("label", { class: "check" }, inputs[at], text(option))),
  );
  return { node, chosen: () => inputs.filter((input) => input.checked).map((input) => input.value) };
}

function radios(app, data, id) {
  const { node, chosen } = group(data, id, "radio");
  return { node, group: true, value: () => ({ value: chosen()[0] ?? null }) };
}

function checkboxes(app, data, id) {
  const { node, chosen } = group(data, id, "checkbox");
  return { node, group: true, value: () => ({ values: chosen() }) };
}

function checkbox(app, data, id) {
  const node = el("input", { type: "checkbox", id, checked: Boolean(data.default) });
  return { node, value: () => ({ value: node.checked }) };
}

function upload(app, data, id) {
  return { node: el("p", { id, class: "field-hint" }, app.t("noUpload")), group: true, value: () => ({ values: [] }) };
}
