// "Bad weather": what Discord sometimes does to a bot, at the push of a button; and how to connect a bot of one's own.

import { el } from "./dom.js";
import { openDialog } from "./dialog.js";
import { iconButton } from "./person.js";

const MESSAGES = String.raw`/channels/\d+/messages`;
const http = (status, code, more = {}) => ({
  action: "http",
  method: "POST",
  path: MESSAGES,
  status,
  code,
  times: 3,
  ...more,
});
const GATEWAY = [
  ["weatherDrop", { action: "drop" }],
  ["weatherReconnect", { action: "reconnect" }],
  ["weatherOutage", { action: "outage" }],
  ["weatherInvalid", { action: "invalidate", resumable: false }],
  ["weatherReplay", { action: "replay", last: 5 }],
];
const HTTP = [
  ["weather429", http(429, 0, { retry_after: 2 })],
  ["weather403", http(403, 50013)],
  ["weather500", http(500, 0)],
];

export function openWeather(app) {
  const said = el("p", { class: "weather-said", role: "status" });
  const button = ([key, fault], className = "button secondary") =>
    el(
      "button",
      {
        type: "button",
        class: className,
        onclick: async () => {
          const done = await app.try(() => app.api.fault(fault).then(() => true));
          said.textContent = done ? app.t("weatherDone", { what: app.t(key) }) : "";
        },
      },
      app.t(key),
    );
  const body = [
    el("p", {}, app.t("weatherIntro")),
    el("h3", {}, app.t("weatherGateway")),
    el(
      "div",
      { class: "weather-buttons" },
      GATEWAY.map((row) => button(row)),
    ),
    el("h3", {}, app.t("weatherHttp")),
    el(
      "div",
      { class: "weather-buttons" },
      HTTP.map((row) => button(row)),
    ),
    el("div", { class: "weather-buttons" }, button(["weatherClear", { action: "clear" }], "button success")),
    said,
    connect(app),
  ];
  openDialog(app, { title: app.t("badWeather"), className: "drawer", body });
}

function connect(app) {
  const { api_root: apiRoot, token } = app.world.connect ?? {};
  if (!apiRoot) return null;
  return el(
    "section",
    { class: "connect" },
    el("h3", {}, app.t("connectTitle")),
    el("p", {}, app.t("connectBody")),
    line(app, "EMPREINTE_DISCORD_API", apiRoot),
    line(app, "DISCORD_TOKEN", token),
  );
}

function line(app, name, value) {
  const text = `${name}=${value}`;
  return el(
    "div",
    { class: "copy-line" },
    el("code", { tabIndex: 0 }, text),
    iconButton("copy", `${app.t("copy")} : ${name}`, () => app.copy(text)),
  );
}
