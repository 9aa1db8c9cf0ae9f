// Reaction chips under a message, and the few emoji one can add.

import { el } from "./dom.js";
import { emojiText } from "./select.js";

export const QUICK = ["👍", "❤️", "😂", "🌱", "🙏", "🎉", "👀"];

export function reactionsView(app, message) {
  const chips = (message.reactions ?? [])
    .filter((reaction) => reaction.count > 0)
    .map((reaction) => chip(app, message, reaction));
  return chips.length ? el("div", { class: "reactions" }, chips) : null;
}

function chip(app, message, reaction) {
  const emoji = emojiText(reaction.emoji);
  return el(
    "button",
    {
      type: "button",
      class: reaction.me ? "reaction mine" : "reaction",
      "aria-pressed": String(Boolean(reaction.me)),
      "aria-label": app.t("reactionOf", { emoji, n: reaction.count }),
      data: { key: `reaction-${emoji}` },
      onclick: () => react(app, message, emoji, !reaction.me),
    },
    el("span", {}, emoji),
    el("span", { class: "reaction-count" }, String(reaction.count)),
  );
}

export function react(app, message, emoji, on) {
  return app.try(() => app.api.react(message, emoji, on));
}
