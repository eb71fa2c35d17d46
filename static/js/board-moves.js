// Moves are sent one after the other, and the board's question for news, asked every few seconds, waits for
// them. An answer to it from before a move is left aside: it would put the card back for some seconds.
let line = Promise.resolve();
let waiting = 0;
let sent = 0;
const askedAfter = new WeakMap(); // of each question, how many moves had been sent when it was asked

export const news = () => document.getElementById("board-news");
export const isSending = () => waiting > 0;

const ours = new Map(); // a card and its version, and the version after our own move of it

/** Our move has made this version of the card. */
export function noteOurs(id, version) {
  ours.set(`${id}:${version - 1}`, version);
}

/** The version that was seen, or what our own moves alone have made of it since. */
export function asWeLeftIt(id, seen) {
  const after = ours.get(`${id}:${seen}`);
  return after ? asWeLeftIt(id, after) : seen;
}

/** Send a move when those before it are answered; `values` is asked only then, for versions have changed. */
export function send(values) {
  waiting += 1;
  sent += 1;
  line = line.then(() => post(values())).catch(() => {}).then(ended);
  return line;
}

function post(values) {
  const listener = news();
  // From an element of its own: of two requests of one element, htmx forgets the second when the answer to
  // the first replaces the element.
  const source = document.getElementById("board");
  return window.htmx.ajax("POST", listener.dataset.move, { source, target: listener, swap: "outerHTML", values });
}

function ended() {
  waiting -= 1;
  if (!isSending()) look();
}

/** Ask for the news at once. */
export function look() {
  document.body.dispatchEvent(new Event("board-look"));
}

const isQuestion = ({ elt, requestConfig }) => elt.id === "board-news" && requestConfig.verb === "get";

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isQuestion(event.detail)) askedAfter.set(event.detail.xhr, sent);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (isQuestion(event.detail) && askedAfter.get(event.detail.xhr) !== sent) event.detail.shouldSwap = false;
});
