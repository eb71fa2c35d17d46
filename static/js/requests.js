// What every htmx request shares: a sign of waiting after 300 ms, and a plain word when it fails.
import { phrase } from "./phrase.js";
import { toast } from "./toasts.js";

const line = document.querySelector("[data-loading]");
let open = 0;

function count(step) {
  open = Math.max(0, open + step);
  if (line) line.hidden = open === 0;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.defaultPrevented) return; // held back: no answer will come
  count(1);
  event.detail.target?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  count(-1);
  event.detail.target?.removeAttribute("aria-busy");
});

document.addEventListener("htmx:sendError", () => {
  toast({ level: "error", text: phrase("The server could not be reached. Nothing was changed; please try again.") });
});
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  const said = event.detail.xhr.getResponseHeader("HX-Trigger") || "";
  if (said.includes('"toast"')) return;
  const text =
    {
      403: phrase("You are signed out, or may not do this. Reload the page and sign in again."),
      404: phrase("This is not there any more. Somebody may have moved or removed it."),
      429: phrase("Too many requests at once. Please wait a moment and try again."),
    }[status] || phrase("Something went wrong on our side. Nothing was changed; please try again.");
  toast({ level: "error", text });
});
