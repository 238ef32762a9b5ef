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

  /* ul[data-names="input id"]: the chosen photos by name, each with a way to take it off. A telephone's camera gives one
     photo at a time, so a new choice is added to the earlier ones, up to data-most. */
  function photos(list) {
    const input = document.getElementById(list.dataset.names);
    if (!input || !window.DataTransfer) return;
    let chosen = [];
    const hold = (files) => {
      chosen = files.slice(0, Number(list.dataset.most) || files.length);
      const carrier = new DataTransfer();
      chosen.forEach((file) => carrier.items.add(file));
      input.files = carrier.files;
      list.replaceChildren(...chosen.map(row));
    };
    const row = (file) => {
      const item = document.createElement("li");
      const off = Object.assign(document.createElement("button"), { type: "button", className: "rd-linkbtn", textContent: list.dataset.remove || "×" });
      off.addEventListener("click", () => hold(chosen.filter((other) => other !== file)));
      item.append(file.name, off);
      return item;
    };
    const isNew = (file) => !chosen.some((other) => other.name === file.name && other.size === file.size);
    input.addEventListener("change", () => hold([...chosen, ...[...input.files].filter(isNew)]));
  }

  /* form[data-keep="name"]: long texts outlive a reload and a failed sending. Kept in the tab only (sessionStorage),
     because a phone may be shared and a report anonymous; forgotten where [data-sent="name"] says that it arrived. */
  const slot = (name, area) => `redress:${name}:${area}`;

  function keep(form) {
    $$("textarea", form).forEach((area) => {
      const key = slot(form.dataset.keep, area.name);
      const saved = sessionStorage.getItem(key);
      if (saved && !area.value) area.value = saved;
      area.addEventListener("input", () => sessionStorage.setItem(key, area.value));
    });
  }

  function forget(mark) {
    Object.keys(sessionStorage).filter((key) => key.startsWith(slot(mark.dataset.sent, ""))).forEach((key) => sessionStorage.removeItem(key));
  }

  document.documentElement.classList.add("js");
  $$("form[method=post]").forEach(guard);
  $$("[data-copy]").forEach(copies);
  $$("[data-names]").forEach(photos);
  $$("form[data-keep]").forEach(keep);
  $$("[data-sent]").forEach(forget);
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
