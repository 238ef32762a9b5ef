/* portal.js: comforts of the retailer's pages. Every page works without it. */
(() => {
  "use strict";
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* A second press sends nothing; the button comes back with the page when the retailer goes back. */
  function guard(form) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
    });
    window.addEventListener("pageshow", () => { delete form.dataset.sent; });
  }

  /* [data-copy="26110417"] with data-copied="Copied": says so in its own words. Hidden where copying is impossible. */
  function copies(button) {
    if (!navigator.clipboard) { button.hidden = true; return; }
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    });
  }

  /* ul[data-names="input id"]: the chosen photos by name. */
  function shown(file) {
    const item = document.createElement("li");
    item.textContent = file.name;
    return item;
  }

  function listNames(list) {
    const input = document.getElementById(list.dataset.names);
    if (input) input.addEventListener("change", () => list.replaceChildren(...[...input.files].map(shown)));
  }

  /* form[data-keep="name"]: long texts outlive a reload. Kept in the tab only (sessionStorage), because a phone may be
     shared and a report anonymous; cleared when sent. */
  function keep(form) {
    const slot = (area) => `redress:${form.dataset.keep}:${area.name}`;
    $$("textarea", form).forEach((area) => {
      const saved = sessionStorage.getItem(slot(area));
      if (saved && !area.value) area.value = saved;
      area.addEventListener("input", () => sessionStorage.setItem(slot(area), area.value));
      form.addEventListener("submit", () => sessionStorage.removeItem(slot(area)));
    });
  }

  $$("form[method=post]").forEach(guard);
  $$("[data-copy]").forEach(copies);
  $$("[data-names]").forEach(listNames);
  $$("form[data-keep]").forEach(keep);
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
