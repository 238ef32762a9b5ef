/* sheet.js: printing a sheet; without script the browser's own menu does it. */
(() => {
  "use strict";
  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
})();
