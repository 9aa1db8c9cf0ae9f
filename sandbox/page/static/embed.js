// Embeds, drawn as Discord draws them.

import { el } from "./dom.js";
import { picture } from "./media.js";
import { link, markdown, markdownLine } from "./markdown_view.js";

/** One embed; `attachments` are the message's files, for `attachment://` addresses. */
export function embedView(app, embed, attachments) {
  const colour = typeof embed.color === "number" ? `#${embed.color.toString(16).padStart(6, "0")}` : null;
  const image =
    embed.image &&
    picture(app, embed.image, {
      className: "picture embed-image",
      alt: embed.image.description ?? embed.title ?? "",
      attachments,
    });
  const thumbnail =
    embed.thumbnail && picture(app, embed.thumbnail, { className: "picture embed-thumbnail", attachments });
  return el(
    "article",
    { class: "embed", css: colour ? { "--bar": colour } : {} },
    el(
      "div",
      { class: "embed-main" },
      author(embed),
      title(app, embed),
      description(app, embed),
      fields(app, embed.fields ?? []),
    ),
    thumbnail,
    image,
    footer(app, embed),
  );
}

function author(embed) {
  if (!embed.author?.name) return null;
  return el(
    "div",
    { class: "embed-author" },
    embed.author.url ? link(embed.author.url, embed.author.name) : embed.author.name,
  );
}

function title(app, embed) {
  if (!embed.title) return null;
  const text = markdownLine(app, embed.title);
  return el("div", { class: "embed-title" }, embed.url ? link(embed.url, text) : text);
}

function description(app, embed) {
  return embed.description ? el("div", { class: "embed-description md" }, markdown(app, embed.description)) : null;
}

/** Up to three inline fields side by side; a field that isn't inline ends the row. */
export function fieldRows(list) {
  const rows = [];
  for (const field of list) {
    const last = rows.at(-1);
    if (field.inline && last?.[0].inline && last.length < 3) last.push(field);
    else rows.push([field]);
  }
  return rows;
}

function fields(app, list) {
  if (list.length === 0) return null;
  const cell = (field, span) =>
    el(
      "div",
      { class: "embed-field", css: { "grid-column": `span ${span}` } },
      el("div", { class: "embed-field-name" }, markdownLine(app, field.name)),
      el("div", { class: "embed-field-value md" }, markdown(app, field.value)),
    );
  const rows = fieldRows(list).map((row) =>
    row.map((field) => cell(field, row[0].inline ? 12 / Math.max(row.length, 2) : 12)),
  );
  return el("div", { class: "embed-fields" }, rows);
}

function footer(app, embed) {
  const date = embed.timestamp ? app.language.when(new Date(embed.timestamp)) : null;
  const parts = [embed.footer?.text, date].filter(Boolean);
  return parts.length ? el("div", { class: "embed-footer" }, parts.join(" • ")) : null;
}
