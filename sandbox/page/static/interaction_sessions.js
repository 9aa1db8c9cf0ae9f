// Interactions on their way: sent, waiting, answered, or never answered within Discord's three seconds.

import { ApiError } from "./api.js";

const DISCORD_EPOCH = 1420070400000n;
const PRIVATE = 64;
const QUIET_AFTER = 3500;

export class InteractionSessions {
  constructor(app) {
    this.app = app;
    this.waiting = new Map(); // call id -> {failed(), done()}
    this.early = new Map(); // outcomes told before the call's own HTTP answer came
    app.live("message_create", (message) => this.#settle(message.interaction_call, "done"));
    app.live("message_update", (message) => this.#settle(message.interaction_call, "done"));
    app.live("modal", ({ call }) => this.#settle(call, "done"));
    app.live("call_failed", ({ call }) => this.#settle(call, "failed"));
  }

  /** Run a command; a row in the channel says that it is on its way. `name` is its base name. */
  async command(name, body) {
    const row = this.#row(name, body);
    this.app.history.upsert(row);
    const remove = () => this.app.history.remove(row.channel_id, row.id);
    const failed = () => this.app.history.patch(row.channel_id, row.id, { local: "failed", flags: PRIVATE });
    await this.#track(() => this.app.api.command(body), { done: remove, failed }, remove);
  }

  async component(message, component, values) {
    const mark = (fields) => this.app.history.patch(message.channel_id, message.id, fields);
    const body = {
      channel: message.channel_id,
      message: message.id,
      custom_id: component.custom_id,
      component_type: component.type,
    };
    if (values) body.values = values;
    mark({ busy: component.custom_id, failed: false });
    const quiet = setTimeout(() => mark({ busy: null }), QUIET_AFTER);
    const over = (fields) => {
      clearTimeout(quiet);
      mark(fields);
    };
    const outcome = { done: () => over({ busy: null }), failed: () => over({ busy: null, failed: true }) };
    await this.#track(() => this.app.api.component(body), outcome, outcome.done);
  }

  /** Submit a bot's modal. Throws ApiError where it was refused, so that the dialog can stay open. */
  async modal(call, components) {
    const answer = await this.app.api.modal({ call, components });
    this.waiting.set(answer.call, { done() {}, failed: () => this.app.notice(this.app.t("noResponse"), "bad") });
  }

  async #track(send, outcome, undo) {
    try {
      const { call } = await send();
      const early = this.early.get(call);
      if (early) outcome[early]();
      else this.waiting.set(call, outcome);
    } catch (error) {
      undo();
      if (!(error instanceof ApiError)) throw error;
      this.app.fail(error);
    }
  }

  #settle(call, how) {
    if (!call) return;
    const outcome = this.waiting.get(call);
    this.waiting.delete(call);
    if (outcome) outcome[how]();
    else this.#rememberEarly(call, how);
  }

  #rememberEarly(call, how) {
    this.early.set(call, how);
    if (this.early.size > 50) this.early.delete(this.early.keys().next().value);
  }

  #row(name, body) {
    const now = BigInt(Date.now());
    return {
      id: String(((now - DISCORD_EPOCH) << 22n) + 4194303n),
      channel_id: body.channel,
      type: body.target_id ? 23 : 20,
      local: "sending",
      flags: 0,
      author: { ...this.app.world.bot, bot: true },
      timestamp: new Date(Number(now)).toISOString(),
      content: "",
      interaction: { name, user: this.app.world.user(this.app.world.me) },
    };
  }
}
