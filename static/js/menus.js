// <details data-menu>: arrows move, Esc and a click elsewhere close.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// A panel that would leave the window hangs from its other edge.
document.addEventListener(
  "toggle",
  (event) => {
    const panel =
      event.target.matches("details[data-menu][open]") && event.target.querySelector(".menu-panel");
    if (!panel) return;
    const box = panel.getBoundingClientRect();
    if (box.right > document.documentElement.clientWidth) panel.classList.add("menu-right");
    if (box.bottom > window.innerHeight && box.height < event.target.getBoundingClientRect().top)
      panel.classList.add("menu-up");
  },
  { capture: true },
);

document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu]");
  if (!menu) return;
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("input")) return;
  event.preventDefault();
  menu.open = true;
  const items = [...menu.querySelectorAll(".menu-item")];
  const at = items.indexOf(document.activeElement);
  items.at((at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length)?.focus();
});
