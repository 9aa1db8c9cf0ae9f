// One message: who, when, in answer to what, its text, embeds, files, components and reactions.

import { el, icon } from "./dom.js";
import { toolbar } from "./actions.js";
import { ON_MESSAGE, SLASH, shownName } from "./commands.js";
import { componentsView } from "./components.js";
import { embedView } from "./embed.js";
import { isPrivate } from "./history.js";
import { onlyEmoji } from "./markdown.js";
import { markdown, markdownLine } from "./markdown_view.js";
import { attachmentView } from "./media.js";
import { appTag, avatar, personName } from "./person.js";
import { forwardedView, pollView, stickersView } from "./message_kinds.js";
import { reactionsView } from "./reactions.js";
import { nameOf } from "./world.js";

const REPLY = 19;
const CONTEXT_ANSWER = 23;
const COMMAND_ANSWERS = [20, CONTEXT_ANSWER];
const EDITABLE = [0, REPLY];
const SYSTEM = {
  6: (app, message) => app.t("pinned", { name: nameOf(message.author) }),
  7: (app, message) => app.t("joined", { name: nameOf(message.author) }),
  18: (app, message) => app.t("threadStarted", { name: nameOf(message.author), thread: message.content }),
};

/** The list item of a message; `compact` leaves out the author, `editor` takes the place of the text. */
export function messageView(app, message, { compact, editor }) {
  if (SYSTEM[message.type]) return systemView(app, message);
  const author = app.world.user(message.author.id) ?? message.author;
  const date = new Date(message.timestamp);
  const when = app.language.when(date);
  const classes = [
    "message",
    compact && "compact",
    isPrivate(message) && "private",
    mentionsMe(app, message) && "mentioned",
  ];
  const side = compact
    ? el(
        "time",
        { class: "side-time", datetime: date.toISOString(), "aria-hidden": "true" },
        app.language.date(date, "t"),
      )
    : avatar(author, "avatar", author.id === app.world.bot?.id);
  const head = el(
    "div",
    { class: "message-head" },
    personName(app, author),
    author.bot ? appTag(app) : null,
    el("time", { datetime: date.toISOString(), title: app.language.date(date, "F") }, when),
  );
  return el(
    "li",
    {
      class: classes.filter(Boolean).join(" "),
      tabIndex: -1,
      data: { id: message.id, author: author.id },
      "aria-label": summary(app, message),
    },
    message.local || editor ? null : toolbar(app, message),
    compact ? null : above(app, message),
    el(
      "div",
      { class: "message-row" },
      side,
      el("div", { class: "message-body" }, compact ? null : head, editor ?? body(app, message)),
    ),
  );
}

/** What a screen reader says of it. */
export function summary(app, message) {
  const text =
    message.content ||
    message.embeds?.map((embed) => embed.title || embed.description).find(Boolean) ||
    message.message_snapshots?.map((one) => one.message.content).find(Boolean) ||
    message.poll?.question.text ||
    app.t("attachmentOnly");
  return app.t("justAdded", { name: nameOf(message.author), text: text.slice(0, 200) });
}

function systemView(app, message) {
  return el(
    "li",
    { class: "message system", tabIndex: -1, data: { id: message.id } },
    el(
      "div",
      { class: "message-row" },
      el("span", { class: "system-mark" }, icon("down")),
      el("div", {}, SYSTEM[message.type](app, message)),
    ),
  );
}

function body(app, message) {
  if (message.local === "sending") return waiting(app.t("sending"));
  if (message.local === "failed")
    return [el("div", { class: "no-response" }, app.t("noResponse")), privateNote(app, message)];
  if (isPending(message))
    return [waiting(app.t("thinking", { name: nameOf(message.author) })), privateNote(app, message)];
  return [
    text(app, message),
    forwardedView(app, message),
    pollView(app, message),
    stickersView(app, message),
    (message.embeds ?? []).map((embed) => embedView(app, embed, message.attachments)),
    files(app, message),
    componentsView(app, message),
    reactionsView(app, message),
    privateNote(app, message),
  ];
}

