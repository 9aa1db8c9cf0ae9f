// "The bot is typing…", until the message comes or ten seconds are over.

import { fill } from "./dom.js";
import { nameOf } from "./world.js";

const LASTS_MS = 10000;

export function mountTyping(app, root) {
  const typing = new Map(); // "channel user" -> timer
  const show = () => {
    const here = [...typing.keys()].map((key) => key.split(" ")).filter(([channel]) => channel === app.router.channel);
    const [first] = here.map(([, user]) => app.world.user(user)).filter(Boolean);
    if (!first) return root.replaceChildren();
    return fill(root, here.length > 1 ? app.t("typingMany") : app.t("typingOne", { name: nameOf(first) }));
  };
  const stop = (key) => {
    clearTimeout(typing.get(key));
    if (typing.delete(key)) show();
  };
  app.live("typing", ({ channel_id: channel, user_id: user }) => {
    if (user === app.world.me) return;
    const key = `${channel} ${user}`;
    stop(key);
    typing.set(
      key,
      setTimeout(() => stop(key), LASTS_MS),
    );
    show();
  });
  app.live("message_create", (message) => stop(`${message.channel_id} ${message.author.id}`));
  app.on("render", show);
}
