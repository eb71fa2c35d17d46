// Words that were typed on this device and have not reached the server yet (autosave.js): whose they are, since when.
// They are for whoever typed them, and for a week. A browser that keeps nothing (private windows, full) keeps none.

const PREFIX = "autosave:";
const LASTS = 7 * 24 * 60 * 60 * 1000;
const person = document.querySelector("[data-person]")?.dataset.person ?? "";

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};
const remove = (key) => {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
};
const all = () => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
};

export const any = () => all().length > 0;
export const get = (address) => read(PREFIX + address);
export const drop = (address) => remove(PREFIX + address);
export function set(address, words) {
  try {
    localStorage.setItem(PREFIX + address, JSON.stringify({ ...words, person, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

// Everything that a page has put here of whoever is signed in; how the device likes its colours stays.
export function forget() {
  all().forEach(remove);
  try {
    sessionStorage.clear();
  } catch {
    // nothing was kept
  }
}

for (const key of all()) {
  const kept = read(key);
  const another = person && kept?.person && kept.person !== person;
  if (!kept || another || Date.now() - (kept.at ?? Date.now()) > LASTS) remove(key);
}
