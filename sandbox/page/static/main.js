// Start: the parts take their places in the page, then the state is read and shown.

import { App } from "./app.js";
import { Composer } from "./composer.js";
import { mountHeader } from "./header.js";
import { isOwn, isPending, summary } from "./message.js";
import { mountNotices } from "./notice.js";
import { listenForSwitches, mountMe, mountPeople } from "./people.js";
import { Router } from "./router.js";
import { mountSidebar } from "./sidebar.js";
import { Timeline } from "./timeline.js";
import { mountTyping } from "./typing.js";
import { mountHint } from "./welcome.js";

const part = (id) => document.getElementById(id);
const app = new App(new Router(), mountNotices(part("toasts"), part("live")));

app.showTheme();
matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
  app.showTheme();
  if (app.world) app.emit("render");
});

mountSidebar(app, part("rail"), part("channels"));
mountMe(app, part("me"));
mountHeader(app, part("header"));
mountHint(app, part("hint"));
mountPeople(app, part("people"));
listenForSwitches(app);
mountTyping(app, part("typing"));
const timeline = new Timeline(app, part("timeline"));
new Composer(app, part("composer"));

app.on("render", nameTheParts);
app.on("place", () => timeline.show(app.router.channel));
app.on("render", () => timeline.redraw());
app.on("messages", () => timeline.sync());
app.on("arrived", (message) => {
  if (!isPending(message) && message.author.id !== app.world.me) app.announce(summary(app, message));
  if (message.author.id === app.world.me) timeline.toBottom(false);
});
app.on("editLast", () => {
  const last = app.history.of(app.router.channel).messages.findLast((message) => isOwn(app, message));
  if (last) timeline.edit(last.id);
});

addEventListener("popstate", () => {
  const { channel } = Object.fromEntries(new URLSearchParams(location.search));
  if (app.world?.channel(channel)) app.go(channel, false);
});
part("shade").addEventListener("click", () => app.toggle("none"));
addEventListener("keydown", (event) => {
  const open = document.body.dataset.channels || document.body.dataset.people;
  if (event.key === "Escape" && open) app.toggle("none");
});

function nameTheParts() {
  part("rail").setAttribute("aria-label", app.t("servers"));
  part("channels").setAttribute("aria-label", app.t("channels"));
  part("people").setAttribute("aria-label", app.t("members"));
  part("me").setAttribute("aria-label", app.t("postAs"));
  part("timeline").setAttribute("aria-label", app.t("messages"));
  part("composer").setAttribute("aria-label", app.t("composer"));
}

/** Try until the sandbox answers: the page may be open before it is. */
async function start(pause = 500) {
  try {
    await app.start();
    part("loading").remove();
    document.body.dataset.ready = "yes";
  } catch (error) {
    if (error.code !== "unreachable") throw error;
    setTimeout(() => start(Math.min(pause * 2, 8000)), pause);
  }
}

start();
