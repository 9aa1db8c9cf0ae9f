// Short words that come and go: toasts to see, a live region to hear.

import { el } from "./dom.js";

const SHOWN_MS = 4000;

export function mountNotices(toasts, live) {
  let lasting = null;
  return {
    /** A toast; `kind` is "good" or "bad". */
    notice(text, kind = "good") {
      const toast = el("div", { class: `toast ${kind}`, role: kind === "bad" ? "alert" : "status" }, text);
      toasts.append(toast);
      setTimeout(() => toast.remove(), SHOWN_MS);
    },
    /** A line that stays until `lasting(null)`. */
    lasting(text) {
      lasting?.remove();
      lasting = text ? el("div", { class: "toast bad", role: "status" }, text) : null;
      if (lasting) toasts.append(lasting);
    },
    /** For screen readers alone. */
    announce(text) {
      live.append(el("p", {}, text));
      while (live.children.length > 5) live.firstChild.remove();
    },
  };
}
