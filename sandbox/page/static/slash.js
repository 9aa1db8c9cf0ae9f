// A command being filled in: one pill per option in the composer, required ones first, the others to be added.

import { append, el, icon } from "./dom.js";
import { optionTree } from "./commands.js";
import { TYPE, candidates, isListed, narrow, partial, readOption } from "./options.js";

const DEBOUNCE = 180;

export class SlashForm {
  /** `root` takes the pills; `leave()` gives the composer back to text, `send(entry, options)` runs the command. */
  constructor(app, root, completion, { leave, send }) {
    Object.assign(this, { app, root, completion, leave, send });
    this.fields = new Map(); // option name -> {option, text, picked, pill, input, error}
    this.asked = 0;
    this.timer = 0;
  }

  /** Start with an entry; `text` fills its first option. */
  open(entry, text = "") {
    this.entry = entry;
    this.fields.clear();
    const required = entry.options.filter((option) => option.required);
    this.extras = el("span", { class: "extras" }); // this command's own: fields are put before it
    this.root.replaceChildren(el("span", { class: "slash-name" }, `/${entry.name}`), this.extras);
    for (const option of required) this.#addField(option);
    this.error = el("p", { class: "slash-error", role: "alert", hidden: true });
    const send = el(
      "button",
      { type: "button", class: "icon-button send", "aria-label": this.app.t("send"), onclick: () => this.submit() },
      icon("send"),
    );
    const leave = el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": this.app.t("cancel"),
        title: this.app.t("cancel"),
        onclick: () => this.leave(),
      },
      icon("close"),
    );
    append(this.root, [el("span", { class: "slash-end" }, leave, send), this.error]);
    this.#showExtras();
    const first = required[0] ?? (text ? entry.options[0] : null);
    if (!first) return this.#focusEmpty(send);
    const field = this.fields.get(first.name) ?? this.#addField(first);
    if (text) this.#type(field, text);
    field.input.focus();
  }

  /** A command without required options: the send button has the focus, so Enter runs it. */
  #focusEmpty(send) {
    send.addEventListener("keydown", (event) => event.key === "Escape" && this.leave());
    this.completion.show(send, { title: this.entry.description, keys: this.app.t("keysForm") });
    send.focus();
  }

  #addField(option) {
    const name = this.app.language.pick(option, "name");
    const input = el("textarea", {
      class: "pill-input",
      rows: 1,
      cols: 1,
      spellcheck: "false",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-label": `${name} : ${this.app.language.pick(option, "description")}`,
      "aria-required": String(Boolean(option.required)),
    });
    const grow = el("span", { class: "grow", data: { value: "" } }, input);
    const remove = option.required
      ? null
      : el(
          "button",
          {
            type: "button",
            class: "pill-remove",
            "aria-label": this.app.t("removeOption", { name }),
            onclick: () => this.#removeField(field),
          },
          icon("close"),
        );
    const pill = el(
      "label",
      { class: "option-pill", data: { option: option.name } },
      el("span", { class: "pill-name" }, name),
      grow,
      remove,
    );
    const field = { option, text: "", picked: null, pill, input, grow };
    this.fields.set(option.name, field);
    input.addEventListener("input", () => this.#type(field, input.value));
    input.addEventListener("focus", () => this.#suggest(field));
    input.addEventListener("keydown", (event) => this.#onKey(event, field));
    this.extras.before(pill);
    return field;
  }

  #removeField(field) {
    field.pill.remove();
    this.fields.delete(field.option.name);
    this.#showExtras();
    [...this.fields.values()].at(-1)?.input.focus();
  }

  #showExtras() {
    const left = this.entry.options.filter((option) => !this.fields.has(option.name));
    const add = (option) => () => {
      const field = this.#addField(option);
      this.#showExtras();
      field.input.focus();
    };
    this.extras.replaceChildren(
      ...left.map((option) => {
        const name = this.app.language.pick(option, "name");
        const chip = el(
          "button",
          {
            type: "button",
            class: "extra",
            title: this.app.language.pick(option, "description"),
            "aria-label": this.app.t("addOption", { name }),
            onclick: add(option),
          },
          icon("plus"),
          name,
        );
        chip.addEventListener("keydown", (event) => event.key === "Escape" && this.leave());
        return chip;
      }),
    );
  }

  #type(field, text) {
    field.text = text;
    field.picked = null;
    field.input.value = text;
    field.grow.dataset.value = text;
    field.pill.classList.toggle("long", text.length > 40 || text.includes("\n"));
    this.#fault(field, null);
    this.#suggest(field);
  }

  #suggest(field) {
    const { option } = field;
    const title = [this.app.language.pick(option, "name"), this.app.language.pick(option, "description")]
      .filter(Boolean)
      .join(" · ");
    const onpick = (item) => this.#pick(field, item);
    const show = (items, note = "") =>
      this.completion.show(field.input, {
        title,
        items,
        note,
        onpick,
        keys: this.app.t(items.length ? "keysList" : "keysForm"),
      });
    clearTimeout(this.timer);
    const ask = ++this.asked;
    if (option.type === TYPE.ATTACHMENT) return show([], this.app.t("noUpload"));
    if (option.autocomplete) {
      if (this.completion.input !== field.input) show([], this.app.t("searching"));
      this.timer = setTimeout(() => this.#fetch(field, ask, show), DEBOUNCE);
      return;
    }
    const found = narrow(candidates(this.app, option), field.picked ? "" : field.text);
    show(found, isListed(option) && found.length === 0 ? this.app.t("noChoice") : "");
  }

  async #fetch(field, ask, show) {
    const values = [...this.fields.values()]
      .filter((one) => one === field || one.text || one.picked)
      .map((one) => partial(one.option, one, one === field));
    let choices = [];
    try {
      ({ choices } = await this.app.api.autocomplete({
        channel: this.app.router.channel,
        command_id: this.entry.command.id,
        options: optionTree(this.entry, values),
      }));
    } catch {
      // No suggestions then: the text itself can still be sent.
    }
    if (ask !== this.asked || document.activeElement !== field.input) return;
    const items = choices.map((choice) => ({ value: choice.value, label: this.app.language.pick(choice, "name") }));
    show(items, items.length ? "" : this.app.t("noChoice"));
  }

  #pick(field, item) {
    this.asked++;
    field.picked = item;
    field.text = item.label;
    field.input.value = item.label;
    field.grow.dataset.value = item.label;
    this.#fault(field, null);
    const next = [...this.fields.values()].find((one) => one !== field && !one.text);
    if (next) next.input.focus();
    else
      this.completion.show(field.input, {
        title: this.app.language.pick(field.option, "description"),
        keys: this.app.t("keysForm"),
      });
  }

  #onKey(event, field) {
    if (event.isComposing) return;
    const choosing = this.completion.current && !field.picked;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.completion.items.length) return;
      event.preventDefault();
      this.completion.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.leave();
    } else if (event.key === "Tab" && choosing && !event.shiftKey) {
      event.preventDefault();
      this.#pick(field, this.completion.current);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (choosing) this.#pick(field, this.completion.current);
      else this.submit();
    } else if (event.key === "Backspace" && field.input.value === "") {
      event.preventDefault();
      if (field.option.required) this.leave();
      else this.#removeField(field);
    }
  }

  #fault(field, error) {
    field.pill.classList.toggle("wrong", Boolean(error));
    field.input.setAttribute("aria-invalid", String(Boolean(error)));
    this.error.hidden = !error;
    if (error) this.error.textContent = `${this.app.language.pick(field.option, "name")} : ${this.app.t(...error)}`;
  }

  /** Check every field; send, or show the first fault beside its pill. */
  submit() {
    const values = [];
    for (const field of this.fields.values()) {
      this.#settleTyped(field);
      const { value, error } = readOption(field.option, field);
      if (error) {
        field.input.focus();
        return this.#fault(field, error);
      }
      if (value !== undefined) values.push({ name: field.option.name, type: field.option.type, value });
    }
    return this.send(this.entry, optionTree(this.entry, values));
  }

  /** A listed value typed in full counts as picked. */
  #settleTyped(field) {
    if (field.picked || !isListed(field.option)) return;
    const wanted = field.text.trim().toLowerCase();
    field.picked = candidates(this.app, field.option).find((item) => item.label.toLowerCase() === wanted) ?? null;
  }
}
