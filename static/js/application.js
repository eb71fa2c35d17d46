// The page of an application: neighbours by key, what to see of the story, writing, mentions.
import { announce, isTyping } from "./announce.js";
import { teach } from "./keys.js";
import { phrase } from "./phrase.js";

// j and k go to the next and the previous of the stage; other keys press the button that carries them.
const follow = (selector) => () => document.querySelector(selector)?.click();
const keys = teach({
  ...(document.querySelector("[data-neighbour]") && {
    j: [phrase("Next and previous in this stage"), follow('[data-neighbour="j"]')],
    k: [phrase("Next and previous in this stage"), follow('[data-neighbour="k"]')],
  }),
  ...Object.fromEntries(
    [...document.querySelectorAll("[data-key]")].map((button) => [
      button.dataset.key,
      [button.textContent.trim(), () => button.click()],
    ]),
  ),
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  keys[event.key]?.[1]();
});

// Something was decided in a dialogue: the page shows how it is now.
document.body.addEventListener("board-changed", () => window.location.reload());

// [data-keeps="selector"]: what somebody has written there is not taken away by another template or reason.
document.addEventListener("htmx:beforeRequest", (event) => {
  const selector = event.detail.elt.dataset?.keeps;
  if (!selector) return;
  const written = [...document.querySelectorAll(selector)].some(
    (field) => field.value !== field.defaultValue,
  );
  if (!written) return;
  event.preventDefault();
  announce(phrase("Your own words are kept."));
});

// The story: everything, messages, or notes.
const filter = document.querySelector("[data-story-filter]");
filter?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-kinds]");
  if (!button) return;
  const kinds = button.dataset.kinds.split(" ").filter(Boolean);
  for (const other of filter.querySelectorAll("[data-kinds]"))
    other.setAttribute("aria-pressed", String(other === button));
  for (const entry of document.querySelectorAll("[data-story] [data-kind]"))
    entry.hidden = kinds.length > 0 && !kinds.includes(entry.dataset.kind);
  for (const day of document.querySelectorAll("[data-story] .timeline-day"))
    day.hidden = !day.querySelector("[data-kind]:not([hidden])");
});

// Writing: a note for the team or a message to the candidate.
const tabs = [...document.querySelectorAll(".writing-tab")];
function show(tab, focus = true) {
  for (const other of tabs) {
    const on = other === tab;
    other.setAttribute("aria-selected", String(on));
    other.tabIndex = on ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = !on;
  }
  const area = focus && document.getElementById(tab.getAttribute("aria-controls")).querySelector("textarea");
  if (!area) return;
  area.focus({ preventScroll: true });
  area.scrollIntoView({ block: "center", behavior: "instant" });
}
for (const tab of tabs) {
  tab.addEventListener("click", () => show(tab));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const next = tabs[(tabs.indexOf(tab) + 1) % tabs.length];
    show(next, false);
    next.focus();
  });
}
function openWriting() {
  const tab = document.getElementById("tab-write");
  if (tab && (window.location.hash === "#write" || document.querySelector("#write .field-error"))) show(tab);
}
openWriting();
// A place in the address takes the focus away once the page is there: it is given again.
window.addEventListener("load", () => setTimeout(openWriting));
window.addEventListener("hashchange", openWriting);
document.addEventListener("click", (event) => {
  if (event.target.closest('a[href$="#write"]') && tabs[1]) {
    event.preventDefault();
    show(tabs[1]);
  }
});

// @ and a name: the list of the team, by arrows and Enter.
for (const box of document.querySelectorAll("[data-mentions]")) {
  const area = box.querySelector("textarea");
  const list = box.querySelector("[data-people]");
  const people = [...list.querySelectorAll("[data-person]")];
  let begins = -1;

  const close = () => {
    list.hidden = true;
    area.removeAttribute("aria-expanded");
  };
  const shown = () => people.filter((person) => !person.hidden);
  const mark = (person) => {
    for (const other of people) other.classList.toggle("is-marked", other === person);
    for (const other of people) other.setAttribute("aria-selected", String(other === person));
    person?.scrollIntoView({ block: "nearest" });
  };
  const choose = (person) => {
    const before = area.value.slice(0, begins);
    const after = area.value.slice(area.selectionStart);
    area.value = `${before}@${person.dataset.person} ${after}`;
    area.selectionStart = area.selectionEnd = begins + person.dataset.person.length + 2;
    close();
    area.focus();
  };

  area.addEventListener("input", () => {
    const typed = area.value.slice(0, area.selectionStart);
    const found = /(^|\s)@([\p{L}\p{M}'. -]{0,30})$/u.exec(typed);
    if (!found) return close();
    begins = typed.length - found[2].length - 1;
    const wanted = found[2].toLocaleLowerCase();
    for (const person of people)
      person.hidden = !person.dataset.person
        .toLocaleLowerCase()
        .split(" ")
        .concat(person.dataset.person.toLocaleLowerCase())
        .some((word) => word.startsWith(wanted));
    list.hidden = shown().length === 0;
    if (!list.hidden) mark(shown()[0]);
  });
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const all = shown();
    const at = all.findIndex((person) => person.classList.contains("is-marked"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(all[(at + step + all.length) % all.length]);
    else if (event.key === "Enter" || event.key === "Tab") choose(all[Math.max(0, at)]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("mousedown", (event) => {
    const person = event.target.closest("[data-person]");
    if (person) {
      event.preventDefault();
      choose(person);
    }
  });
  area.addEventListener("blur", close);
}
