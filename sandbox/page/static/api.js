// The sandbox's page interface over HTTP.

/** An answer other than 2xx, or none at all (`code` "unreachable"). */
export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function call(method, path, body) {
  const options = { method, headers: body ? { "Content-Type": "application/json" } : {} };
  if (body) options.body = JSON.stringify(body);
  let response;
  try {
    response = await fetch(`/sandbox/api/${path}`, options);
  } catch {
    throw new ApiError("unreachable", "");
  }
  const data = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(data?.error ?? String(response.status), data?.message ?? response.statusText);
  return data;
}

/** The requests, bound to the acting user: `who()` gives {user, locale} at the moment of the call. */
export function createApi(who) {
  const post = (path, body) => call("POST", path, { user: who().user, ...body });
  const interaction = (path, body) => post(path, { locale: who().locale, ...body });
  return {
    state: (user) => call("GET", user ? `state?user=${encodeURIComponent(user)}` : "state"),
    messages: (channel, before = null, limit = 50) => {
      const query = new URLSearchParams({ user: who().user, channel, limit });
      if (before) query.set("before", before);
      return call("GET", `messages?${query}`);
    },
    say: (channel, content, replyTo) => post("messages", { channel, content, ...(replyTo && { reply_to: replyTo }) }),
    forward: (message, channel) => post("forward", { channel, from: message.channel_id, message: message.id }),
    poll: (channel, question, answers) => post("poll", { channel, question, answers }),
    edit: (message, content) =>
      call("PATCH", `messages/${message.channel_id}/${message.id}`, { user: who().user, content }),
    remove: (message) => call("DELETE", `messages/${message.channel_id}/${message.id}`, { user: who().user }),
    react: (message, emoji, on) =>
      call("PUT", "reactions", { user: who().user, channel: message.channel_id, message: message.id, emoji, on }),
    command: (body) => interaction("command", body),
    autocomplete: (body) => interaction("autocomplete", body),
    component: (body) => interaction("component", body),
    modal: (body) => interaction("modal", body),
    dismiss: (message) => post("dismiss", { message: message.id }),
    fault: (body) => call("POST", "faults", body),
  };
}
