// The right side: who is here. And at the bottom left: who one is, in which language and theme.

import { el, fill } from "./dom.js";
import { openMenu } from "./menu.js";
import { appTag, avatar, iconButton, personName } from "./person.js";
import { nameOf } from "./world.js";

export function mountPeople(app, root) {
  app.on("render", () => {
    const audience = app.world.audience(app.place.channel);
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
  const note = admin ? app.t("admin") : null;
  return el(
    "li",
    { class: away ? "person away" : "person" },
    el(
      "span",
      { class: "avatar-holder" },
      avatar(user, "avatar medium", isBot),
      el("i", { class: away ? "presence" : "presence on" }),
    ),
    el("span", { class: "person-text" }, personName(app, user), note ? el("small", {}, note) : null),
    user.bot ? appTag(app) : null,
  );
}

export function mountMe(app, root) {
  app.on("render", () => {
    const user = app.world.user(app.world.me);
    const dark = app.place.shownTheme === "dark";
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
        "aria-label": `${app.t("language")} : ${app.t(app.place.lang === "fr" ? "french" : "english")}`,
        title: app.t("language"),
        onclick: (event) => languageMenu(app, event.currentTarget),
      },
      app.place.lang.toUpperCase(),
    );
    const theme = iconButton(dark ? "sun" : "moon", app.t(dark ? "toLight" : "toDark"), () =>
      app.setTheme(dark ? "light" : "dark"),
    );
    fill(root, who, language, theme);
  });
}

function userMenu(app, where) {
  const items = app.world.people.map((user) => ({
    label: nameOf(user),
    detail: user.locale,
    picture: avatar(user, "avatar small"),
    checked: user.id === app.world.me,
    run: () => app.actAs(user),
  }));
  openMenu(app.t("postAs"), [{ title: app.t("postAs"), items }], where);
}

function languageMenu(app, where) {
  const item = (lang, key) => ({
    label: app.t(key),
    checked: app.place.lang === lang,
    run: () => app.setLanguage(lang),
  });
  openMenu(
    app.t("language"),
    [{ title: app.t("language"), items: [item("fr", "french"), item("en", "english")] }],
    where,
  );
}
