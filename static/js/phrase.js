// What scripts say, in the language of the page: `phrase("Saved at %(time)s", { time })`. English needs no list.
let known;

export function phrase(text, facts = {}) {
  known ??= JSON.parse(document.getElementById("phrases")?.textContent || "{}");
  return (known[text] ?? text).replace(/%\((\w+)\)s/g, (_, name) => facts[name]);
}
