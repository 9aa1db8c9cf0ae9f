// The left side: servers, then the channels and threads of the one shown, or the direct messages.

import { el, fill, icon } from "./dom.js";
import { avatar, initials } from "./person.js";
import { CATEGORY, byPosition, nameOf } from "./world.js";

export function mountSidebar(app, rail, list) {
  const render = () => {
    renderRail(app, rail);
    renderChannels(app, list);
  };
  app.on("render", render);
  app.on("unread", render);
}

function renderRail(app, rail) {
  const guild = app.world.guildOf(app.router.channel);
  const home = railButton(app, {
    label: app.t("directMessages"),
    text: icon("at"),
    current: !guild,
    unread: app.world.dms.some((dm) => app.unread.has(dm.id)),
    go: app.world.dms[0]?.id,
  });
  const servers = app.world.guilds.map((one) => {
    const places = [...app.world.textChannels(one), ...(one.threads ?? [])];
    return railButton(app, {
      label: one.name,
      text: initials(one.name),
      current: one === guild,
      unread: places.some((place) => app.unread.has(place.id)),
      go: places[0]?.id,
    });
  });
  fill(rail, home, el("hr"), servers);
}

function railButton(app, { label, text, current, unread, go }) {
  const words = unread ? `${label} (${app.t("unread")})` : label;
  return el(
    "button",
    {
      type: "button",
      class: unread ? "rail-button unread" : "rail-button",
      "aria-label": words,
      title: label,
      "aria-current": current ? "true" : null,
      disabled: !go,
      onclick: () => app.go(go),
    },
    text,
  );
}

function renderChannels(app, list) {
  const guild = app.world.guildOf(app.router.channel);
  const title = guild?.name ?? app.t("directMessages");
  const body = guild ? guildChannels(app, guild) : app.world.dms.map((dm) => dmItem(app, dm));
  fill(
    list,
    el("h1", { class: "side-title" }, title),
    el(
      "div",
      { class: "side-scroll" },
      guildNote(app, guild),
      el("ul", { class: "channels" }, body),
    ),
  );
}

/** What is unusual about the bot's place in a server. */
function guildNote(app, guild) {
  const key = guild?.unavailable
    ? "guildOutage"
    : guild && !guild.bot_member
      ? guild.commands_authorized
        ? "commandsOnly"
        : "withoutBot"
      : null;
  return key ? el("p", { class: "side-note" }, app.t(key)) : null;
}

/** Channels outside any category first, then each category with its own. */
function guildChannels(app, guild) {
  const text = app.world.textChannels(guild);
  const categories = guild.channels.filter((channel) => channel.type === CATEGORY).sort(byPosition);
  const known = new Set(categories.map((category) => category.id));
  const loose = text.filter((channel) => !known.has(channel.parent_id));
  const within = (category) => text.filter((channel) => channel.parent_id === category.id);
  const items = (channels) =>
    channels.flatMap((channel) => [channelItem(app, channel, channel.hidden ? "lock" : "hash"), ...threadsOf(app, guild, channel)]);
  return [
    items(loose),
    categories.map((category) =>
      el("li", { class: "category" }, el("h2", {}, category.name), el("ul", {}, items(within(category)))),
    ),
  ];
}

function threadsOf(app, guild, channel) {
  return (guild.threads ?? [])
    .filter((thread) => thread.parent_id === channel.id)
    .map((thread) => channelItem(app, thread, "thread"));
}

function channelItem(app, channel, sign) {
  const className = sign === "thread" ? "channel nested" : "channel";
  return placeItem(app, channel, icon(sign), channel.name, className, channel.hidden ? app.t("hiddenChannel") : "");
}

function dmItem(app, dm) {
  return placeItem(app, dm, dmPicture(app, dm), dmName(app, dm), "channel dm");
}

function placeItem(app, channel, picture, name, className, note = "") {
  const unread = app.unread.has(channel.id);
  const current = channel.id === app.router.channel;
  const notes = [note, unread ? app.t("unread") : ""].filter(Boolean);
  const words = notes.map((one) => el("span", { class: "hidden" }, `(${one})`));
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: unread ? `${className} unread` : className,
        "aria-current": current ? "page" : null,
        onclick: () => app.go(channel.id),
      },
      picture,
      el("span", { class: "channel-name" }, name),
      words,
    ),
  );
}

function others(app, dm) {
  return (dm.recipients ?? [])
    .map((one) => app.world.user(one.id ?? one))
    .filter((user) => user && user.id !== app.world.me);
}

function dmPicture(app, dm) {
  const [other] = others(app, dm);
  return other ? avatar(other, "avatar small", other.id === app.world.bot?.id) : icon("at");
}

export function dmName(app, dm) {
  return dm.name || others(app, dm).map(nameOf).join(", ") || app.t("privateGroup");
}