export function isPending(message) {
  return Boolean(message.pending) || ((message.flags ?? 0) & 128) !== 0;
}

function waiting(words) {
  return el(
    "div",
    { class: "waiting" },
    el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    words,
  );
}

function text(app, message) {
  const edited = message.edited_timestamp
    ? el(
        "span",
        { class: "edited", title: app.language.date(new Date(message.edited_timestamp), "F") },
        ` ${app.t("edited")}`,
      )
    : null;
  if (!message.content) return edited && !message.embeds?.length && !message.components?.length ? edited : null;
  return el(
    "div",
    { class: onlyEmoji(message.content) ? "md content jumbo" : "md content" },
    markdown(app, message.content),
    edited,
  );
}

/** Files that no embed or layout shows already. */
function files(app, message) {
  const shown = JSON.stringify([message.embeds ?? [], message.components ?? []]);
  const left = (message.attachments ?? []).filter(
    (file) => !shown.includes(`attachment://${file.filename}"`) && !shown.includes(`${file.url.split("?")[0]}`),
  );
  return left.length
    ? el(
        "div",
        { class: "attachments" },
        left.map((file) => attachmentView(app, file)),
      )
    : null;
}

function privateNote(app, message) {
  if (!isPrivate(message)) return null;
  const dismiss = el(
    "button",
    { type: "button", class: "link-button", onclick: () => app.dismiss(message) },
    app.t("dismiss"),
  );
  return el("div", { class: "private-note" }, icon("eye"), app.t("onlyYou"), " · ", dismiss);
}

function above(app, message) {
  const used = usedLine(app, message);
  if (used) return used;
  if (message.type !== REPLY && !message.referenced_message) return null;
  // Absent is not null: Discord leaves the original out where it didn't look it up, and says null where it is gone.
  const original =
    message.referenced_message === undefined
      ? app.history.find(message.message_reference?.message_id)
      : message.referenced_message;
  return original || message.referenced_message === null ? replyLine(app, original) : null;
}

function usedLine(app, message) {
  const { name, user } = message.interaction ?? message.interaction_metadata ?? {};
  if (!COMMAND_ANSWERS.includes(message.type) || !name || !user) return null;
  const onMessage = message.type === CONTEXT_ANSWER;
  const shown = shownName(app, name, onMessage ? ON_MESSAGE : SLASH);
  const command = el("span", { class: "used-command" }, onMessage ? [icon("app"), shown] : `/${shown}`);
  const known = app.world.user(user.id) ?? user;
  const [before, after = ""] = app.t("used", { user: "\u0000" }).split("\u0000");
  return el(
    "div",
    { class: "above" },
    el("span", { class: "elbow" }),
    before,
    avatar(known, "avatar tiny"),
    personName(app, known),
    after,
    " ",
    command,
  );
}

function replyLine(app, original) {
  const elbow = el("span", { class: "elbow" });
  if (!original) return el("div", { class: "above" }, elbow, el("em", {}, app.t("repliedGone")));
  const author = app.world.user(original.author.id) ?? original.author;
  const quote = original.content
    ? markdownLine(app, original.content.split("\n", 1)[0].slice(0, 160))
    : el("em", {}, app.t("repliedFile"));
  const jump = el(
    "button",
    { type: "button", class: "quoted", onclick: () => app.emit("reveal", original.id) },
    personName(app, author),
    el("span", { class: "quoted-text", inert: true }, quote),
  );
  return el("div", { class: "above" }, elbow, avatar(author, "avatar tiny", author.id === app.world.bot?.id), jump);
}

function mentionsMe(app, message) {
  return message.mentions?.some((user) => user.id === app.world.me) || message.mention_everyone;
}

/** Own messages can be edited and deleted; answers to commands belong to the bot. */
export function isOwn(app, message) {
  return message.author.id === app.world.me && EDITABLE.includes(message.type);
}
