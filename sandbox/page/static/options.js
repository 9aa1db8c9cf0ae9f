// Options of slash commands: what their text means, and what Discord's client would refuse. Pure but for the candidates.

import { channelChoices, roleChoices, userChoices } from "./entities.js";
import { plain } from "./language.js";

export const TYPE = {
  STRING: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  ATTACHMENT: 11,
};
const FREE = [TYPE.STRING, TYPE.INTEGER, TYPE.NUMBER];

/** Whether the value must come from a list. */
export function isListed(option) {
  return Boolean(option.choices?.length) || !FREE.includes(option.type);
}

/** The fixed candidates of an option, {value, label, detail?, picture?}; empty where text is free. */
export function candidates(app, option) {
  if (option.choices?.length)
    return option.choices.map((choice) => ({ value: choice.value, label: app.language.pick(choice, "name") }));
  if (option.type === TYPE.BOOLEAN)
    return [
      { value: true, label: app.t("yes") },
      { value: false, label: app.t("no") },
    ];
  if (option.type === TYPE.USER) return userChoices(app);
  if (option.type === TYPE.ROLE) return roleChoices(app);
  if (option.type === TYPE.MENTIONABLE) return [...userChoices(app), ...roleChoices(app)];
  if (option.type === TYPE.CHANNEL) return channelChoices(app, option.channel_types ?? []);
  return [];
}

/** Candidates that fit what was typed, at most 25. */
export function narrow(list, typed) {
  const wanted = plain(typed.trim()).replace(/^[@#]/, "");
  const fits = (item) => [item.label, item.detail ?? ""].some((text) => plain(text).includes(wanted));
  return (wanted ? list.filter(fits) : list).slice(0, 25);
}

/** Read an option's field ({text, picked}) into {value} or {error: [word key, values]}. {} means left empty. */
export function readOption(option, field) {
  if (option.type === TYPE.ATTACHMENT) return option.required ? { error: ["errorAttachment"] } : {};
  if (field.picked) return { value: field.picked.value };
  if (field.text.trim() === "") return option.required ? { error: ["errorRequired"] } : {};
  if (isListed(option)) return { error: ["errorChoice"] };
  if (option.type === TYPE.STRING) return checkLength(option, field.text);
  return checkNumber(option, field.text);
}

function checkLength(option, text) {
  const length = [...text].length;
  if (option.min_length && length < option.min_length) return { error: ["errorMinLength", { n: option.min_length }] };
  const longest = option.max_length ?? 6000;
  if (length > longest) return { error: ["errorMaxLength", { n: longest }] };
  return { value: text };
}

function checkNumber(option, text) {
  const number = Number(text.trim().replace(",", "."));
  if (option.type === TYPE.INTEGER && !Number.isSafeInteger(number)) return { error: ["errorInteger"] };
  if (!Number.isFinite(number)) return { error: ["errorNumber"] };
  if (option.min_value !== undefined && number < option.min_value)
    return { error: ["errorMin", { n: option.min_value }] };
  if (option.max_value !== undefined && number > option.max_value)
    return { error: ["errorMax", { n: option.max_value }] };
  return { value: number };
}

/** The interaction's option for autocomplete: what is typed so far, numbers as Discord's client sends them. */
export function partial(option, field, focused) {
  const value = field.picked ? field.picked.value : field.text;
  return {
    name: option.name,
    type: option.type,
    value: focused ? String(field.picked?.label ?? field.text) : value,
    ...(focused && { focused: true }),
  };
}
