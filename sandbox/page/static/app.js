// The page as one object handed to every part: the state, where one stands, and what can be done.
// Parts talk through its events: render (draw everything again), place, unread, compose, reply, edit, …

import { ApiError, createApi } from "./api.js";
import { InteractionSessions } from "./interaction_sessions.js";
import { History } from "./history.js";
import { Language, localeFor } from "./language.js";
import { listen } from "./page_socket.js";
import { openModal } from "./modal.js";
import { dmName } from "./sidebar.js";
import { World } from "./world.js";

export class App {
  #listeners = new Map();
  #liveListeners = new Map();
  #closeLive = null;
  #reading = Promise.resolve();

  constructor(router, notices) {
    Object.assign(this, { router, unread: new Set(), ...notices });
    this.api = createApi(() => ({ user: this.world.me, locale: this.language.locale }));
    this.history = new History(this.api, (channel) => channel === this.router.channel && this.emit("messages"));
    this.interactions = new InteractionSessions(this);
    this.#listenToWorld();
  }

  on(name, run) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), run]);
  }

  emit(name, detail) {
    for (const run of this.#listeners.get(name) ?? []) run(detail);
  }

  /** Run on an event of the live socket. */
  live(name, run) {
    this.#liveListeners.set(name, [...(this.#liveListeners.get(name) ?? []), run]);
  }

  t(key, values) {
    return this.language.t(key, values);
  }

  /** Read the state for a user (id or name) and show the page. */
  async start() {
    await this.#readState(() => this.router.user);
    this.#connect();
    await this.go(this.#startChannel(), false);
  }

  /** One reading after the other: news of the person left a moment ago must not overtake those of the next. */
  #readState(wanted) {
    const read = () => this.#readStateOf(wanted());
    this.#reading = this.#reading.then(read, read);
    return this.#reading;
  }

  async #readStateOf(wanted) {
    const state = await this.api.state(wanted).catch((error) => {
      if (error.code !== "unknown_user") throw error;
      return this.api.state(null); // somebody of another day's sandbox
    });
    this.world = new World(state);
    this.#setLanguageObject();
  }

  #setLanguageObject() {
    this.language = new Language(this.router.lang, localeFor(this.router.lang, this.world.user(this.world.me)?.locale));
    document.documentElement.lang = this.router.lang;
    document.title = this.t("title", { bot: this.world.bot.global_name });
  }

  #startChannel() {
    const wanted = this.router.channel;
    if (this.world.channel(wanted)) return wanted;
    for (const [id, { channel }] of this.world.byChannel) if (wanted && channel.name === wanted) return id;
    return this.#firstChannel();
  }

  #firstChannel() {
    const guild = this.world.guilds.find((one) => one.bot_member) ?? this.world.guilds[0];
    return (guild && this.world.textChannels(guild)[0]?.id) ?? this.world.dms[0]?.id;
  }

  /** Show a channel. */
  async go(channel, push = true) {
    this.unread.delete(channel);
    this.router.set({ channel, user: this.world.user(this.world.me).username }, push);
    this.closePanels();
    this.emit("place");
    this.emit("render");
    if (matchMedia("(hover: hover)").matches) this.emit("focusComposer");
    await this.try(() => this.history.open(channel));
  }

  placeName(withSign = true) {
    const channel = this.world.channel(this.router.channel);
    if (!channel) return "";
    if (this.world.isDm(channel)) return dmName(this, channel);
    return withSign ? `#${channel.name}` : channel.name;
  }

  async actAs(user) {
    const theirs = user.locale?.startsWith("fr") ? "fr" : "en";
    this.router.set({ user: user.username, lang: this.router.langChosen ? this.router.lang : theirs });
    await this.try(() => this.#reload());
    this.#connect();
  }

  setLanguage(lang) {
    this.router.chooseLanguage(lang);
    this.#setLanguageObject();
    this.emit("place");
    this.emit("render");
  }

  setTheme(theme) {
    this.router.set({ theme });
    this.showTheme();
    this.emit("render");
  }

  showTheme() {
    document.documentElement.dataset.theme = this.router.shownTheme;
  }

  /** Open or close a side panel: "channels" or "people". */
  toggle(name) {
    const { dataset } = document.body;
    const open = dataset[name] === "open";
    this.closePanels();
    if (!open) dataset[name] = "open";
    this.emit("render");
  }

  closePanels() {
    delete document.body.dataset.channels;
    delete document.body.dataset.people;
  }

  #connect() {
    this.#closeLive?.();
    this.#closeLive = listen(this.world.me, {
      event: ({ t, d }) => (this.#liveListeners.get(t) ?? []).forEach((run) => run(d)),
      lost: () => this.lasting(this.t("reconnecting")),
      back: async () => {
        this.lasting(null);
        this.notice(this.t("reconnected"));
        await this.try(() => this.#reload());
      },
    });
  }

  /** Read everything again: after a lost connection, or as somebody else. */
  async #reload() {
    await this.#readState(() => this.router.user);
    this.history.clear();
    await this.go(this.world.channel(this.router.channel) ? this.router.channel : this.#firstChannel(), false);
  }

  #listenToWorld() {
    this.live("message_create", (message) => this.#onMessage(message));
    this.live("message_update", (message) => this.history.find(message.id) && this.history.upsert(message));
    this.live("message_delete", ({ id, channel_id: channel }) => this.history.remove(channel, id));
    this.live("reaction", (d) => this.history.patch(d.channel_id, d.message_id, { reactions: d.reactions }));
    this.live("commands", (commands) => this.#change(() => (this.world.commands = commands)));
    this.live("bot", ({ online }) => this.#change(() => (this.world.bot.online = online)));
    this.live("modal", ({ call, modal }) => openModal(this, call, modal));
    this.live("channels", () => this.try(() => this.#onChannels()));
  }

  /** Channels or servers came or went, maybe the one shown. */
  async #onChannels() {
    await this.#readState(() => this.router.user);
    if (this.world.channel(this.router.channel)) this.emit("render");
    else await this.go(this.#firstChannel(), false);
  }

  #change(change) {
    change();
    this.emit("render");
  }

  #onMessage(message) {
    const here = message.channel_id === this.router.channel;
    if (here || this.history.of(message.channel_id).loaded) this.history.upsert(message);
    if (!here && message.author.id !== this.world.me) {
      this.unread.add(message.channel_id);
      this.emit("unread");
    }
    if (here) this.emit("arrived", message);
  }

  /** Take a private answer (or a row of the page's own) away. */
  async dismiss(message) {
    this.history.remove(message.channel_id, message.id);
    if (!message.local) await this.try(() => this.api.dismiss(message));
    this.emit("focusComposer");
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.notice(this.t("copied"));
    } catch (error) {
      this.notice(this.t("failed", { reason: error.message }), "bad");
    }
  }

  /** Do something over HTTP; a refusal is said and gives undefined. */
  async try(run) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.fail(error);
    }
  }

  fail(error) {
    this.notice(this.t("failed", { reason: this.reason(error) }), "bad");
  }

  reason(error) {
    const key = `reason_${error.code}`;
    return this.language.knows(key) ? this.t(key) : this.t("reason_other", { code: error.code });
  }
}
