// The bot's commands as a person sees them: localised, flattened to what can be run, filtered by what is typed.

import { plain } from "./language.js";

export const SLASH = 1;
export const ON_MESSAGE = 3;
const SUBCOMMAND = 1;
const GROUP = 2;

/**
 * Everything one can run here. An entry is {command, path, options, name, base, description}:
 * `name` as shown ("paramètres modèle"), `base` as registered ("settings model"), `path` the base names below the command.
 */
export function slashEntries(app, channelId) {
  const offered = app.world.commands.filter(
    (command) => (command.type ?? SLASH) === SLASH && app.world.offers(command, channelId),
  );
  return offered
    .flatMap((command) => leaves(app, command, command, [], []))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function leaves(app, command, node, path, shown) {
  const names = [...shown, app.language.pick(node, "name")];
  const nested = (node.options ?? []).filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
  if (nested.length) return nested.flatMap((child) => leaves(app, command, child, [...path, child], names));
  const base = [command.name, ...path.map((part) => part.name)].join(" ");
  return [
    {
      command,
      path,
      options: node.options ?? [],
      name: names.join(" "),
      base,
      description: app.language.pick(node, "description"),
    },
  ];
}

/** Entries for what was typed after the slash: those that begin with it, then those that contain it. */
export function matching(entries, typed) {
  const wanted = plain(typed.trim());
  if (!wanted) return entries;
  const names = (entry) => [plain(entry.name), plain(entry.base)];
  const begins = entries.filter((entry) => names(entry).some((name) => name.startsWith(wanted)));
  const holds = entries.filter(
    (entry) => !begins.includes(entry) && names(entry).some((name) => name.includes(wanted)),
  );
  return [...begins, ...holds];
}

/** The entry whose whole name was typed, followed by a space; `rest` is what came after. */
export function typedInFull(entries, typed) {
  for (const entry of entries) {
    for (const name of [entry.name, entry.base]) {
      if (plain(typed).startsWith(`${plain(name)} `)) return { entry, rest: typed.slice(name.length + 1) };
    }
  }
  return null;
}

/** The option tree of an interaction: values wrapped in their subcommand and group. */
export function optionTree(entry, values) {
  return entry.path.reduceRight((options, part) => [{ type: part.type, name: part.name, options }], values);
}

/** Context-menu commands for messages here. */
export function messageCommands(app, channelId) {
  return app.world.commands
    .filter((command) => command.type === ON_MESSAGE && app.world.offers(command, channelId))
    .map((command) => ({ command, name: app.language.pick(command, "name") }));
}

/** A command's name in the reader's language, from the base name that messages carry. */
export function shownName(app, base, type = SLASH) {
  const [first, ...rest] = type === SLASH ? base.split(" ") : [base];
  let node = app.world.commands.find((command) => command.name === first && (command.type ?? SLASH) === type);
  if (!node) return base;
  const names = [app.language.pick(node, "name")];
  for (const part of rest) {
    node = node.options?.find((option) => option.name === part);
    if (!node) return base;
    names.push(app.language.pick(node, "name"));
  }
  return names.join(" ");
}
