// Building DOM nodes without ever handing data to an HTML parser: text stays text.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "tabIndex", "htmlFor", "selected"]);

/** Create an element. `on*` keys listen, `data` fills the dataset, `css` sets style properties, null and false are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) setAttribute(node, name, value);
  append(node, children);
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "css") for (const [key, style] of Object.entries(value)) node.style.setProperty(key, style);
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Append nodes, strings and nested lists of them; null and false are skipped. */
export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/** Replace all children. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const SHAPES = {
  hash: "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
  lock: "M6 11h12v9H6ZM8.500 11V8a3.5 3.5 0 0 1 7 0v3",
  forward: "M14 8V4l7 7-7 7v-4c-5 0-8.500 1.5-11 5 0-7 4-11 11-11Z",
  poll: "M4 20V10M10 20V4M16 20v-7M22 20H2",
  thread: "M5 4v9a3 3 0 0 0 3 3h9M13 12l4 4-4 4M10 5h9M10 9h6",
  at: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5",
  menu: "M4 7h16M4 12h16M4 17h16",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.5a3.5 3.5 0 0 1 0 6M18 14.5c2 .8 3.3 2.8 3.3 5.5",
  weather: "M7 16a4.5 4.5 0 1 1 .6-9A5.5 5.5 0 0 1 18 8.5 3.8 3.8 0 0 1 17.5 16M9 19l-1 2M13 18l-1 3M17 19l-1 2",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.400M17.6 17.6 19 19M5 19l1.4-1.400M17.6 6.4 19 5",
  moon: "M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500Z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14a4.5 4.5 0 0 0 7 0M9 9.500h.01M15 9.500h.01",
  reply: "M10 8V4l-7 7 7 7v-4c5 0 8.5 1.5 11 5 0-7-4-11-11-11Z",
  edit: "M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4",
  close: "M6 6l12 12M18 6 6 18",
  chevron: "m6 9 6 6 6-6",
  down: "M12 4v13M6 12l6 6 6-6",
  copy: "M9 9h11v11H9ZM5 15H4V4h11v1",
  file: "M6 3h8l4 4v14H6ZM14 3v4h4",
  link: "M14 4h6v6M20 4 11 13M18 14v6H4V6h6",
  send: "M4 12h15M13 6l6 6-6 6",
  eye: "M2 12s3.5-6.5 10-6.500S22 12 22 12s-3.5 6.5-10 6.500S2 12 2 12Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  plus: "M12 5v14M5 12h14",
  app: "M5 5h5v5H5ZM14 5h5v5h-5ZM5 14h5v5H5ZM16.5 14v5M14 16.500h5",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  check: "m5 12 5 5L20 7",
};

/** A line icon, hidden from screen readers: the control around it carries the words. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
