// [data-theme-choice]: system, light or dark, kept on this device.
const KEY = "accord-theme";

const stored = () => {
  try {
    return localStorage.getItem(KEY) || "system";
  } catch {
    return "system";
  }
};

for (const group of document.querySelectorAll("[data-theme-choice]")) {
  const current = group.querySelector(`[value="${CSS.escape(stored())}"]`);
  if (current) current.checked = true;
  group.addEventListener("change", (event) => {
    try {
      if (event.target.value === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, event.target.value);
    } catch {
      /* a browser that keeps nothing follows the system */
    }
    document.dispatchEvent(new CustomEvent("accord:theme"));
  });
}
