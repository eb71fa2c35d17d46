// A step of a journey is a message or a task: only the part of the form that is meant is shown.
const form = document.getElementById("step-form");

function show() {
  const act = form.querySelector("[name=act]:checked")?.value;
  if (!act) return;
  for (const part of form.querySelectorAll("[data-act]")) {
    part.hidden = part.dataset.act !== act;
  }
}

form?.addEventListener("change", show);
if (form) show();
