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
  ["faultHtml", { action: "html", path: MESSAGES, status: 502, times: 3 }],
];
const COMMANDS = [
  ["faultCommandsCleared", { action: "clear_commands" }],
  ["faultCommandsRefused", { action: "refuse_commands", status: 429, retry_after: 600 }],
];

/** What can happen to the server one looks at: each row is what it says and what it asks for. */
function serverFaults(guild) {
  const at = (key, more) => [key, { guild: guild.id, ...more }];
  return [
    at("faultServerOutage", { action: "guild_outage" }),
    at("faultServerBack", { action: "guild_outage", on: false }),
    at("faultServerLate", { action: "guild_late", seconds: 8 }),
    at("faultBotRemoved", { action: "remove_bot" }),
    at("faultBotInvited", { action: "invite_bot" }),
    at("faultCommandsOnly", { action: "authorize_commands" }),
    at("faultHiddenChannel", { action: "hidden_channel" }),
  ];
}

export function openFaults(app) {
  const said = el("p", { class: "faults-said", role: "status" });
  const guild = app.world.guildOf(app.router.channel);
  const button = ([key, fault], className = "button secondary") =>
    el(
      "button",
      {
        type: "button",
        class: className,
        onclick: async () => {
          const ask = typeof fault === "function" ? fault() : app.api.fault(fault);
          const done = await app.try(() => ask.then(() => true));
          said.textContent = done ? app.t("faultDone", { what: app.t(key) }) : "";
        },
      },
      app.t(key),
    );
  const group = (title, rows) => [
    el("h3", {}, title),
    el(
      "div",
      { class: "faults-buttons" },
      rows.map((row) => button(row)),
    ),
  ];
  const body = [
    el("p", {}, app.t("faultIntro")),
    group(app.t("faultGateway"), GATEWAY),
    group(app.t("faultHttp"), HTTP),
    group(app.t("commands"), COMMANDS),
    group(app.t("messages"), [["samplePoll", () => postPoll(app)]]),
    guild ? group(app.t("faultServer", { name: guild.name }), serverFaults(guild)) : null,
    el("div", { class: "faults-buttons" }, button(["faultClear", { action: "clear" }], "button success")),
    said,
    connect(app),
  ];
  openDialog(app, { title: app.t("faults"), className: "drawer", body });
}

function postPoll(app) {
  const answers = app.t("samplePollAnswers").split(" | ");
  return app.api.poll(app.router.channel, app.t("samplePollQuestion"), answers);
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
