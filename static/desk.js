/* desk.js: keys, drafts and small comforts of the staff's pages. Every page works without it. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("has-js");

  /* ---------- rows: j and k walk, Enter opens ---------- */
  const rows = () => $$(".rd-row:not([hidden])");
  const linkOf = (row) => $("a.rd-row__main", row) || $("a", row);

  function walk(step) {
    const list = rows();
    const at = list.findIndex((row) => row.classList.contains("is-current"));
    const next = list[at < 0 ? 0 : at + step];
    if (!next) return;
    const link = linkOf(next);
    if (next.closest("[data-follow]") && link) { link.click(); return; } // the pane beside the list belongs to the row
    list.forEach((row) => row.classList.toggle("is-current", row === next));
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function openRow() {
    const row = $(".rd-row.is-current");
    const link = row && linkOf(row);
    if (link) link.click();
  }

  /* ---------- keys: data-key="A", "Enter", "Ctrl+K" on a link, button or field ---------- */
  const typing = (el) => el.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable=true]");
  const works = (el) => el.matches("a[href], button, summary, [role=button]");

  function nameOf(event) {
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + key;
  }

  function press(name) {
    const target = $$("[data-key]").find((el) => el.dataset.key.toUpperCase() === name.toUpperCase() && !el.disabled && el.getClientRects().length);
    if (!target) return false;
    target.focus();
    if (!typing(target)) target.click();
    return true;
  }

  function send(form) { // the form's own send button, so that its name and value go with it
    const button = $$("[data-key='Ctrl+Enter'], [type=submit].btn-primary", form)[0];
    if (button) button.click();
    else form.requestSubmit();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.defaultPrevented || $("dialog[open]")) return;
    const name = nameOf(event);
    const target = event.target;
    if (name === "Enter" && target.matches("select") && press("Enter")) { event.preventDefault(); return; } // the next step, not the list again
    if (name === "Ctrl+Enter" && target.form) { event.preventDefault(); send(target.form); return; }
    if (name === "Escape" && typing(target)) { target.blur(); return; }
    if (!/^(Ctrl\+|F\d)/.test(name) && typing(target)) return; // function keys work while one types
    if (name === "Enter" && works(target)) return; // the focused link or button answers Enter itself
    const own = { J: () => walk(1), K: () => walk(-1), "?": showKeys };
    if (event.repeat && !own[name]) return; // a key held down is pressed once, also across the page that it leads to
    if (press(name)) event.preventDefault();
    else if (own[name]) { event.preventDefault(); own[name](); }
    else if (name === "Enter") openRow();
  });

  /* ---------- ? lists the keys of this page ---------- */
  const wordsOf = (el) => (el.getAttribute("aria-label") || (el.labels && el.labels[0] || {}).textContent || [...el.childNodes].filter((n) => n.nodeName !== "KBD").map((n) => n.textContent).join("")).trim();

  function addKey(list, el) {
    const key = document.createElement("kbd");
    const term = document.createElement("dt");
    const words = document.createElement("dd");
    key.textContent = el.dataset.key.replace("+", " ");
    term.append(key);
    words.textContent = wordsOf(el);
    term.dataset.added = words.dataset.added = "";
    list.append(term, words);
  }

  function showKeys() {
    const dialog = $("#keys");
    if (!dialog) return;
    const list = $("[data-keys]", dialog);
    $$("[data-added]", list).forEach((el) => el.remove());
    const here = $$("[data-key]").filter((el) => el.getClientRects().length);
    $$("[data-fixed]", list).forEach((el) => { el.hidden = here.some((own) => own.dataset.key === el.dataset.fixed); });
    here.forEach((el) => addKey(list, el));
    dialog.showModal();
  }

  /* ---------- drafts: textarea[data-draft="name"] outlives a closed page; cleared when sent and at sign-out ---------- */
  const prefix = "redress-draft:";
  const slot = (area) => prefix + location.pathname + ":" + area.dataset.draft;

  function saidSaved(area) {
    const note = $("[data-draft-note]", area.form || document);
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    if (note) note.textContent = note.dataset.draftNote.replace("{time}", time);
  }

  function keepDraft(area) {
    let timer = 0;
    const saved = localStorage.getItem(slot(area));
    if (saved && !area.value.trim()) area.value = saved;
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => { localStorage.setItem(slot(area), area.value); saidSaved(area); }, 600);
    });
    if (area.form) area.form.addEventListener("submit", () => { clearTimeout(timer); localStorage.removeItem(slot(area)); });
  }

  function forgetDrafts() {
    Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key));
  }

  /* ---------- choosing many: input[data-select-all="name"] and [data-chosen] for the count ---------- */
  function countChosen(name) {
    const boxes = $$(`input[type=checkbox][name="${name}"]`);
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => { const row = box.closest(".rd-row"); if (row) row.classList.toggle("is-picked", box.checked); });
    $$("[data-chosen]").forEach((el) => { el.textContent = chosen.length; });
    $$("[data-needs-chosen]").forEach((el) => { el.disabled = !chosen.length; });
    return [boxes.length, chosen.length];
  }

  function selectAll(master) {
    const name = master.dataset.selectAll;
    const show = () => {
      const [all, chosen] = countChosen(name);
      master.checked = all > 0 && all === chosen;
      master.indeterminate = chosen > 0 && chosen < all;
    };
    master.addEventListener("change", () => { $$(`input[type=checkbox][name="${name}"]`).forEach((box) => { box.checked = master.checked; }); show(); });
    document.addEventListener("change", (event) => { if (event.target.name === name) show(); });
    show();
  }

  /* ---------- small comforts ---------- */
  const twice = new WeakSet();

  function guard(event) { // a second press must not send twice; the server guards too
    const form = event.target;
    if (form.method !== "post") return;
    if (twice.has(form)) { event.preventDefault(); return; }
    twice.add(form);
    setTimeout(() => twice.delete(form), 4000);
  }

  function listNames(list) {
    const input = document.getElementById(list.dataset.names);
    if (input) input.addEventListener("change", () => list.replaceChildren(...[...input.files].map((file) => Object.assign(document.createElement("li"), { textContent: file.name }))));
  }

  function opensRail(link) { // without script the link's target shows it; with script the page keeps its place
    const rail = $("#rail");
    const close = $(".rd-rail__close", rail);
    const show = (open) => { rail.classList.toggle("is-open", open); (open ? close : link).focus(); };
    link.addEventListener("click", (event) => { event.preventDefault(); show(true); });
    close.addEventListener("click", (event) => { if (rail.classList.contains("is-open")) { event.preventDefault(); show(false); } });
    rail.addEventListener("keydown", (event) => { if (event.key === "Escape") show(false); });
  }

  function intoView(tab) { // a narrow page cuts the strip of tabs: the one in force stands in its middle
    const strip = tab.parentElement;
    const [own, all] = [tab, strip].map((el) => el.getBoundingClientRect());
    strip.scrollLeft += own.left - all.left - (all.width - own.width) / 2;
  }

  function copies(button) { // [data-copy="what"] with data-copied="Copied": says so in its own words, hidden where copying is impossible
    if (!navigator.clipboard) { button.hidden = true; return; }
    button.addEventListener("click", async () => { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = button.dataset.copied; });
  }

  document.addEventListener("submit", guard);
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-signout]")) forgetDrafts(); });
  document.addEventListener("change", (event) => { const form = event.target.closest("form[data-autosubmit]"); if (form) form.requestSubmit(); });
  $$("a[href='#rail']").forEach(opensRail);
  $$("textarea[data-draft]").forEach(keepDraft);
  $$("input[data-select-all]").forEach(selectAll);
  $$("[data-names]").forEach(listNames);
  $$("[data-copy]").forEach(copies);
  $$(".rd-tabs > nav a[aria-current]").forEach(intoView);
  const summary = $("[data-focus]");
  if (summary) summary.focus();
  const current = $(".rd-row.is-current");
  if (current) current.scrollIntoView({ block: "nearest" });
  const thread = $("[data-scroll-end]");
  if (thread) thread.scrollTop = thread.scrollHeight;
})();
