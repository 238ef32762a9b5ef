/* triage.js: choosing a category proposes its usual severity, as long as nobody has chosen one by hand.
   After a confirmation Enter rests until another key or the mouse is used: the Enter that confirmed, pressed once more, must not dispatch. */
(() => {
  "use strict";
  let rests = Boolean(document.querySelector("form[data-rests]"));
  const wake = () => {
    rests = false;
    document.querySelectorAll("[data-rests-note]").forEach((note) => { note.hidden = true; });
  };
  const kept = (event) => {
    if (rests && event.key === "Enter") { event.preventDefault(); event.stopPropagation(); }
    else if (rests) wake();
  };
  document.addEventListener("keydown", kept, true);
  document.addEventListener("pointerdown", wake, true);
})();

(() => {
  "use strict";
  const leaf = document.querySelector("[data-sets-severity]");
  if (!leaf) return;
  const radios = [...document.querySelectorAll(`input[name="${leaf.dataset.setsSeverity}"]`)];
  let byHand = radios.some((radio) => radio.checked);
  radios.forEach((radio) => radio.addEventListener("click", () => { byHand = true; }));
  leaf.addEventListener("change", () => {
    const usual = leaf.selectedOptions[0].dataset.severity;
    const radio = radios.find((item) => item.value === usual);
    if (radio && !byHand) radio.checked = true;
  });
})();
