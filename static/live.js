/* live.js: a page whose parts ask for news every twenty seconds while somebody looks at it. Without it a reload shows the same. */
(() => {
  "use strict";
  const EVERY = 20000;
  const place = document.querySelector("[data-live]");
  if (!place) return;
  const parts = [...document.querySelectorAll("[data-part]")];
  const announce = place.querySelector("[data-announce]");
  let late = null;

  function put(part, html) { // whoever stands on a link goes on standing on it, and what he is typing is left alone
    const active = document.activeElement;
    const inside = part.contains(active);
    if (inside && active.matches("input, select, textarea")) return;
    const focused = inside && active.getAttribute("href");
    const strips = () => [...part.querySelectorAll(".rd-tabs > nav")];
    const places = strips().map((strip) => strip.scrollLeft);
    part.innerHTML = html;
    strips().forEach((strip, number) => { strip.scrollLeft = places[number] || 0; });
    const again = focused && part.querySelector(`a[href="${CSS.escape(focused)}"]`);
    if (again) again.focus({ preventScroll: true });
  }

  async function ask() {
    try {
      const answer = await fetch(place.dataset.live, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) return;
      const news = await answer.json();
      parts.filter((part) => news[part.dataset.part] !== undefined).forEach((part) => put(part, news[part.dataset.part]));
      if (late !== null && news.late > late) announce.textContent = place.dataset.later;
      late = news.late;
    } catch { /* the server is away for a moment: the next round asks again */ }
  }

  setInterval(() => { if (!document.hidden) ask(); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
})();
