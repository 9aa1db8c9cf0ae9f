// A select menu, in messages and in modals: a button that opens a list of options.

import { el, icon } from "./dom.js";
import { channelChoices, roleChoices, userChoices } from "./entities.js";
import { openPopup, roam } from "./popup.js";

/** `data` is Discord's component (types 3, 5–8); `onchange(values)` runs when the list is left with a new choice. */
export function selectView(app, data, { onchange, busy = false, label = null }) {
  const options = optionsOf(app, data);
  let chosen = startValues(data, options);
  const button = el("button", {
    type: "button",
    class: busy ? "select busy" : "select",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    disabled: Boolean(data.disabled) || busy,
    data: { key: data.custom_id },
    onclick: open,
  });
  show();

  function show() {
    const labels = options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
    const text = labels.join(", ") || data.placeholder || app.t("select");
    button.setAttribute("aria-label", [label, text].filter(Boolean).join(" : "));
    button.replaceChildren(
      el("span", { class: labels.length ? "select-value" : "select-placeholder" }, text),
      icon("chevron"),
    );
  }

  function open() {
    const max = data.max_values ?? 1;
    const picked = new Set(chosen);
    const panel = el("div", {
      class: "popup options",
      role: "listbox",
      "aria-label": data.placeholder ?? app.t("select"),
      "aria-multiselectable": String(max > 1),
    });
    const close = () => popup();
    const done = () => {
      chosen = [...picked];
      show();
      close();
      onchange(chosen);
    };
    const pick = (value) => {
      if (max === 1) {
        picked.clear();
        picked.add(value);
        return done();
      }
      if (picked.has(value)) picked.delete(value);
      else if (picked.size < max) picked.add(value);
      for (const item of panel.querySelectorAll("[role=option]"))
        item.setAttribute("aria-selected", String(picked.has(item.dataset.value)));
      confirm.disabled = picked.size < (data.min_values ?? 1);
    };
    const confirm = el(
      "button",
      { type: "button", class: "button primary small", onclick: done, disabled: picked.size < (data.min_values ?? 1) },
      app.t("confirm"),
    );
    panel.append(...options.map((option) => optionItem(option, picked.has(option.value), pick)));
    if (max > 1) panel.append(el("div", { class: "options-foot" }, confirm));
    roam(panel, "[role=option]");
    panel.style.setProperty("min-width", `${button.offsetWidth}px`);
    button.setAttribute("aria-expanded", "true");
    const popup = openPopup(panel, button, () => button.setAttribute("aria-expanded", "false"));
    (panel.querySelector("[aria-selected=true]") ?? panel.querySelector("[role=option]"))?.focus({
      preventScroll: true,
    });
  }

  return button;
}

function optionItem(option, selected, pick) {
  const text = [
    el("span", { class: "option-label" }, option.label),
    option.detail ? el("span", { class: "option-detail" }, option.detail) : null,
  ];
  return el(
    "button",
    {
      type: "button",
      role: "option",
      tabIndex: -1,
      class: "option",
      "aria-selected": String(selected),
      data: { value: option.value },
      onclick: () => pick(option.value),
    },
    option.emoji ? el("span", { class: "option-emoji" }, option.emoji) : (option.picture?.() ?? null),
    el("span", { class: "option-text" }, text),
    icon("check"),
  );
}

const optionsOfPreset = (data) => (data.options ?? []).map((one) => ({ value: one.value, preset: one.default }));

function optionsOf(app, data) {
  if (data.type === 5) return userChoices(app);
  if (data.type === 6) return roleChoices(app);
  if (data.type === 7) return [...userChoices(app), ...roleChoices(app)];
  if (data.type === 8) return channelChoices(app, data.channel_types ?? []);
  return (data.options ?? []).map((option) => ({
    value: option.value,
    label: option.label,
    detail: option.description,
    emoji: emojiText(option.emoji),
    preset: option.default,
  }));
}

/** What a select holds before anybody touches it. */
export function startValues(data, options = optionsOfPreset(data)) {
  if (data.default_values) return data.default_values.map((preset) => preset.id);
  return options.filter((option) => option.preset).map((option) => option.value);
}

/** An emoji of a component or a reaction as text; custom ones by name, since their pictures live elsewhere. */
export function emojiText(emoji) {
  if (!emoji) return "";
  return emoji.id ? `:${emoji.name}:` : (emoji.name ?? "");
}
