// <textarea data-richtext="toolbar-id"> becomes a Trix editor. Without this script the text area stays, with the
// text as HTML; either way the server takes out what does not belong into it.
import Trix from "../vendor/trix.js";
import { phrase } from "./phrase.js";

// On the page there is a title above the text already.
Trix.config.blockAttributes.heading1.tagName = "h2";

document.addEventListener("trix-file-accept", (event) => event.preventDefault());

for (const area of document.querySelectorAll("textarea[data-richtext]")) {
  const toolbar = document.getElementById(area.dataset.richtext);
  const label = document.querySelector(`label[for="${area.id}"]`);
  const value = Object.assign(document.createElement("input"), {
    type: "hidden",
    id: `${area.id}-value`,
    value: area.value,
  });
  const editor = document.createElement("trix-editor");
  editor.setAttribute("input", value.id);
  editor.setAttribute("toolbar", toolbar.id);
  editor.setAttribute("aria-label", label?.textContent.trim() ?? phrase("Text"));
  if (area.getAttribute("aria-describedby"))
    editor.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
  editor.className = "richtext form-control";
  area.before(value, toolbar, editor);
  area.hidden = true;
  toolbar.hidden = false;
  label?.addEventListener("click", () => editor.focus());
  editor.addEventListener("trix-change", () => {
    area.value = value.value;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
