/* triage.js: choosing a category proposes its usual severity, as long as nobody has chosen one by hand. */
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
