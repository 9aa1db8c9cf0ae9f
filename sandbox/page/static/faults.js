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
  ["faultDrop", { action: "drop" }],
  ["faultReconnect", { action: "reconnect" }],
  ["faultOutage", { action: "outage" }],
  ["faultInvalid", { action: "invalidate", resumable: false }],
  ["faultReplay", { action: "replay", last: 5 }],
];
const HTTP = [
  ["fault429", http(429, 0, { retry_after: 2 })],
  ["fault403", http(403, 50013)],
  ["fault500", http(500, 0)],
];

export function openFaults(app) {
  const said = el("p", { class: "faults-said", role: "status" });
  const button = ([key, fault], className = "button secondary") =>
    el(
      "button",
      {
        type: "button",
        class: className,
        onclick: async () => {
          const done = await app.try(() => app.api.fault(fault).then(() => true));
          said.textContent = done ? app.t("faultDone", { what: app.t(key) }) : "";
        },
      },
      app.t(key),
    );
  const body = [
    el("p", {}, app.t("faultIntro")),
    el("h3", {}, app.t("faultGateway")),
    el(
      "div",
      { class: "faults-buttons" },
      GATEWAY.map((row) => button(row)),
    ),
    el("h3", {}, app.t("faultHttp")),
    el(
      "div",
      { class: "faults-buttons" },
      HTTP.map((row) => button(row)),
    ),
    el("div", { class: "faults-buttons" }, button(["faultClear", { action: "clear" }], "button success")),
    said,
    connect(app),
  ];
  openDialog(app, { title: app.t("faults"), className: "drawer", body });
}

function connect(app) {
  const { api_root: apiRoot, api_variable: apiName, token, token_variable: tokenName } = app.world.connect ?? {};
  if (!apiRoot) return null;
  return el(
    "section",
    { class: "connect" },
    el("h3", {}, app.t("connectTitle")),
    el("p", {}, app.t("connectBody")),
    line(app, apiName, apiRoot),
    line(app, tokenName, token),
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
