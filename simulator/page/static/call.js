// The call of a handset: what the machine says, what it waits for, and the staff's phone at the other end.
import { $, make, redraw, words } from "./words.js";

export function drawCall(call) {
  const going = Boolean(call) && !call.over;
  for (const id of ["silent", "hang-up"]) $(id).hidden = !going;
  for (const id of ["dial", "dial-lost"]) $(id).hidden = going;
  const lines = call?.lines || [];
  redraw($("lines"), JSON.stringify([call?.sid, lines.length]), () => (lines.length ? lines.map(drawn) : [make("p", "hint", words.no_call)]));
  $("waiting").textContent = going ? waiting(call) : "";
  $("last-line").textContent = [...lines].reverse().find((line) => line.who === "machine")?.words || words.no_call;
}

export function drawStaff(call) {
  const kind = call && !call.over ? call.waiting.kind : "";
  const queued = Boolean(call && !call.over && call.queue);
  const rings = kind === "ringing" || queued;
  const talks = kind === "talking";
  const targets = (call?.waiting.targets || (queued ? [call.queue] : [])).join(", ");
  $("staff-tools").closest(".staff").classList.toggle("rings", rings);
  const said = rings ? `${words["wait.ringing"]}: ${targets}${words.staff_let ? ` · ${words.staff_let}` : ""}` : talks ? `${words["wait.talking"]}: ${targets}` : words.staff_quiet;
  if ($("staff-state").textContent !== said) $("staff-state").textContent = said;
  for (const button of $("staff-tools").children) {
    button.hidden = !{ answer: rings, busy: kind === "ringing", hang_up: talks }[button.value];
  }
}

function waiting(call) {
  const { kind, inputs, digits, language, seconds } = call.waiting;
  const more = [inputs?.map((input) => words[`wait.${input}`]).join(" / "), language, digits && `“${digits}”`, kind === "record" && `${seconds} s`];
  return [words[`wait.${kind}`] || kind, ...more].filter(Boolean).join(" · ");
}

function drawn(line) {
  if (line.who === "note") return make("p", "rule", make("span", "", words[line.words] || line.words));
  if (line.who === "sound") return make("div", "bubble out sound", player(line.words));
  const own = line.who === "caller" || line.who === "unheard";
  const bubble = make("div", `bubble${own ? " out" : ""}${line.who === "unheard" ? " away" : ""}`);
  const about = [words[`who.${line.who}`], line.language, line.voice].filter(Boolean).join(" · ");
  bubble.append(make("div", "bubble-body", words[line.words] || line.words), make("div", "bubble-meta", about));
  return bubble;
}

function player(sid) {
  const audio = make("audio");
  audio.controls = true;
  audio.preload = "none";
  audio.src = `/sounds/${sid}`;
  return audio;
}
