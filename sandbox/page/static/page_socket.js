// The live socket: reconnects with growing pauses, and says when it is back so that the state is read again.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15000;

/** Listen as `user`. `handlers`: event({t, d}), lost(), back(). Returns a function that closes for good. */
export function listen(user, handlers) {
  let socket = null;
  let pause = FIRST_PAUSE;
  let closed = false;
  let wasLost = false;
  let timer = 0;

  function open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/sandbox/api/live?user=${encodeURIComponent(user)}`);
    socket.onopen = () => {
      pause = FIRST_PAUSE;
      if (wasLost) handlers.back();
      wasLost = false;
    };
    socket.onmessage = (event) => handlers.event(JSON.parse(event.data));
    socket.onclose = retry;
  }

  function retry() {
    if (closed) return;
    if (!wasLost) handlers.lost();
    wasLost = true;
    timer = setTimeout(open, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    socket.close();
  };
}
