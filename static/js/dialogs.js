// Dialogues: [data-opens="id"] opens a <dialog>; a request with hx-target="#dialog" opens one with what comes back.
const frame = document.getElementById("dialog-frame");
let cameFrom = null;

function open(dialog) {
  cameFrom = document.activeElement;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, select")?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    opener.closest("details")?.removeAttribute("open");
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog) open(dialog);
    return;
  }
  if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
  else if (event.target.matches?.("dialog[data-dialog]")) {
    // The backdrop belongs to the dialogue's own box: outside of it means outside of the dialogue.
    const box = event.target.getBoundingClientRect();
    const inside =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});

if (frame) {
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "dialog") return;
    if (!event.detail.target.childElementCount) {
      frame.close();
      return;
    }
    const heading = event.detail.target.querySelector("h1, h2");
    if (heading) frame.setAttribute("aria-label", heading.textContent.trim());
    open(frame);
  });
  frame.addEventListener("close", () => {
    document.getElementById("dialog").replaceChildren();
    if (cameFrom?.isConnected) cameFrom.focus();
  });
  // `HX-Trigger: close-dialog` when what the dialogue asked for is done.
  document.addEventListener("close-dialog", () => frame.close());
}
