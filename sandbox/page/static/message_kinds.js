// What a message may hold besides text: a forwarded message, a poll, stickers.

import { el, icon } from "./dom.js";
import { componentsView } from "./components.js";
import { embedView } from "./embed.js";
import { markdown } from "./markdown_view.js";
import { attachmentView } from "./media.js";

/** The messages this one forwards, as they were then; null for none. */
export function forwardedView(app, message) {
  const snapshots = (message.message_snapshots ?? []).map((one) => one.message);
  if (snapshots.length === 0) return null;
  return snapshots.map((shown) =>
    el(
      "blockquote",
      { class: "forwarded" },
      el("div", { class: "forwarded-head" }, icon("forward"), app.t("forwarded")),
      shown.content ? el("div", { class: "md content" }, markdown(app, shown.content)) : null,
      (shown.embeds ?? []).map((embed) => embedView(app, embed, shown.attachments)),
      (shown.attachments ?? []).map((file) => attachmentView(app, file)),
      componentsView(app, { ...shown, channel_id: message.channel_id }),
    ),
  );
}

/** A poll's question and answers; votes are not counted here. */
export function pollView(app, message) {
  const { poll } = message;
  if (!poll) return null;
  const ends = app.language.date(new Date(poll.expiry), "f");
  return el(
    "section",
    { class: "poll", "aria-label": app.t("poll") },
    el("h3", {}, poll.question.text),
    el("p", { class: "poll-hint" }, app.t(poll.allow_multiselect ? "pollMany" : "pollOne")),
    el(
      "ul",
      {},
      poll.answers.map((answer) => el("li", {}, answer.poll_media.text)),
    ),
    el("p", { class: "poll-hint" }, app.t("pollEnds", { date: ends })),
  );
}

/** Stickers, by their names: there is no picture on loopback. */
export function stickersView(app, message) {
  return (message.sticker_items ?? []).map((one) =>
    el("div", { class: "sticker" }, app.t("sticker", { name: one.name })),
  );
}
