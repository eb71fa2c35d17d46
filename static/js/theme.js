// Runs before the first paint: light or dark as chosen on this device, else as the system has it.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return window.localStorage.getItem("accord-theme");
    } catch {
      return null;
    }
  };
  const apply = () => {
    const choice = chosen();
    root.dataset.bsTheme = choice === "light" || choice === "dark" ? choice : dark.matches ? "dark" : "light";
  };
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("accord:theme", apply);
})();
