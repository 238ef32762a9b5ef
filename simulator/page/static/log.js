// The log of the wire: every request in both directions, with its signature and what came of it.
import { $, icon, make, spoken, words } from "./words.js";

const SIGNS = { in: "right", out: "left", own: "gear" };
const MOST = 400;

export function drawLog(lines, last) {
  const fresh = lines.filter((line) => line.id > last);
  if (!fresh.length) return last;
  const box = $("log").closest(".log");
  const atEnd = box.scrollTop + box.clientHeight > box.scrollHeight - 40;
  $("log").append(...fresh.map(row));
  while ($("log").rows.length > MOST) $("log").deleteRow(0);
  $("log-empty").hidden = true;
  if (atEnd) box.scrollTop = box.scrollHeight;
  return fresh.at(-1).id;
}

function row(line) {
  const what = make("td", "", make("span", "", named(line.kind)), line.note ? make("span", "note", line.note) : null);
  if (line.note) what.lastChild.title = line.note;
  return make("tr", "", make("td", "time", time(line.at)), make("td", "", icon(SIGNS[line.direction]), spoken(words[`dir.${line.direction}`])),
    what, make("td", "", ...signature(line)), make("td", result(line).bad ? "bad-result" : "", result(line).text));
}

function named(kind) {
  return words[`kind.${kind}`] || (kind.startsWith("rest.") ? words["kind.rest"] : kind);
}

function time(at) {
  const moment = new Date(at);
  return `${moment.toLocaleTimeString([], { hour12: false })}.${String(moment.getMilliseconds()).padStart(3, "0")}`;
}

function signature(line) {
  if (line.signature === "forged") return [make("span", "tag-bad", icon("cross"), ` ${words.forged}`)];
  return line.signature ? [icon("check"), ` ${line.signature}`, spoken(words.signed)] : [];
}

function result(line) {
  if (line.status === null) return { text: "" };
  const ms = line.ms === null ? "" : ` · ${line.ms} ms`;
  if (line.status === 0) return { text: words.no_answer + ms, bad: true };
  return { text: line.status === 403 ? `403 · ${words.refused}` : line.status + ms, bad: line.status >= 400 };
}
