// Discord's markdown, read into a tree of plain objects. Pure: no DOM, no state.
// A node is {type, …} with `text` or `children`; unknown syntax stays text.

const URL_PART = String.raw`https?:\/\/(?:[^\s()<>]|\([^\s()<>]*\))+`;
const RULES = [
  ["escape", /\\([^A-Za-z0-9\s])/y, (m) => ({ type: "text", text: m[1] })],
  ["code", /(`{1,2})(?!`)([^]*?[^`])\1(?!`)/y, (m) => ({ type: "code", text: m[2].trim() || m[2] })],
  ["strongem", /\*\*\*(?=\S)([^]+?)\*\*\*(?!\*)/y, (m) => wrap("strong", [wrap("em", inline(m[1]))])],
  ["strong", /\*\*([^]+?)\*\*(?!\*)/y, (m) => wrap("strong", inline(m[1]))],
  ["underline", /__([^]+?)__(?!_)/y, (m) => wrap("underline", inline(m[1]))],
  ["em", /\*(?=\S)((?:\*\*|[^*])+?)\*(?!\*)/y, (m) => wrap("em", inline(m[1]))],
  ["em", /_((?:__|\\[^]|[^\\_])+?)_(?!\w)/y, (m) => wrap("em", inline(m[1]))],
  ["strike", /~~([^]+?)~~/y, (m) => wrap("strike", inline(m[1]))],
  ["spoiler", /\|\|([^]+?)\|\|/y, (m) => wrap("spoiler", inline(m[1]))],
  [
    "link",
    new RegExp(String.raw`\[((?:\\.|[^\[\]\\]|\[[^\[\]]*\])+)\]\(\s*<?(${URL_PART})>?(?:\s+"[^"\n]*")?\s*\)`, "y"),
    (m) => ({ type: "link", url: m[2], children: inline(m[1], true) }),
  ],
  ["url", new RegExp(`<(${URL_PART})>`, "y"), (m) => link(m[1])],
  ["url", /https?:\/\/[^\s<]*[^\s<.,:;"'\])!?*_~|>]/y, (m) => link(m[0])],
  ["user", /<@!?(\d{1,20})>/y, (m) => ({ type: "user", id: m[1] })],
  ["role", /<@&(\d{1,20})>/y, (m) => ({ type: "role", id: m[1] })],
  ["channel", /<#(\d{1,20})>/y, (m) => ({ type: "channel", id: m[1] })],
  ["command", /<\/([^:>\n]{1,100}):(\d{1,20})>/y, (m) => ({ type: "command", name: m[1], id: m[2] })],
  ["emoji", /<a?:(\w{2,32}):\d{1,20}>/y, (m) => ({ type: "emoji", name: m[1] })],
  ["time", /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, (m) => ({ type: "time", seconds: Number(m[1]), style: m[2] ?? "f" })],
  ["everyone", /@(?:everyone|here)\b/y, (m) => ({ type: "everyone", text: m[0] })],
];
const IN_LINK = new Set(["link", "url", "user", "role", "channel", "command", "everyone"]);
const STARTS = /[\\`*_~|[<h@]/g;
const FENCE = /```(?:([A-Za-z0-9+\-.#]+)\n)?\n?([^]+?)\n?```/;
const LIST = /^( *)([-*]|\d{1,9}\.) +(.+)$/;

/** The whole text of a message or an embed's description. */
export function parse(text) {
  const quoteAll = /(^|\n)>>> ([^]*)$/.exec(text);
  const fence = FENCE.exec(text);
  if (quoteAll && !(fence && fence.index < quoteAll.index)) {
    return [...parse(text.slice(0, quoteAll.index)), wrap("quote", parse(quoteAll[2]))];
  }
  if (!fence) return text ? lines(text) : [];
  const before = text.slice(0, fence.index).replace(/\n$/, "");
  const after = text.slice(fence.index + fence[0].length).replace(/^\n/, "");
  const block = { type: "codeblock", text: fence[2], language: fence[1] ?? "" };
  return [...(before ? lines(before) : []), block, ...parse(after)];
}

/** Text where only inline marks count: titles, button-like places, quotes of replies. */
export function inline(text, inLink = false) {
  const nodes = [];
  let at = 0;
  while (at < text.length) {
    const found = matchAt(text, at, inLink);
    if (found) {
      nodes.push(found.node);
      at = found.end;
      continue;
    }
    STARTS.lastIndex = at + 1;
    const next = STARTS.exec(text)?.index ?? text.length;
    nodes.push({ type: "text", text: text.slice(at, next) });
    at = next;
  }
  return nodes;
}

function matchAt(text, at, inLink) {
  for (const [name, pattern, build] of RULES) {
    if (inLink && IN_LINK.has(name)) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { end: pattern.lastIndex, node: build(match) };
  }
  return null;
}

function lines(text) {
  const rows = text.split("\n");
  const nodes = [];
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(wrap("paragraph", inline(plain.join("\n"))));
    plain = [];
  };
  for (let at = 0; at < rows.length;) {
    const [node, used] = block(rows, at);
    if (node) {
      flush();
      nodes.push(node);
    } else plain.push(rows[at]);
    at += used;
  }
  flush();
  return nodes;
}

/** The block that starts at this row and how many rows it takes; [null, 1] for plain text. */
function block(rows, at) {
  const heading = /^(#{1,3}) +(.+)$/.exec(rows[at]);
  if (heading) return [{ type: "heading", level: heading[1].length, children: inline(heading[2]) }, 1];
  const small = /^-# +(.+)$/.exec(rows[at]);
  if (small) return [wrap("small", inline(small[1])), 1];
  const quoted = run(rows, at, /^> ?(.*)$/, /^> /);
  if (quoted.length) return [wrap("quote", lines(quoted.map((m) => m[1]).join("\n"))), quoted.length];
  const items = oneKind(run(rows, at, LIST));
  if (items.length) return [list(items), items.length];
  return [null, 1];
}

function run(rows, at, pattern, first = pattern) {
  const found = [];
  if (!first.test(rows[at])) return found;
  for (let row = at; row < rows.length; row++) {
    const match = pattern.exec(rows[row]);
    if (!match) break;
    found.push(match);
  }
  return found;
}

/** Up to where bullets turn into numbers or the other way round, at the same depth. */
function oneKind(items) {
  const isOrdered = (item) => /\d/.test(item[2]);
  const end = items.findIndex(
    (item) => item[1].length <= items[0][1].length && isOrdered(item) !== isOrdered(items[0]),
  );
  return end < 0 ? items : items.slice(0, end);
}

/** Nest list items by their indentation. */
function list(items) {
  const depth = items[0][1].length;
  const ordered = /\d/.test(items[0][2]);
  const node = { type: "list", ordered, start: ordered ? parseInt(items[0][2], 10) : 1, children: [] };
  for (let at = 0; at < items.length;) {
    const item = wrap("item", inline(items[at][3]));
    let end = at + 1;
    while (end < items.length && items[end][1].length > depth) end++;
    if (end > at + 1) item.children.push(list(items.slice(at + 1, end)));
    node.children.push(item);
    at = end;
  }
  return node;
}

function wrap(type, children) {
  return { type, children };
}

function link(url) {
  return { type: "link", url, children: [{ type: "text", text: url }] };
}

/** Whether the text is nothing but a few emoji, which Discord shows large. */
export function onlyEmoji(text) {
  const bare = text.replace(/[\s\u200d\ufe0f]/gu, "");
  return (
    bare.length > 0 &&
    bare.length <= 60 &&
    /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator})+$/u.test(bare)
  );
}
