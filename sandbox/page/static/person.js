// How a person or the bot is drawn: initials on their own colour, name, APP tag.

import { el, icon } from "./dom.js";
import { nameOf } from "./world.js";

const SHADES = ["#2f7d52", "#7a5ba6", "#a8552f", "#2f6f8f", "#8a6a1f", "#9a4569", "#4d6b2f", "#50599c"];

/** A colour of one's own: the world's (number or #rrggbb), else one that follows from the id. */
export function colourOf(user) {
  if (typeof user.color === "number" && user.color > 0) return `#${user.color.toString(16).padStart(6, "0")}`;
  if (/^#[0-9a-f]{6}$/i.test(user.color ?? "")) return user.color;
  return SHADES[Number(BigInt(user.id ?? 0) % 1000003n) % SHADES.length];
}

/** Black or white, whichever reads better on the colour. */
function inkOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#101412" : "#ffffff";
}

export function initials(name) {
  const words = name.split(/[\s_.-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? "?"];
  return letters
    .map((word) => [...word][0])
    .join("")
    .toUpperCase();
}

/** The round picture. The bot wears the project's sprout. */
export function avatar(user, className = "avatar", isOwnBot = false) {
  if (isOwnBot) return el("span", { class: `${className} avatar-bot`, "aria-hidden": "true" }, "🌱");
  const colour = colourOf(user);
  return el(
    "span",
    { class: className, "aria-hidden": "true", css: { background: colour, color: inkOn(colour) } },
    initials(nameOf(user)),
  );
}

/** The APP tag beside a bot's name. */
export function appTag(app) {
  return el("span", { class: "tag" }, app.t("app"));
}

export function personName(app, user) {
  return el(
    "span",
    { class: user.id === app.world.bot?.id ? "name name-bot" : "name" },
    nameOf(app.world.user(user.id) ?? user),
  );
}

/** A round or square button with a picture and words for those who don't see it. */
export function iconButton(name, label, onclick, className = "icon-button") {
  return el("button", { type: "button", class: className, "aria-label": label, title: label, onclick }, icon(name));
}
