// A page that stands open when its session ends shows nothing any more. While it is seen it asks now and then whether
// the session still stands; that is no use of it, unless somebody has typed meanwhile. Words that never arrived wait
// on the device for whoever typed them (kept.js).
import { phrase } from "./phrase.js";

const EVERY = 5 * 60_000; // no session rests for less
const MARK = "ended";
const windows = new BroadcastChannel("accord-session");
const page = () => document.querySelector("[data-session]");

let asked = Date.now();
let ends = Infinity; // by the clock of this device, where the server cannot be asked
let typed = false;

function empty() {
  if (!page()) return;
  const again = document.createElement("a");
  again.className = "btn btn-primary";
  again.href = window.location.pathname + window.location.search;
  again.textContent = phrase("Sign in again");
  const head = document.createElement("h1");
  head.textContent = phrase("You are signed out");
  const said = document.createElement("p");
  said.textContent = phrase("Your session has ended, so this page shows nothing any more.");
  const main = document.createElement("main");
  main.className = "session-ended";
  main.append(head, said, again);
  document.title = head.textContent;
  // No form is left that could ask whether to leave.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
  document.querySelectorAll("dialog[open]").forEach((each) => each.close());
  document.body.replaceChildren(main);
  try {
    sessionStorage.clear();
  } catch {
    // nothing was kept
  }
  again.focus();
}

async function ask() {
  const used = typed;
  asked = Date.now();
  typed = false;
  try {
    const answer = await fetch(`${page().dataset.session}${used ? "?used=1" : ""}`, { redirect: "manual" });
    if (answer.ok) {
      const { seconds } = await answer.json();
      ends = asked + seconds * 1000;
      return;
    }
    if (answer.type !== "opaqueredirect" && answer.status !== 401 && answer.status !== 403) return;
  } catch {
    if (Date.now() < ends) return; // no connection: it may well stand
  }
  empty();
  windows.postMessage(MARK);
}

function look() {
  if (document.hidden || !page()) return;
  if (Date.now() - asked >= EVERY || Date.now() > ends) ask();
}

document.addEventListener("input", () => (typed = true), { capture: true, passive: true });
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY / 10);
windows.addEventListener("message", ({ data }) => data === MARK && page() && ask());
