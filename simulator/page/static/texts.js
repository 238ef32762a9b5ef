// The texts of a handset, both ways, with what became of each.
import { $, make, redraw, words } from "./words.js";

export function drawTexts(handset) {
  const items = joined(handset.items);
  redraw($("texts"), JSON.stringify([handset.number, items]), () => (items.length ? items.map(drawn) : [make("p", "hint", words.no_texts)]));
}

// The parts of one text stand in one bubble, as on the phone they were written on.
function joined(items) {
  const whole = [];
  for (const item of items) {
    const part = /^(\d+)\/(\d+)$/.exec(item.marks?.[0] || "");
    const before = whole.at(-1);
    if (part && Number(part[1]) > 1 && before?.parts) {
      before.body += item.body;
      before.parts.push(item);
    } else {
      whole.push(part ? { ...item, parts: [item] } : item);
    }
  }
  return whole;
}

function drawn(item) {
  if (item.note) return make("p", "rule", make("span", "", words[item.note] || item.note));
  const bubble = make("div", `bubble${item.out ? " out" : ""}${!item.out && !item.arrived ? " away" : ""}`);
  const body = make("div", "bubble-body", item.body);
  for (const sid of item.pictures) {
    const picture = make("img");
    picture.src = `/pictures/${sid}`;
    picture.alt = words.pictures;
    body.append(picture);
  }
  const fate = item.out ? sent(item) : came(item);
  bubble.append(body, make("div", `bubble-meta${fate.bad ? " bad" : ""}`, fate.text));
  return bubble;
}

function sent(item) {
  const parts = item.parts || [item];
  const fates = parts.map((part) => fateOf(part.marks.filter((mark) => !mark.includes("/"))));
  const worst = fates.find((fate) => fate !== "received") || "received";
  const count = parts.length > 1 ? `${parts.length} ${words.segments} · ` : "";
  return { text: count + words[`sent.${worst}`], bad: ["refused", "unheard", "lost"].includes(worst) };
}

function fateOf(marks) {
  if (!marks.length) return "waiting";
  const mark = marks.at(-1);
  if (mark === "lost" || mark === "found") return mark;
  return mark === "0" ? "unheard" : mark.startsWith("2") ? "received" : "refused";
}

function came(item) {
  const size = `${item.segments} ${item.segments > 1 ? words.segments : words.segment}`;
  const error = item.error ? ` ${item.error}` : "";
  return { text: `${size} · ${words[`status.${item.status}`] || item.status}${error}`, bad: Boolean(item.error) };
}
