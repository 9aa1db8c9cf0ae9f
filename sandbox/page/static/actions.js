// What one can do with a message: the buttons that appear over it, and its menu.

import { el } from "./dom.js";
import { confirmDialog } from "./dialog.js";
import { messageCommands } from "./commands.js";
import { isPrivate } from "./history.js";
import { openMenu } from "./menu.js";
import { isOwn } from "./message.js";
import { iconButton } from "./person.js";
import { QUICK, react } from "./reactions.js";

/** The buttons shown while a message has the pointer or the focus. */
export function toolbar(app, message) {
  const own = isOwn(app, message);
  const more = iconButton("more", app.t("more"), (event) => messageMenu(app, message, event.currentTarget));
  more.setAttribute("aria-haspopup", "menu");
  if (isPrivate(message)) return el("div", { class: "toolbar" }, more);
  const smile = iconButton("smile", app.t("react"), (event) =>
    openMenu(app.t("react"), [reactionRow(app, message)], event.currentTarget),
  );
  return el(
    "div",
    { class: "toolbar", role: "group", "aria-label": app.t("more") },
    smile,
    own
      ? iconButton("edit", app.t("edit"), () => app.emit("edit", message.id))
      : iconButton("reply", app.t("reply"), () => app.emit("reply", message)),
    more,
  );
}

/** The menu of a message, at the pointer ({x, y}) or beside a button. */
export function messageMenu(app, message, where) {
  const own = isOwn(app, message);
  const open = !isPrivate(message);
  openMenu(
    app.t("more"),
    [open && reactionRow(app, message), open && applications(app, message), basics(app, message, own, open)],
    where,
  );
}

function reactionRow(app, message) {
  const mine = new Set(
    (message.reactions ?? []).filter((reaction) => reaction.me).map((reaction) => reaction.emoji.name),
  );
  const items = QUICK.map((emoji) => ({
    label: emoji,
    name: app.t("reactWith", { emoji }),
    run: () => react(app, message, emoji, !mine.has(emoji)),
  }));
  return { row: true, items };
}

function applications(app, message) {
  const commands = messageCommands(app, message.channel_id);
  const items = commands.map(({ command, name }) => ({
    label: name,
    icon: "app",
    run: () => runOn(app, command, message),
  }));
  return { title: app.t("applications"), items: items.length ? items : [{ label: app.t("noApplication") }] };
}

function runOn(app, command, message) {
  return app.interactions.command(command.name, {
    channel: message.channel_id,
    command_id: command.id,
    options: [],
    target_id: message.id,
  });
}

function basics(app, message, own, open) {
  const items = [];
  if (open) items.push({ label: app.t("reply"), icon: "reply", run: () => app.emit("reply", message) });
  if (open) items.push({ label: app.t("forwardHere"), icon: "forward", run: () => forward(app, message) });
  if (message.content) items.push({ label: app.t("copyText"), icon: "copy", run: () => app.copy(message.content) });
  if (own) {
    items.push({ label: app.t("edit"), icon: "edit", run: () => app.emit("edit", message.id) });
    items.push({ label: app.t("remove"), icon: "trash", danger: true, run: () => remove(app, message) });
  }
  if (!open) items.push({ label: app.t("dismiss"), icon: "close", run: () => app.dismiss(message) });
  return { items };
}

function forward(app, message) {
  return app.try(() => app.api.forward(message, app.router.channel));
}

async function remove(app, message) {
  if (await confirmDialog(app, app.t("removeAsk"), app.t("remove"))) await app.try(() => app.api.remove(message));
}
