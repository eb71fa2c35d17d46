// The shared dashboard shows within three seconds what the other partner does: while the page is seen it asks for a
// word that changes with what it shows, and fetches its part anew once that is another.
const EVERY = 2000;
const MOST = 60_000; // as long it waits at most where nobody answers
let looking = false;
let pause = 0;

const shared = () => document.getElementById("shared");
const opened = () => [...shared().querySelectorAll("details[open] > summary")].map((each) => each.textContent);

function put(fresh) {
  const old = shared();
  const open = new Set(opened());
  const at = old.contains(document.activeElement) ? document.activeElement : null;
  const place = at && { href: at.getAttribute("href"), text: at.textContent };
  for (const each of fresh.querySelectorAll("summary")) if (open.has(each.textContent)) each.parentElement.open = true;
  old.replaceWith(fresh);
  window.htmx?.process(fresh);
  if (!place) return;
  const again = [...fresh.querySelectorAll("a, summary, button, [tabindex]")].find(
    (each) => each.getAttribute("href") === place.href && each.textContent === place.text,
  );
  again?.focus({ preventScroll: true });
}

async function look() {
  if (looking || document.hidden || Date.now() < pause) return;
  looking = true;
  try {
    const { dataset } = shared();
    const news = await fetch(dataset.news, { headers: { Accept: "application/json" } });
    if (!news.ok) throw new Error(String(news.status));
    if ((await news.json()).version === dataset.version) return;
    const answer = await fetch(dataset.page);
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("shared");
    if (fresh) put(document.adoptNode(fresh));
  } catch {
    pause = Date.now() + MOST; // No connection, or signed out: the page stays as it was.
  } finally {
    looking = false;
  }
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", () => {
  pause = 0;
  look();
});
