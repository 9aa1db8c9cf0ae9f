// Pictures and files. Only what the sandbox itself serves is loaded: nothing leaves the machine.

import { el, icon } from "./dom.js";
import { openDialog } from "./dialog.js";
import { link } from "./markdown_view.js";

/** The same-origin address of a picture the sandbox serves, else null. `attachment://` names one of the message's files. */
export function localAddress(url, attachments = []) {
  const name = /^attachment:\/\/(.+)$/.exec(url ?? "")?.[1];
  if (name) return localAddress(attachments.find((file) => file.filename === name)?.url);
  let parsed;
  try {
    parsed = new URL(url, location.href);
  } catch {
    return null;
  }
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(parsed.hostname) && parsed.port === location.port;
  const ours = parsed.origin === location.origin || (loopback && parsed.protocol.startsWith("http"));
  return ours && parsed.pathname.startsWith("/attachments/") ? parsed.pathname + parsed.search : null;
}

/** A picture that opens large, or a line saying that an outside one isn't loaded. */
export function picture(
  app,
  media,
  { className = "picture", alt = "", attachments = [], label = null, described = Boolean(media.description) } = {},
) {
  const address = localAddress(media.url, attachments) ?? localAddress(media.proxy_url, attachments);
  if (!address) return outside(app, media.url);
  const image = el("img", {
    src: address,
    alt,
    decoding: "async",
    width: media.width ?? null,
    height: media.height ?? null,
  });
  const words = [label ?? app.t("enlarge"), alt].filter(Boolean).join(" : ");
  return el(
    "button",
    { type: "button", class: className, "aria-label": words, onclick: () => enlarge(app, address, alt) },
    image,
    described ? el("span", { class: "alt-mark", title: app.t("altText", { text: alt }), "aria-hidden": "true" }, "ALT") : null,
  );
}

function outside(app, url) {
  let host = "";
  try {
    host = new URL(url).host;
  } catch {
    return null;
  }
  return el("span", { class: "outside" }, link(url, app.t("outsideImage", { host })));
}

function enlarge(app, address, alt) {
  const image = el("img", { class: "large-picture", src: address, alt });
  const original = el("a", { href: address, target: "_blank", rel: "noopener" }, app.t("openOriginal"));
  const words = alt ? el("p", { class: "picture-words" }, app.t("altText", { text: alt })) : null;
  openDialog(app, { title: app.t("image"), className: "lightbox", body: [image, words, el("p", {}, original)] });
}

/** A message's files: pictures inline, the rest as cards. */
export function attachmentView(app, file) {
  const isPicture = file.content_type?.startsWith("image/") || /\.(png|jpe?g|gif|webp)$/i.test(file.filename);
  const alt = file.description ?? file.filename;
  const node = isPicture && localAddress(file.url) ? picture(app, file, { alt }) : card(app, file);
  return file.filename.startsWith("SPOILER_") ? covered(app, node) : node;
}

function card(app, file) {
  const address = localAddress(file.url);
  const text = [
    el("span", { class: "file-name" }, file.filename),
    el("span", { class: "file-size" }, size(app, file.size ?? 0)),
  ];
  const label = app.t("download", { name: file.filename });
  if (!address) return el("div", { class: "file" }, icon("file"), el("span", { class: "file-text" }, text));
  return el(
    "a",
    { class: "file", href: address, download: file.filename, "aria-label": label },
    icon("file"),
    el("span", { class: "file-text" }, text),
  );
}

function covered(app, node) {
  const cover = el("button", { type: "button", class: "cover", "aria-label": app.t("spoiler") }, app.t("spoilerMark"));
  const box = el("div", { class: "covered" }, node, cover);
  node.inert = true;
  cover.addEventListener("click", () => {
    node.inert = false;
    cover.remove();
  });
  return box;
}

function size(app, bytes) {
  const unit = app.language.lang === "fr" ? "o" : "B";
  if (bytes < 1024) return `${bytes} ${unit}`;
  if (bytes < 1048576) return `${app.language.number(Math.round(bytes / 102.4) / 10)} k${unit}`;
  return `${app.language.number(Math.round(bytes / 104857.6) / 10)} M${unit}`;
}
