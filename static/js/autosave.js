// Saves a form as one types, also over a connection that comes and goes.
//
// <form data-autosave="address"> with a hidden field `revision` and a [data-autosave-state] that says how it
// stands. The address answers a POST of the form with {revision}; with 409 and {revision, values, message}
// where another window has saved in the meantime; with 422 and {message} where it does not take it.
// Until the server has them, the words are kept on this device. Without JavaScript the form's own button saves.

import * as store from "./kept.js";
import { phrase } from "./phrase.js";

const PAUSE = 800;
const AGAIN = [2000, 5000, 15000, 30000];
const OWN = new Set(["csrfmiddlewaretoken", "revision"]);

const typed = (form) =>
  Object.fromEntries(
    [...new FormData(form)]
      .filter(([name]) => !OWN.has(name))
      .map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]),
  );
const same = (one, other) => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""));
};

class Autosave {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.state = form.querySelector("[data-autosave-state]");
    this.saved = typed(form);
    this.unsure = []; // sent, and no answer came: they may have arrived
    this.failures = 0;
    this.sending = false;
    form.classList.add("is-live");
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submitting(event));
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden && this.send());
    window.addEventListener("beforeunload", (event) => {
      if (this.isDirty && !this.isKept && !this.form.dataset.sent) event.preventDefault();
    });
    this.adoptBoxes();
    if (!this.differs) this.restore();
  }

  get isDirty() {
    return !same(typed(this.form), this.saved);
  }

  get boxes() {
    return [...this.form.querySelectorAll("[data-other]")];
  }

  get differs() {
    return this.boxes.length > 0;
  }

  say(text, wrong = false) {
    if (!this.state || this.state.textContent === text) return;
    this.state.textContent = text;
    this.state.dataset.tone = wrong ? "wrong" : "";
  }

  // By its button: what the other window wrote is decided on first.
  submitting(event) {
    clearTimeout(this.timer);
    if (!this.differs) return;
    event.preventDefault();
    this.boxes[0].querySelector("button").focus();
    this.say(phrase("Two texts differ. Choose what to keep first."), true);
  }

  changed() {
    this.isKept = store.set(this.address, { revision: this.form.elements.revision.value, values: typed(this.form) });
    if (this.differs) return;
    if (!this.failures) this.say(phrase("Saving…"));
    this.later(PAUSE);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  async send() {
    if (this.sending || this.differs || !this.isDirty || this.form.dataset.sent) return;
    clearTimeout(this.timer);
    this.sending = true;
    const sent = typed(this.form);
    let answer;
    try {
      answer = await fetch(this.address, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive: true,
      });
    } catch {
      this.unsure.push(sent);
      this.failed(phrase("No connection. Your words are kept on this device and sent when it is back."));
      return;
    } finally {
      this.sending = false;
    }
    await this.answered(answer, sent);
  }

  async answered(answer, sent) {
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      this.failed(phrase("You are signed out. Your words are kept on this device: sign in again in another tab."));
    } else if (answer.ok) {
      this.took((await answer.json()).revision, sent);
    } else if (answer.status === 409) {
      this.conflict(await answer.json());
    } else if (answer.status === 422) {
      this.say((await answer.json()).message, true);
    } else {
      this.failed(phrase("Our side did not answer. Your words are kept on this device and sent again."));
    }
  }

  failed(text) {
    this.say(text, true);
    this.later(AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
    this.failures += 1;
  }

  took(revision, sent) {
    this.form.elements.revision.value = revision;
    this.saved = sent;
    this.unsure = [];
    this.failures = 0;
    if (this.isDirty) {
      this.changed();
      return;
    }
    store.drop(this.address);
    const now = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.say(phrase("Saved at %(time)s", { time: now }));
  }

  // Somebody has saved in the meantime: this very window, whose answer was lost; or another one.
  conflict({ revision, values, message }) {
    const mine = this.unsure.find((sent) => same(sent, values));
    this.form.elements.revision.value = revision;
    if (mine) {
      this.saved = mine;
      this.unsure = [];
      this.send();
      return;
    }
    this.show(values, phrase("In the other window:"));
    if (this.differs) this.say(message, true);
    else this.took(revision, values);
  }

  // What was typed here when the connection was gone, and never arrived.
  restore() {
    const kept = store.get(this.address);
    if (!kept || same(kept.values, this.saved)) {
      store.drop(this.address);
      return;
    }
    if (kept.revision === this.form.elements.revision.value) {
      for (const [name, value] of Object.entries(kept.values)) this.write(name, value);
      this.changed();
      return;
    }
    this.show(kept.values, phrase("Typed on this device, and not saved:"));
    if (this.differs) this.say(phrase("Two texts differ. Both are here: choose what to keep."), true);
  }

  // --- Both texts, one under the other

  show(values, where) {
    const here = typed(this.form);
    for (const [name, text] of Object.entries(values)) {
      if (text && text !== (here[name] ?? "")) this.box(name, text, where);
    }
  }

  box(name, text, where) {
    const place = this.place(name);
    if (!place) return;
    const box = document.createElement("div");
    box.className = "other-text";
    box.dataset.other = name;
    const said = document.createElement("p");
    said.textContent = where;
    const quote = document.createElement("blockquote");
    quote.textContent = this.label(name, text);
    box.append(said, quote);
    place.append(box);
    this.buttons(box, name, text);
  }

  adoptBoxes() {
    for (const box of this.boxes) {
      const text = box.querySelector("blockquote").textContent;
      this.buttons(box, box.dataset.other, text);
    }
  }

  buttons(box, name, text) {
    const row = document.createElement("div");
    row.className = "btn-row";
    const add = (words, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = words;
      button.addEventListener("click", () => {
        act();
        box.remove();
        if (!this.differs) this.settled();
      });
      row.append(button);
    };
    add(phrase("Keep what stands above"), () => {});
    add(phrase("Take this instead"), () => this.write(name, text));
    if (this.field(name)?.type === "textarea") {
      add(phrase("Keep both"), () => this.write(name, `${this.field(name).value}\n\n${text}`));
    }
    box.append(row);
  }

  settled() {
    this.saved = {};
    this.changed();
  }

  field(name) {
    const found = this.form.elements[name];
    return found instanceof RadioNodeList ? found[0] : found;
  }

  place(name) {
    const field = this.field(name);
    return field?.type === "radio" ? field.closest("fieldset") : field?.parentElement;
  }

  label(name, value) {
    const radio = [...this.form.querySelectorAll(`input[type=radio][name="${name}"]`)].find((each) => each.value === value);
    return radio ? radio.closest("label").textContent.trim() : value;
  }

  write(name, value) {
    const radios = [...this.form.querySelectorAll(`input[type=radio][name="${name}"]`)];
    if (radios.length) {
      for (const radio of radios) radio.checked = radio.value === value || radio.closest("label").textContent.trim() === value;
    } else if (this.field(name)) {
      this.field(name).value = value;
    }
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
for (const done of document.querySelectorAll("[data-autosave-done]")) store.drop(done.dataset.autosaveDone);
