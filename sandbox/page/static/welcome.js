// The first words a newcomer reads: what this is, what to try; and the head of each channel's history.

import { el, fill } from "./dom.js";
import { ON_MESSAGE, SLASH, shownName } from "./commands.js";
import { remember, remembered } from "./router.js";
import { iconButton } from "./person.js";

/** The hint of the first visit; once dismissed, or a command tried, it stays away. */
export function mountHint(app, root) {
  const leave = () => {
    remember("welcomed", "1");
    show();
  };
  const show = () => {
    root.hidden = remembered("welcomed") === "1";
    if (root.hidden) return root.replaceChildren();
    const dismiss = () => {
      leave();
      app.emit("focusComposer");
    };
    fill(
      root,
      el("div", { class: "hint-text" }, el("strong", {}, app.t("hintTitle")), el("p", {}, app.t("hintBody"))),
      el(
        "div",
        { class: "hint-try" },
        tryCommand(app, firstCommand(app)),
        tryMenu(app, firstOf(app, ON_MESSAGE)),
      ),
      iconButton("close", app.t("hintDismiss"), dismiss),
    );
  };
  app.on("render", show);
  app.on("tried", leave);
}

const firstOf = (app, type) => app.world.commands.find((command) => (command.type ?? SLASH) === type)?.name;

/** What the bot's host suggests trying, else the first command there is. */
function firstCommand(app) {
  const suggested = app.world.bot.first_command;
  const known = app.world.commands.some((command) => command.name === suggested);
  return known ? suggested : firstOf(app, SLASH);
}

function tryCommand(app, command) {
  if (!command) return null;
  return el(
    "button",
    { type: "button", class: "button primary small", onclick: () => app.emit("compose", { command }) },
    app.t("hintCommand", { name: shownName(app, command) }),
  );
}

function tryMenu(app, name) {
  return name ? el("span", {}, app.t("hintMenu", { name })) : null;
}

/** What stands above the first message of a channel. */
export function channelStart(app, channelId) {
  const channel = app.world.channel(channelId);
  if (!channel) return null;
  const isDm = app.world.isDm(channel);
  const title = isDm ? app.placeName() : app.t("channelStart", { place: app.placeName() });
  const detail =
    channel.topic || (isDm ? app.t("dmStartDetail", { name: app.placeName() }) : app.t("channelStartDetail"));
  return el("div", { class: "channel-start" }, el("h2", {}, title), el("p", {}, detail));
}
