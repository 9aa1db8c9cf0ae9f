// What is known of each channel's messages, kept in order. Rows of the page's own (a command on its way) lie among them.

const PAGE = 50;
const RUN_MS = 7 * 60 * 1000;
const PLAIN_TYPES = [0];

export class History {
  /** `api.messages` reads pages; `changed(channelId)` is told after every change. */
  constructor(api, changed) {
    this.api = api;
    this.changed = changed;
    this.channels = new Map();
  }

  of(channelId) {
    if (!this.channels.has(channelId)) {
      this.channels.set(channelId, { messages: [], complete: false, loaded: false, loading: false });
    }
    return this.channels.get(channelId);
  }

  /** Read the newest page, unless it is there already. */
  async open(channelId) {
    const channel = this.of(channelId);
    if (!channel.loaded) await this.#read(channelId, null);
  }

  async older(channelId) {
    const channel = this.of(channelId);
    const first = channel.messages.find((message) => !message.local);
    if (channel.loaded && !channel.complete && first) await this.#read(channelId, first.id);
  }

  async #read(channelId, before) {
    const channel = this.of(channelId);
    if (channel.loading) return;
    channel.loading = true;
    try {
      const page = await this.api.messages(channelId, before, PAGE);
      const known = new Set(channel.messages.map((message) => message.id));
      channel.messages = [...channel.messages, ...page.filter((message) => !known.has(message.id))].sort(inOrder);
      channel.complete = page.length < PAGE;
      channel.loaded = true;
    } finally {
      channel.loading = false;
    }
    this.changed(channelId);
  }

  /** Add a message or put its new version in place of the old one. */
  upsert(message) {
    const channel = this.of(message.channel_id);
    const at = channel.messages.findIndex((known) => known.id === message.id);
    if (at >= 0) channel.messages[at] = { ...message, reactions: message.reactions ?? channel.messages[at].reactions };
    else channel.messages = [...channel.messages, message].sort(inOrder);
    this.changed(message.channel_id);
  }

  /** Change fields of one message, if it is known. */
  patch(channelId, id, fields) {
    const channel = this.of(channelId);
    const at = channel.messages.findIndex((known) => known.id === id);
    if (at < 0) return;
    channel.messages[at] = { ...channel.messages[at], ...fields };
    this.changed(channelId);
  }

  remove(channelId, id) {
    const channel = this.of(channelId);
    channel.messages = channel.messages.filter((message) => message.id !== id);
    this.changed(channelId);
  }

  find(id) {
    for (const { messages } of this.channels.values()) {
      const found = messages.find((message) => message.id === id);
      if (found) return found;
    }
    return null;
  }

  /** Forget everything: after a lost connection or another person at the keyboard. */
  clear() {
    this.channels.clear();
  }
}

/** Snowflakes grow with time; longer means later. */
export function inOrder(a, b) {
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/** Whether a message continues the run of the one before: same author, soon after, nothing to say above it. */
export function continues(message, before) {
  if (!before || message.author.id !== before.author.id) return false;
  if (message.local) return false;
  const plain = PLAIN_TYPES.includes(message.type) && !interactionOf(message);
  if (!plain && !isFollowUp(message, before)) return false;
  if (isPrivate(message) !== isPrivate(before) || !sameDay(message, before)) return false;
  return new Date(message.timestamp) - new Date(before.timestamp) < RUN_MS;
}

/** A further answer to the interaction the message before answers. */
function isFollowUp(message, before) {
  return Boolean(interactionOf(message)) && interactionOf(message) === interactionOf(before);
}

function interactionOf(message) {
  return (message.interaction_metadata ?? message.interaction)?.id ?? null;
}

export function sameDay(a, b) {
  return new Date(a.timestamp).toDateString() === new Date(b.timestamp).toDateString();
}

export function isPrivate(message) {
  return ((message.flags ?? 0) & 64) !== 0 || Boolean(message.ephemeral_for);
}
