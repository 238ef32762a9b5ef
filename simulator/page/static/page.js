// The page of the simulator: asks for the state every second and shows it; every button is one request.
import { drawCall, drawStaff } from "./call.js";
import { drawLog } from "./log.js";
import { drawTexts } from "./texts.js";
import { $, tell, words } from "./words.js";

const EVERY = 1000;
let number = new URLSearchParams(location.search).get("number") || "";
let last = 0;
let asking = false;
let known = null;
let turn = Promise.resolve();
let behind = 0;

// One request after the other: what was chosen is known there before a text goes out by it.
function inTurn(request) {
  behind += 1;
  turn = turn.then(() => {
    behind -= 1;
    return request();
  });
  return turn;
}

async function ask() {
  if (asking) return;
  asking = true;
  await inTurn(look);
  asking = false;
}

async function look() {
  const about = number;
  try {
    const answer = await fetch(`/state?number=${encodeURIComponent(number)}&last=${last}`);
    if (!answer.ok) throw new Error(answer.status);
    const state = await answer.json();
    if (known === null || document.body.dataset.offline) restarted(state);
    known = state;
    // Another number was chosen while this answer was on its way: it is asked for, and the choice stands.
    if (about === number) draw(state);
    else setTimeout(ask);
  } catch {
    document.body.dataset.offline = "yes";
    tell("offline");
  }
}

function restarted() {
  if (!document.body.dataset.offline) return;
  // A simulator that was started anew counts its lines from one again.
  delete document.body.dataset.offline;
  tell("");
  last = 0;
  $("log").replaceChildren();
}

function draw(state) {
  number = state.handset.number;
  $("clock").textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  $("shop").textContent = shop(state.handsets.indexOf(number));
  drawNumbers(state);
  if (settled($("choices"))) drawChoices($("choices"), state.handset.choices);
  if (settled($("provider"))) drawProvider($("provider"), state.provider);
  $("failing-now").hidden = !state.provider.failing;
  drawTexts(state.handset);
  drawCall(state.handset.call);
  drawStaff(state.handset.call);
  last = drawLog(state.log, last);
}

// While somebody is at a form, or what was chosen in it still waits for its turn, an older answer does not change it.
const settled = (form) => !behind && !form.contains(document.activeElement);

