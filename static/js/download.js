// A form that answers with a file changes what its page says: fetch the file, then show the page anew.
import { phrase } from "./phrase.js";
import { toast } from "./toasts.js";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-download]");
  if (!form) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    if (!answer.ok) throw new Error(answer.statusText);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = answer.headers.get("Content-Disposition").match(/filename="(.+)"/)[1];
    link.click();
    window.setTimeout(() => window.location.reload(), 200);
  } catch {
    toast({ level: "error", text: phrase("The file could not be made. Reload the page and try again.") });
  }
});
