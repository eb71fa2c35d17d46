// [data-leaves]: the form by which somebody signs out. The device keeps nothing of theirs, and no window goes on showing
// it. Words that never reached the server would be lost by that, so it asks first (confirm.js).
import { any, forget } from "./kept.js";
import { phrase } from "./phrase.js";

const MARK = "left";
const here = () => document.querySelector("[data-person]") !== null;
const windows = new BroadcastChannel("accord");

document.addEventListener(
  "submit",
  ({ target: form }) => {
    if (!form.matches("[data-leaves]")) return;
    if (any()) {
      form.dataset.confirm =
        phrase("Some of what you wrote has not reached us yet. It is kept on this device only, and goes when you sign out.");
      form.dataset.confirmTitle = phrase("Sign out and lose what you wrote?");
      form.dataset.confirmOk = phrase("Sign out");
      form.dataset.confirmDanger = "";
    } else delete form.dataset.confirm;
  },
  { capture: true },
);

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("[data-leaves]")) return;
  forget();
  try {
    sessionStorage.setItem(MARK, "1");
  } catch {
    // Other windows find out at their next click.
  }
});

// The page that comes after it: if nobody is signed in there, the other windows leave too.
try {
  if (sessionStorage.getItem(MARK)) {
    sessionStorage.removeItem(MARK);
    if (!here()) windows.postMessage(MARK);
  }
} catch {
  // As above.
}
windows.addEventListener("message", ({ data }) => {
  if (data !== MARK || !here()) return;
  forget();
  window.location.replace(window.location.pathname + window.location.search);
});
