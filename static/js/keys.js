// The list of keys: what a page hears beside the keys of every page, it also says, from one place.

// `keys` is an object from key to [words, act]; keys with the same words stand in one line.
export function teach(keys) {
  const list = document.querySelector("[data-keys]");
  if (!list) return keys;
  const lines = new Map();
  for (const [key, [words]] of Object.entries(keys)) lines.set(words, [...(lines.get(words) || []), key]);
  for (const [words, named] of lines) list.append(line(named, words));
  return keys;
}

const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

function line(named, words) {
  const row = document.createElement("div");
  const term = document.createElement("dt");
  for (const key of named) {
    const sign = document.createElement("kbd");
    sign.dataset.keySign = key;
    sign.textContent = SIGNS[key] || key;
    term.append(sign, " ");
  }
  const said = document.createElement("dd");
  said.textContent = words;
  row.append(term, said);
  return row;
}
