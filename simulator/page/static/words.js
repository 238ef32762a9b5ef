// The words of the page, and the few helpers that every part of it needs.
export const words = JSON.parse(document.body.dataset.words);
export const $ = (id) => document.getElementById(id);

export function make(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content.filter((part) => part !== null && part !== undefined));
  return made;
}

export function icon(name) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  made.append(use);
  return made;
}

export const spoken = (text) => make("span", "hidden", text);

// What went wrong, in words; an empty name takes the message away.
export function tell(wrong) {
  $("wrong").hidden = !wrong;
  $("wrong").textContent = wrong ? words[`wrong.${wrong}`] || wrong : "";
}

// Draws a list anew only when what it shows has changed, and keeps its end in sight.
export function redraw(box, key, draw) {
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  box.replaceChildren(...draw());
  box.scrollTop = box.scrollHeight;
}
