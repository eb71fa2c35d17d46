// Words of messages and letters: a click puts a placeholder where the cursor was last.
const form = document.querySelector("[data-words]");
const fields = form ? [...form.querySelectorAll("[name=subject], [name=body], [name=letter]")] : [];
let field = fields.at(-1);

for (const each of fields) {
  each.addEventListener("focus", () => {
    field = each;
  });
}

for (const button of form?.querySelectorAll("[data-put]") ?? []) {
  button.addEventListener("click", () => {
    const words = `{{ ${button.dataset.put} }}`;
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
