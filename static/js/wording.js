// [data-wording="question"]: what does not belong in the words of this field shows under it while one types, with
// the reason and what to say instead. [data-wording-place="DE-BE"] around it says whose law holds, and what is named
// beside it (data-wording-role) what it is about. [data-wording-said="note"] is a text that somebody else has kept.
const ADDRESS = "/settings/wording/check/";
const WAIT = 600;
const SHORTEST = 4;
const MOST_SAID = 8;
const known = new WeakMap();

function stateOf(field) {
  if (!known.has(field)) {
    const shown = Object.assign(document.createElement("div"), { className: "wording" });
    shown.setAttribute("aria-live", "polite");
    // A rich text editor stands before its hidden text area.
    field.after(shown);
    known.set(field, { shown, said: "", timer: 0 });
  }
  return known.get(field);
}

// A rich text area is hidden behind its editor, which has the words alone.
function textOf(field) {
  if (field.dataset.wordingSaid) return field.innerText;
  const editor = field.dataset.richtext && field.previousElementSibling;
  return editor ? editor.innerText : field.value;
}

async function look(field) {
  const state = stateOf(field);
  const text = textOf(field);
  if (text === state.said || !field.isConnected) return;
  state.said = text;
  if (text.trim().length < SHORTEST) {
    state.shown.replaceChildren();
    return;
  }
  const { "x-csrftoken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
  const { wordingPlace: place = "", wordingRole: role = "", wordingApplication: application = "" } =
    field.closest("[data-wording-place]")?.dataset ?? {};
  const use = field.dataset.wording ?? field.dataset.wordingSaid;
  const body = new URLSearchParams({ text, use, place, role, application });
  try {
    const answer = await fetch(ADDRESS, { method: "POST", body, headers: { "x-csrftoken": token, "HX-Request": "true" } });
    // The words went on meanwhile: the next look says what holds.
    if (!answer.ok || state.said !== text) return;
    const findings = await answer.text();
    if (findings.trim() !== state.shown.innerHTML.trim()) state.shown.innerHTML = findings;
  } catch {
    // Nobody is kept from writing because a check could not be made.
  }
}

document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-wording]");
  if (!field) return;
  const state = stateOf(field);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => look(field), WAIT);
});

function begin(root) {
  const fields = root.matches?.("[data-wording]") ? [root] : root.querySelectorAll("[data-wording]");
  for (const field of fields) if (field.value.trim()) stateOf(field).timer = setTimeout(() => look(field), 50);
  for (const said of [...root.querySelectorAll("[data-wording-said]")].slice(0, MOST_SAID)) look(said);
}
begin(document);
document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
