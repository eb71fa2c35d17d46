// A warning that was followed here brings the words that it was about behind the #: they are put into the form and
// leave the address again, so that neither a log nor the browser's history has them.
const asked = new URLSearchParams(location.hash.slice(1)).get("asked");
const field = document.getElementById("id_asked");
if (asked && field && !field.value) {
  field.value = asked;
  history.replaceState(null, "", location.pathname + location.search);
}