const shop = (n) => words.shop + (document.body.dataset.language === "zh" ? "甲乙丙丁戊己庚辛壬癸"[n] || n + 1 : "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n] || n + 1);

export const shown = (e164) => e164.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3").replace(/^\+86(\d{3})(\d{4})(\d{4})$/, "+86 $1 $2 $3");

function drawNumbers(state) {
  const list = $("number");
  if (list.length !== state.handsets.length) {
    list.replaceChildren(...state.handsets.map((one, n) => new Option(`${shown(one)} ${shop(n)}`, one)));
  }
  list.value = number;
}

// What nobody has seen yet cannot be changed: a form opens with the first values that are drawn in it.
function drawChoices(form, choices) {
  form.inert = false;
  form.elements.way.value = choices.way;
  form.elements.fate.value = choices.fate;
  form.elements.seconds.value = choices.seconds;
  form.elements.confidence.value = choices.confidence;
  form.elements.misheard.value = Object.entries(choices.misheard).map(([meant, heard]) => `${meant} → ${heard}`).join(", ");
  $("confidence-shown").textContent = Number(choices.confidence).toFixed(2);
}

function drawProvider(form, provider) {
  form.inert = false;
  form.elements.delay.value = provider.delay;
  form.elements.algorithm.value = provider.algorithm;
  for (const box of form.querySelectorAll("[name=lose]")) box.checked = provider.lose.includes(box.value);
}

function act(name, fields = {}, files = []) {
  const form = new FormData();
  form.set("number", number);
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  for (const file of files) form.append("pictures", file);
  return inTurn(() => post(name, form));
}

async function post(name, form) {
  try {
    const answer = await fetch(`/do/${name}`, { method: "POST", body: form, headers: { "X-Simulator": "page" } });
    tell(answer.ok ? "" : (await answer.json()).wrong);
    if (answer.ok) setTimeout(ask, 150);
    return answer.ok;
  } catch {
    tell("offline");
    return false;
  }
}

async function write(event) {
  event.preventDefault();
  const { body, pictures } = $("write").elements;
  if (await act("text", { body: body.value }, pictures.files)) {
    $("write").reset();
    $("chosen").hidden = true;
  }
}

async function speak(event) {
  event.preventDefault();
  if (await act("say", { words: $("words").value })) $("words").value = "";
}

function tab(name, focus) {
  for (const one of ["texts", "call", "keys"]) {
    $(`panel-${one}`).hidden = one !== name;
    $(`tab-${one}`).setAttribute("aria-selected", one === name);
    $(`tab-${one}`).tabIndex = one === name ? 0 : -1;
  }
  if (focus) $(`tab-${name}`).focus();
}

function dial(lost) {
  tab("call");
  act("call", lost ? { lost: "yes" } : {});
}

function keys(event) {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.toLowerCase() === "c") dial(false);
  else if (/^[0-9*#]$/.test(event.key) && known?.handset.call && !known.handset.call.over) act("press", { keys: event.key });
}

const tabs = ["texts", "call", "keys"];
for (const [n, name] of tabs.entries()) {
  $(`tab-${name}`).addEventListener("click", () => tab(name));
  $(`tab-${name}`).addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) tab(tabs[(n + step + tabs.length) % tabs.length], true);
  });
}
$("write").addEventListener("submit", write);
$("body").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) write(event);
});
$("pictures").addEventListener("change", () => {
  $("chosen").hidden = !$("pictures").files.length;
  $("chosen").textContent = `${$("pictures").files.length} ${words.pictures_chosen}`;
});
$("speak").addEventListener("submit", speak);
$("choices").addEventListener("change", ({ target }) => {
  if (target.id === "number") pick(target.value);
  else act("choose", { [target.name]: target.value });
});
$("choices").addEventListener("submit", (event) => event.preventDefault());
$("confidence").addEventListener("input", () => { $("confidence-shown").textContent = Number($("confidence").value).toFixed(2); });
$("provider").addEventListener("submit", (event) => event.preventDefault());
$("provider").addEventListener("change", (event) => {
  const lose = [...$("provider").querySelectorAll("[name=lose]:checked")].map((box) => box.value).join(",");
  const field = event.target.name === "lose" ? { lose } : { [event.target.name]: event.target.value };
  act("provider", field);
});
$("dial").addEventListener("click", () => dial(false));
$("dial-lost").addEventListener("click", () => dial(true));
$("silent").addEventListener("click", () => act("silent"));
$("hang-up").addEventListener("click", () => act("hang_up"));
$("pad").addEventListener("click", (event) => event.target.value && act("press", { keys: event.target.value }));
$("staff-tools").addEventListener("click", (event) => event.target.value && act("staff", { what: event.target.value }));
$("replay").addEventListener("click", () => { tab("texts"); act("replay", { language: document.body.dataset.language }); });
$("open-show").addEventListener("click", () => {
  $("open-form").hidden = !$("open-form").hidden;
  $("open-show").setAttribute("aria-expanded", !$("open-form").hidden);
  if (!$("open-form").hidden) {
    $("new").value = `+1202555${String(142 + (known?.handsets.length || 0)).padStart(4, "0")}`;
    $("new").select();
  }
});
$("open-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await act("open", { new: $("new").value })) {
    pick($("new").value.replace(/[\s()-]/g, ""));
    $("open-form").hidden = true;
    $("open-show").setAttribute("aria-expanded", "false");
  }
});
for (const one of document.querySelectorAll("[data-number]")) one.textContent = shown(one.dataset.number);
document.addEventListener("keydown", keys);

function pick(e164) {
  number = e164;
  document.activeElement.blur();
  ask();
}

ask();
setInterval(ask, EVERY);
