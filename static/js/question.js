// Choices are asked for only where the answer is a choice.
const kind = document.querySelector("select[name=kind]");
const options = document.querySelector("[data-options]")?.closest(".field");

function follow() {
  options.hidden = !["choice", "several"].includes(kind.value);
}

if (kind && options) {
  follow();
  kind.addEventListener("change", follow);
}
