// Words of messages: a click puts a placeholder where the cursor was, in the subject or the message.
const form = document.querySelector("[data-words]");
let field = form.elements.body;

for (const each of [form.elements.subject, form.elements.body]) {
  each.addEventListener("focus", () => {
    field = each;
  });
}

for (const button of form.querySelectorAll("[data-put]")) {
  button.addEventListener("click", () => {
    const words = `{{ ${button.dataset.put} }}`;
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
