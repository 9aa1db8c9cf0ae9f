// Members, roles and channels to choose from: for options of commands and for select menus alike.

import { avatar } from "./person.js";
import { THREADS, nameOf } from "./world.js";

/** Each candidate: {value, label, detail, picture?: () => node}. */
export function userChoices(app) {
  return app.world.audience(app.router.channel).map(({ user }) => ({
    value: user.id,
    label: nameOf(user),
    detail: user.username,
    picture: () => avatar(user, "avatar tiny", user.id === app.world.bot?.id),
  }));
}

export function roleChoices(app) {
  const guild = app.world.guildOf(app.router.channel);
  return (guild?.roles ?? []).map((role) => ({ value: role.id, label: `@${role.name.replace(/^@/, "")}`, detail: "" }));
}

/** `types` narrows to Discord channel types; empty means any. */
export function channelChoices(app, types = []) {
  const guild = app.world.guildOf(app.router.channel);
  if (!guild) return [];
  return [...guild.channels, ...(guild.threads ?? [])]
    .filter((channel) => types.length === 0 || types.includes(channel.type))
    .map((channel) => ({ value: channel.id, label: channelLabel(channel), detail: "" }));
}

export function channelLabel(channel) {
  return THREADS.includes(channel.type) ? `🧵 ${channel.name}` : `#${channel.name}`;
}
