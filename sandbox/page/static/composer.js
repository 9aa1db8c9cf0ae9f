// The composer: plain text, replies, mentions; a slash opens the commands and a chosen one takes its place.

import { matching, slashEntries, typedInFull } from "./commands.js";
import { Completion } from "./completion.js";
import { el, fill, icon } from "./dom.js";
import { userChoices } from "./entities.js";
import { narrow } from "./options.js";
import { avatar, iconButton, personName } from "./person.js";
import { SlashForm } from "./slash.js";
import { nameOf } from "./world.js";

const LONGEST = 2000;

export class Composer {
  constructor(app, root) {
    this.app = app;
    this.replyTo = null;
    this.area = el("textarea", {
      class: "composer-text",
      rows: 1,
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
    });
    this.grow = el("div", { class: "grow", data: { value: "" } }, this.area);
    this.replyBar = el("div", { class: "reply-bar", hidden: true });
    this.count = el("span", { class: "count", "aria-live": "polite" });
    this.sendButton = el(
      "button",
      { type: "button", class: "icon-button send", onclick: () => this.#send() },
      icon("send"),
    );
    this.textBox = el("div", { class: "composer-line" }, this.grow, this.count, this.sendButton);
    this.slashBox = el("div", { class: "composer-line slash", hidden: true, role: "group" });
    const panel = el("div", { class: "completion" });
    this.completion = new Completion(panel);
    this.form = new SlashForm(app, this.slashBox, this.completion, {
      leave: () => this.leaveCommand(),
      send: (entry, options) => this.#run(entry, options),
    });
    root.append(panel, this.replyBar, this.textBox, this.slashBox);
    this.#listen();
  }

  #listen() {
    const { app, area } = this;
    area.addEventListener("input", () => this.#onInput());
    area.addEventListener("keydown", (event) => this.#onKey(event));
    area.addEventListener("focus", () => this.#suggest());
    area.addEventListener("blur", () => this.completion.input === area && this.completion.hide());
    app.on("render", () => this.render());
    app.on("place", () => this.leaveCommand(false));
    app.on("reply", (message) => this.reply(message));
    app.on("compose", ({ command }) => this.startCommand(command));
    app.on("focusComposer", () => this.area.focus({ preventScroll: true }));
  }

  render() {
    const label = this.app.t("placeholder", { place: this.app.placeName() });
    this.area.placeholder = label;
    this.area.setAttribute("aria-label", label);
    this.sendButton.setAttribute("aria-label", this.app.t("send"));
    this.slashBox.setAttribute("aria-label", this.app.t("commands"));
    this.#renderReply();
  }

  #renderReply() {
    this.replyBar.hidden = !this.replyTo;
    if (!this.replyTo) return;
    const [before, after] = this.app.t("replyingTo", { name: "\u0000" }).split("\u0000");
    const cancel = iconButton("close", this.app.t("cancelReply"), () => this.reply(null));
    fill(this.replyBar, el("span", {}, before, personName(this.app, this.replyTo.author), after), cancel);
  }

  reply(message) {
    this.replyTo = message;
    this.#renderReply();
    this.area.focus();
  }

  #setText(text) {
    this.area.value = text;
    this.#onInput();
  }

  #onInput() {
    const { value } = this.area;
    this.grow.dataset.value = value;
    const over = value.length > LONGEST - 200;
    this.count.textContent = over ? this.app.t("tooLong", { n: value.length }) : "";
    this.count.classList.toggle("wrong", value.length > LONGEST);
    this.textBox.classList.toggle("filled", value.trim() !== "");
    const full = value.startsWith("/") && typedInFull(this.#entries(), value.slice(1));
    if (full) this.#choose(full.entry, full.rest);
    else this.#suggest();
  }

  #entries() {
    return slashEntries(this.app, this.app.router.channel);
  }

