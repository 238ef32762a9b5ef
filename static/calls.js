/* calls.js: the call desk asks for news every three seconds, lets times run, and keeps the form as one types. Without it the page
   shows the same after a reload and keeps what is typed with every button. */
(() => {
  "use strict";
  const EVERY = 3000;
  const PAUSE = 2000; // after the last key
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const desk = $("[data-board]");
  if (!desk) return;

  /* ---------- running times: time[data-since] ---------- */
  const two = (number) => String(number).padStart(2, "0");

  function run() {
    $$("time[data-since]").forEach((time) => {
      const seconds = Math.max(0, Math.floor((Date.now() - new Date(time.dataset.since)) / 1000));
      const hours = Math.floor(seconds / 3600);
      time.textContent = (hours ? `${hours}:${two(Math.floor(seconds / 60) % 60)}` : Math.floor(seconds / 60)) + ":" + two(seconds % 60);
    });
  }

  /* ---------- news ---------- */
  let waiting = $$(".rd-group.is-late ~ .rd-row", desk).length;

  function put(place, html) { // whoever stands on a link goes on standing on it
    if (!place || html === null || html === undefined) return;
    const focused = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
    place.innerHTML = html;
    const again = focused && $(`a[href="${CSS.escape(focused)}"]`, place);
    if (again) again.focus({ preventScroll: true });
  }

  function putSaid(html) { // who reads at the end goes on reading at the end
    const place = $("[data-said]");
    if (!place || html === null) return;
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
    put(place, html);
    if (atEnd) place.scrollTop = place.scrollHeight;
  }

  async function ask() {
    try {
      const answer = await fetch(desk.dataset.board, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) return;
      const news = await answer.json();
      put($("[data-calls]"), news.calls);
      put($("[data-today]"), news.today);
      putSaid(news.said);
      if (news.waiting > waiting) $("[data-announce]").textContent = desk.dataset.rings;
      if (!news.waiting) $("[data-announce]").textContent = "";
      waiting = news.waiting;
    } catch { /* the server is away for a moment: the next round asks again */ }
  }

  async function listen() {
    await ask();
    setTimeout(listen, EVERY);
  }

  /* ---------- the form: kept on the server as one types, and in this browser until the server has it ---------- */
  function keeper(form) {
    const version = $("#version");
    const said = $("[data-kept]", form);
    const trouble = $("[data-trouble]", form);
    const mine = $("[data-mine]", form);
    const slot = form.dataset.storage;
    const skipped = ["csrf_token", "version", "step", "back_at"];
    let timer = 0;
    let running = null;
    let dirty = false;
    let blocked = false;
    let leaving = false;

    const body = () => new FormData(form);
    const fields = () => JSON.stringify([...body()].filter(([name]) => !skipped.includes(name)));

    function store(sent = false) { localStorage.setItem(slot, JSON.stringify({ version: version.value, fields: fields(), sent })); }

    function tell(text, choice) {
      trouble.hidden = !text;
      $("p", trouble).textContent = text;
      mine.hidden = !choice;
    }

    const radios = $$("input[name=severity]", form);
    const usual = $("#severity", form);
    const chosen = () => (radios.find((radio) => radio.checked) || {}).value || "";
    let byHand = chosen() !== "" && chosen() !== usual.dataset.proposed;
    const touched = new Set();

    function grade(severity) { // as long as nobody has chosen one by hand
      if (byHand) return;
      radios.forEach((radio) => { radio.checked = radio.value === severity; });
    }

    function propose(found) { // what stands in plain sight in the words goes into fields that nobody has touched
      grade(found.severity);
      ["order_no", "amount"].filter((name) => found[name] && !touched.has(name) && !form.elements[name].value)
        .forEach((name) => { form.elements[name].value = found[name]; });
    }

    function settled(news, sent) {
      version.value = news.version;
      said.textContent = form.dataset.saved.replace("{time}", news.saved);
      tell("", false);
      if (!leaving && fields() === sent) propose(news.proposed); // else these words are old already
      dirty = fields() !== sent;
      if (dirty) store(); else localStorage.removeItem(slot);
    }

    async function send() {
      const sent = fields();
      const answer = await fetch(form.dataset.keeps, { method: "POST", body: body(), headers: { Accept: "application/json" } });
      const told = !answer.redirected && (answer.headers.get("Content-Type") || "").includes("json");
      if (told && answer.ok) return settled(await answer.json(), sent);
      if (!told || answer.status !== 409) return tell(form.dataset.lost, false);
      const news = await answer.json();
      blocked = true; // nothing is overwritten until somebody says so
      mine.dataset.version = news.version;
      tell(news.why, true);
    }

    function keep() {
      clearTimeout(timer);
      if (running || !dirty || blocked || leaving) return running || Promise.resolve();
      running = send().catch(() => tell(form.dataset.lost, false)).finally(() => {
        running = null;
        if (dirty && !blocked && !leaving) timer = setTimeout(keep, PAUSE);
      });
      return running;
    }

    function typed(event) {
      const field = event.target;
      if (field.form !== form || skipped.includes(field.name)) return;
      touched.add(field.name);
      if (field.name === "severity") byHand = true;
      if (field.name === "leaf") grade(field.selectedOptions[0].dataset.severity || "");
      dirty = true;
      store();
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
    }

    function fill(pairs) { // as the browser left them; what is not named was not chosen
      const values = new Map(pairs);
      [...form.elements].filter((el) => el.name && el.type !== "submit" && !skipped.includes(el.name)).forEach((el) => {
        if (el.type === "checkbox" || el.type === "radio") el.checked = values.get(el.name) === el.value;
        else el.value = values.get(el.name) || "";
      });
    }

    function bringBack() { // words that never reached the server: the session was over, the machine was switched off
      const left = JSON.parse(localStorage.getItem(slot) || "null");
      const arrived = left && (left.fields === fields() || left.sent && Number(version.value) > Number(left.version));
      if (!left || arrived) { localStorage.removeItem(slot); return; }
      fill(JSON.parse(left.fields));
      dirty = true;
      if (left.version === version.value) { tell(form.dataset.found, false); keep(); return; }
      blocked = true;
      mine.dataset.version = version.value;
      tell(form.dataset.found, true);
    }

    function early() { // what was typed before this script came
      const texts = [...form.elements].filter((el) => el.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])") && !skipped.includes(el.name));
      if (dirty || !texts.some((el) => el.value !== el.defaultValue)) return;
      dirty = true;
      store();
      timer = setTimeout(keep, PAUSE);
    }

    mine.addEventListener("click", () => {
      version.value = mine.dataset.version;
      blocked = false;
      dirty = true;
      keep();
    });

    form.addEventListener("submit", (event) => { // a keeping under way must not cross with the button
      if (!running) { // the copy stays until a page shows that the words arrived
        leaving = true;
        clearTimeout(timer);
        if (dirty) store(true);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      running.finally(() => form.requestSubmit(button));
    });
    window.addEventListener("pageshow", () => { leaving = false; });
    window.addEventListener("pagehide", () => { if (dirty && !blocked && !leaving) navigator.sendBeacon(form.dataset.keeps, body()); });
    document.addEventListener("input", typed);
    document.addEventListener("change", typed);
    document.addEventListener("focusout", (event) => { if (event.target.form === form) keep(); });
    if ("unkept" in form.dataset) { // refused because of another window; the page says so already
      dirty = blocked = true;
      mine.dataset.version = version.value;
      tell(form.dataset.unkept, true);
      store();
    } else bringBack();
    early();
  }

  /* ---------- Enter in a field that has a button of its own ---------- */
  $$("[data-enter]").forEach((field) => field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    document.getElementById(field.dataset.enter).click();
  }));

  function forgetFiled(form) { // copies of calls that are on no list any more
    const open = $$("a.rd-row__main", desk).map((link) => link.getAttribute("href").split("/").pop());
    const mine = (key) => form && key === form.dataset.storage;
    Object.keys(localStorage).filter((key) => key.startsWith("redress-draft:call:") && !mine(key) && !open.includes(key.split(":")[2]))
      .forEach((key) => localStorage.removeItem(key));
  }

  const form = $("form[data-keeps]");
  forgetFiled(form);
  if (form) keeper(form);
  const said = $("[data-said]");
  if (said) said.scrollTop = said.scrollHeight;
  run();
  setInterval(run, 1000);
  setTimeout(listen, EVERY);
})();
