// A floating panel beside a button or at the pointer; Esc, a click elsewhere or scrolling closes it.

let current = null;

export function closePopup() {
  current?.();
}

/** Show `panel` at `where`: an element or {x, y}. `onclose` runs once. Returns a function that closes it. */
export function openPopup(panel, where, onclose = null) {
  closePopup();
  const anchor = where instanceof Element ? where : null;
  const from = document.activeElement;
  const host = anchor?.closest("dialog") ?? document.body;
  const stop = new AbortController();

  const close = (giveFocusBack = true) => {
    if (current !== close) return;
    current = null;
    stop.abort();
    panel.remove();
    onclose?.();
    if (giveFocusBack && from?.isConnected) from.focus({ preventScroll: true });
  };
  current = close;
  host.append(panel);
  place(
    panel,
    anchor
      ? anchor.getBoundingClientRect()
      : { left: where.x, right: where.x, top: where.y, bottom: where.y, width: 0 },
  );
  const options = { capture: true, signal: stop.signal };
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close();
    },
    options,
  );
  addEventListener(
    "pointerdown",
    (event) => {
      if (!panel.contains(event.target) && !anchor?.contains(event.target)) close(false);
    },
    options,
  );
  addEventListener("resize", () => close(false), options);
  return close;
}

/** Below the anchor where there is room, else above; never over the window's edge. */
function place(panel, rect) {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const gap = 6;
  const below = rect.bottom + gap;
  const top = below + height <= innerHeight - 8 ? below : Math.max(8, rect.top - gap - height);
  const left = Math.max(8, Math.min(rect.left, innerWidth - width - 8));
  panel.style.setProperty("top", `${Math.min(top, Math.max(8, innerHeight - height - 8))}px`);
  panel.style.setProperty("left", `${left}px`);
}

/** Arrow keys, Home and End move the focus among the items of a panel. */
export function roam(panel, selector) {
  panel.addEventListener("keydown", (event) => {
    const items = [...panel.querySelectorAll(selector)];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined || items.length === 0) return;
    event.preventDefault();
    items[(to + items.length) % items.length].focus();
  });
}