  #suggest() {
    const { value, selectionStart } = this.area;
    if (value.startsWith("/") && !value.includes("\n")) return this.#suggestCommands(value.slice(1));
    const mention = /(^|\s)@([^\s@]{0,32})$/.exec(value.slice(0, selectionStart));
    if (mention) return this.#suggestPeople(mention[2]);
    return this.completion.hide();
  }

  #suggestCommands(typed) {
    const all = this.#entries();
    const found = matching(all, typed);
    const bot = this.app.world.bot;
    const items = found.map((entry) => ({
      entry,
      label: `/${entry.name}`,
      detail: entry.description,
      picture: () => avatar(bot, "avatar small", true),
      aside: nameOf(bot),
    }));
    const note = this.app.t(all.length ? "noCommand" : "noCommandYet");
    const title = typed ? this.app.t("commandsMatching", { query: typed }) : this.app.t("commands");
    this.completion.show(this.area, {
      title,
      items,
      note,
      keys: items.length ? this.app.t("keysList") : "",
      onpick: (item) => this.#choose(item.entry),
    });
  }

  #suggestPeople(typed) {
    const items = narrow(userChoices(this.app), typed);
    if (items.length === 0) return this.completion.hide();
    return this.completion.show(this.area, {
      title: this.app.t("members"),
      items,
      onpick: (item) => this.#mention(item),
    });
  }

  #mention(item) {
    const { value, selectionStart } = this.area;
    const before = value.slice(0, selectionStart).replace(/@[^\s@]*$/, `@${item.detail} `);
    this.#setText(before + value.slice(selectionStart));
    this.area.setSelectionRange(before.length, before.length);
  }

  #onKey(event) {
    if (event.isComposing) return;
    const item = this.completion.current;
    if (item && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.completion.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (item && !event.shiftKey && (event.key === "Tab" || event.key === "Enter")) {
      event.preventDefault();
      this.completion.onpick(item);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape") {
      if (this.completion.input) this.completion.hide();
      else this.reply(null);
    } else if (event.key === "ArrowUp" && this.area.value === "") {
      event.preventDefault();
      this.app.emit("editLast");
    }
  }

  async #send() {
    const text = this.#withMentions(this.area.value.trim());
    if (!text || text.length > LONGEST) return;
    const { replyTo } = this;
    this.#setText("");
    this.reply(null);
    const sent = await this.app.try(() => this.app.api.say(this.app.router.channel, text, replyTo?.id));
    if (!sent && !this.area.value) this.#setText(text);
  }

  /** "@camille" becomes Discord's mention, longest names first. */
  #withMentions(text) {
    const people = userChoices(this.app).sort((a, b) => b.detail.length - a.detail.length);
    return people.reduce(
      (result, { detail, value }) =>
        result.replaceAll(new RegExp(`(^|\\s)@${escapeText(detail)}(?![\\w])`, "g"), `$1<@${value}>`),
      text,
    );
  }

  /** Put a command in the composer by its base or shown name. */
  startCommand(name) {
    const entries = this.#entries();
    const entry = entries.find((one) => one.base === name || one.name === name);
    if (entry) return this.#choose(entry);
    this.leaveCommand();
    return this.#setText(`/${name}`);
  }

  #choose(entry, rest = "") {
    this.#setTextQuietly("");
    this.textBox.hidden = true;
    this.slashBox.hidden = false;
    this.form.open(entry, rest);
  }

  leaveCommand(focus = true) {
    if (this.slashBox.hidden) {
      if (focus) this.area.focus();
      return;
    }
    this.slashBox.hidden = true;
    this.slashBox.replaceChildren();
    this.textBox.hidden = false;
    this.completion.hide();
    if (focus) this.area.focus();
  }

  #setTextQuietly(text) {
    this.area.value = text;
    this.grow.dataset.value = text;
    this.count.textContent = "";
    this.textBox.classList.remove("filled");
  }

  #run(entry, options) {
    this.leaveCommand();
    this.app.emit("tried");
    return this.app.interactions.command(entry.base, {
      channel: this.app.router.channel,
      command_id: entry.command.id,
      options,
    });
  }
}

function escapeText(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
