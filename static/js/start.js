// The first start: the clock of this device says where its reader probably is, before they have chosen anything.
const seen = document.querySelector("[data-zone-seen]");
if (seen) {
  seen.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  const country = seen.form.elements.country;
  const place = country.closest("[hx-get]");

  document.addEventListener("htmx:afterSwap", () => {
    const found = document.querySelector("[data-country]").dataset.country;
    if (!country.value && found) country.value = found;
  });

  if (seen.value && !country.value) {
    // htmx is ready once the page has loaded.
    addEventListener("load", () => place.dispatchEvent(new CustomEvent("zone-seen", { bubbles: true })));
  }
}
