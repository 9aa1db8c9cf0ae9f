// The bar above the messages: where one is, whether the bot is there, and the buttons of the side panels.

import { el, fill, icon } from "./dom.js";
import { avatar, iconButton } from "./person.js";
import { openFaults } from "./faults.js";
import { THREADS } from "./world.js";

export function mountHeader(app, root) {
  app.on("render", () => {
    const channel = app.world.channel(app.router.channel);
    if (!channel) return;
    const dm = app.world.isDm(channel);
    const sign = icon(dm ? "at" : THREADS.includes(channel.type) ? "thread" : channel.hidden ? "lock" : "hash");
    const panels = document.body.dataset;
    const toggle = (name, key, symbol) => {
      const button = iconButton(symbol, app.t(key), () => app.toggle(name), `icon-button toggle-${name}`);
      button.setAttribute("aria-expanded", String(panels[name] === "open"));
      return button;
    };
    fill(
      root,
      toggle("channels", "showChannels", "menu"),
      el("h2", { class: "place-name" }, sign, el("span", {}, app.placeName(false))),
      channel.topic ? el("p", { class: "topic", title: channel.topic }, channel.topic) : null,
      el(
        "span",
        { class: "header-end" },
        botState(app),
        iconButton("weather", app.t("faults"), () => openFaults(app)),
        toggle("people", "showMembers", "people"),
      ),
    );
  });
}

function botState(app) {
  const online = Boolean(app.world.bot?.online);
  const words = app.t(online ? "botOnline" : "botOffline");
  return el(
    "span",
    { class: online ? "bot-state on" : "bot-state", role: "status", title: words },
    app.world.bot ? avatar(app.world.bot, "avatar tiny", true) : null,
    el("span", { class: "bot-state-words" }, app.t(online ? "online" : "offline")),
    el("span", { class: "hidden" }, words),
    el("i", { class: online ? "presence on" : "presence" }),
  );
}
