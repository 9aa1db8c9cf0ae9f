// The right side: who is here. And at the bottom left: who one is, in which language and theme.

import { el, fill } from "./dom.js";
import { openMenu } from "./menu.js";
import { appTag, avatar, iconButton, personName } from "./person.js";
import { nameOf } from "./world.js";

export function mountPeople(app, root) {
  app.on("render", () => {
    const audience = app.world.audience(app.router.channel);
    const isOffline = ({ user }) => user.id === app.world.bot?.id && !app.world.bot.online;
    const here = audience.filter((member) => !isOffline(member));
    const away = audience.filter(isOffline);
    fill(root, group(app, app.t("online"), here), away.length ? group(app, app.t("offline"), away) : null);
  });
}

function group(app, title, members) {
  const sorted = [...members].sort(
    (a, b) => Number(b.user.bot ?? 0) - Number(a.user.bot ?? 0) || nameOf(a.user).localeCompare(nameOf(b.user)),
  );
  return [
    el("h2", { class: "people-title" }, `${title} — ${members.length}`),
    el(
      "ul",
      { class: "people" },
      sorted.map((member) => memberItem(app, member)),
    ),
  ];
}

function memberItem(app, { user, admin }) {
  const isBot = user.id === app.world.bot?.id;
  const away = isBot && !app.world.bot.online;
  const content = memberContent(app, { user, admin }, isBot, away);
  if (user.bot || user.id === app.world.me) return el("li", { class: away ? "person away" : "person" }, content);
  const words = app.t("postAsName", { name: nameOf(user) });
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "person switch", title: words, "aria-label": words, onclick: () => app.actAs(user) },
      content,
    ),
  );
}

/** Alt and a digit: post as the first, second, … person of the menu, as somebody does who holds a quiz for a class. */
export function listenForSwitches(app) {
  document.addEventListener("keydown", (event) => {
    const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    const user = digit ? app.world.people[digit - 1] : null;
    if (!user) return;
    event.preventDefault();
    if (user.id !== app.world.me) app.actAs(user);
  });
}

function memberContent(app, { user, admin }, isBot, away) {
  const note = admin ? app.t("admin") : null;
  return [
    el(
      "span",
      { class: "avatar-holder" },
      avatar(user, "avatar medium", isBot),
      el("i", { class: away ? "presence" : "presence on" }),
    ),
    el("span", { class: "person-text" }, personName(app, user), note ? el("small", {}, note) : null),
    user.bot ? appTag(app) : null,
  ];
}

export function mountMe(app, root) {
  app.on("render", () => {
    const user = app.world.user(app.world.me);
    const dark = app.router.shownTheme === "dark";
    const who = el(
      "button",
      {
        type: "button",
        class: "me",
        "aria-haspopup": "menu",
        "aria-label": `${app.t("actingAs", { name: nameOf(user) })}. ${app.t("switchUser")}`,
        onclick: (event) => userMenu(app, event.currentTarget),
      },
      el("span", { class: "avatar-holder" }, avatar(user, "avatar medium"), el("i", { class: "presence on" })),
      el("span", { class: "person-text" }, el("strong", {}, nameOf(user)), el("small", {}, app.language.locale)),
    );
    const language = el(
      "button",
      {
        type: "button",
        class: "icon-button words",
        "aria-haspopup": "menu",
        "aria-label": `${app.t("language")} : ${app.t(app.router.lang === "fr" ? "french" : "english")}`,
        title: app.t("language"),
        onclick: (event) => languageMenu(app, event.currentTarget),
      },
      app.router.lang.toUpperCase(),
    );
    const theme = iconButton(dark ? "sun" : "moon", app.t(dark ? "toLight" : "toDark"), () =>
      app.setTheme(dark ? "light" : "dark"),
    );
    fill(root, who, language, theme);
  });
}

function userMenu(app, where) {
  const items = app.world.people.map((user, at) => ({
    label: nameOf(user),
    detail: at < 9 ? `${user.locale} · Alt+${at + 1}` : user.locale,
    picture: avatar(user, "avatar small"),
    checked: user.id === app.world.me,
    run: () => app.actAs(user),
  }));
  openMenu(app.t("postAs"), [{ title: app.t("postAs"), items }], where);
}

function languageMenu(app, where) {
  const item = (lang, key) => ({
    label: app.t(key),
    checked: app.router.lang === lang,
    run: () => app.setLanguage(lang),
  });
  openMenu(
    app.t("language"),
    [{ title: app.t("language"), items: [item("fr", "french"), item("en", "english")] }],
    where,
  );
}
