/* transcript.js: deciding a doubt loads the page anew; what was typed meanwhile in the form beside it comes back. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-kept]");
  const confirm = document.getElementById("confirm");
  const slot = `redress-kept:${location.pathname}:${new URLSearchParams(location.search).get("case") || ""}`;
  const fields = (root) => [...root.elements].filter((el) => el.name && el.form === root && el.type !== "hidden" && el.type !== "submit");
  const ticks = (el) => el.type === "radio" || el.type === "checkbox";

  function changed(el) { // only what a person has changed: a fact read from corrected words must not be put back
    if (ticks(el)) return el.checked !== el.defaultChecked;
    if (el.tagName === "SELECT") return [...el.options].some((option) => option.selected !== option.defaultSelected) && el.selectedIndex > 0;
    return el.value !== el.defaultValue;
  }

  function restore(root) {
    const kept = JSON.parse(sessionStorage.getItem(slot) || "[]");
    sessionStorage.removeItem(slot);
    kept.forEach(([name, value, checked]) => fields(root).filter((el) => el.name === name).forEach((el) => {
      if (!ticks(el)) el.value = value;
      else if (el.value === value) el.checked = checked;
    }));
  }

  if (!form) return;
  restore(form);
  if (confirm) confirm.addEventListener("submit", () => {
    const kept = fields(form).filter(changed).map((el) => [el.name, el.value, el.checked]);
    if (kept.length) sessionStorage.setItem(slot, JSON.stringify(kept));
  });
})();
