// Style and script of the page that shows a trace. The script only reads the data that the page holds and never turns
// text into markup. Light and dark follow the reader's preference.
#pragma once

namespace mdcd::traces {

inline constexpr const char* html_style = R"(
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1a1a1a; --faint: #5c6670; --line: #c9d0d6;
        --chosen: #ffe9a8; --alarm: #a3112b; --fired: #0b5c7a; }
body { margin: 0; font: 14px/1.45 "DejaVu Sans", Verdana, Arial, sans-serif; color: var(--ink);
       background: var(--paper); display: grid; height: 100vh;
       grid-template-columns: minmax(0, 1fr) minmax(320px, 30rem); }
#diagram { overflow: auto; }
#diagram svg { display: block; height: auto; max-width: 100%; }
#pinned { position: sticky; top: 0; height: 0; z-index: 1; }
#side { border-left: 1px solid var(--line); display: flex; flex-direction: column; min-height: 0; }
#detail { padding: 0.6rem 1rem; border-bottom: 1px solid var(--line); overflow: auto; flex: 0 1 55%; }
#detail h2 { font-size: 1rem; margin: 0 0 0.4rem; }
#detail ul { margin: 0 0 0.6rem; padding-left: 1.2rem; }
#detail .fired { color: var(--fired); }
#detail pre { font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.3rem 0; }
#steps { list-style: none; margin: 0; padding: 0.3rem 0; overflow: auto; flex: 1 1 45%; }
#steps li { padding: 0.1rem 1rem; cursor: pointer; }
#steps li .number { display: inline-block; min-width: 2.2em; color: var(--faint); }
#steps li.chosen, #steps li.shown { background: var(--chosen); color: #1a1a1a; }
#conclusion { padding: 0 1rem; color: var(--alarm); }
.hint { color: var(--faint); font-size: 12px; }
#diagram .step, #diagram .message, #diagram .checkpoint { cursor: pointer; }
#diagram .step.chosen .band { fill: var(--chosen); }
#diagram .message.chosen .arrow { stroke-width: 4; }
@media (max-width: 60rem) { body { display: block; height: auto; } #side { border-left: 0; } }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16191d; --ink: #e4e6e8; --faint: #98a2ab; --line: #3a424a; --chosen: #5a4a12; --alarm: #ff8a8a;
          --fired: #7cc8e8; }
  #steps li.chosen, #steps li.shown { color: #ffffff; }
}
)";

inline constexpr const char* html_script = R"(
"use strict";
const steps = JSON.parse(document.getElementById("data").textContent);
const detail = document.getElementById("detail");
const list = document.getElementById("steps");
let chosen = steps.length - 1;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function listed(texts, className) {
  const made = element("ul", undefined, className);
  for (const text of texts) made.append(element("li", text));
  return made;
}

function show(index) {
  const step = steps[index];
  detail.replaceChildren(element("h2", index === 0 ? step.action : index + ". " + step.action));
  if (step.fired.length > 0) detail.append(listed(step.fired, "fired"));
  if (step.changes.length > 0) detail.append(element("div", "Changed:"), listed(step.changes));
  if (step.state !== null) {
    const state = element("details");
    state.open = show.stateOpen === true;
    state.addEventListener("toggle", () => { show.stateOpen = state.open; });
    state.append(element("summary", "The whole state after it"), element("pre", step.state));
    detail.append(state);
  }
  detail.append(element("div", "State " + step.digest, "hint"));
  list.querySelectorAll("li").forEach((item, at) => item.classList.toggle("shown", at === index));
  for (const part of document.querySelectorAll("#diagram [data-step], #diagram .message")) {
    const data = part.dataset;
    part.classList.toggle("chosen", [data.step, data.sent, data.taken].includes(String(index)));
  }
}

function choose(index, scroll) {
  chosen = Math.min(Math.max(index, 0), steps.length - 1);
  show(chosen);
  list.querySelectorAll("li").forEach((item, at) => item.classList.toggle("chosen", at === chosen));
  if (scroll) {
    list.children[chosen].scrollIntoView({ block: "nearest" });
    const band = document.querySelector('#diagram .step[data-step="' + chosen + '"]');
    if (band) band.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function stepOf(target) {
  const part = target.closest("[data-step], [data-taken], [data-sent]");
  return part === null ? null : Number(part.dataset.step || part.dataset.taken || part.dataset.sent);
}

steps.forEach((step, index) => {
  const item = element("li");
  item.append(element("span", index === 0 ? "" : String(index), "number"), step.action);
  item.addEventListener("click", () => choose(index, true));
  item.addEventListener("mouseenter", () => show(index));
  list.append(item);
});
list.addEventListener("mouseleave", () => show(chosen));
const diagram = document.getElementById("diagram");
diagram.addEventListener("click", (event) => {
  const index = stepOf(event.target);
  if (index !== null) choose(index, true);
});
diagram.addEventListener("mouseover", (event) => {
  const index = stepOf(event.target);
  show(index === null ? chosen : index);
});
diagram.addEventListener("mouseleave", () => show(chosen));
document.addEventListener("keydown", (event) => {
  const moves = { ArrowDown: chosen + 1, j: chosen + 1, ArrowUp: chosen - 1, k: chosen - 1, Home: 0,
                  End: steps.length - 1 };
  if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in moves)) return;
  event.preventDefault();
  choose(moves[event.key], true);
});

// Smaller where it would not fit, but not too small; the names stay in sight while the rest scrolls.
const drawing = diagram.querySelector("svg");
const heads = drawing.querySelector(".heads");
drawing.style.minWidth = 0.7 * drawing.width.baseVal.value + "px";
if (heads !== null) {
  const box = heads.getBBox();
  const pinned = drawing.cloneNode(false);
  pinned.setAttribute("viewBox", "0 " + (box.y - 4) + " " + drawing.width.baseVal.value + " " + (box.height + 8));
  pinned.setAttribute("height", box.height + 8);
  pinned.setAttribute("aria-hidden", "true");
  pinned.append(drawing.querySelector(".paper").cloneNode(false), heads.cloneNode(true));
  pinned.querySelector(".paper").setAttribute("y", box.y - 4);
  const bar = element("div");
  bar.id = "pinned";
  bar.append(pinned);
  diagram.prepend(bar);
  const pin = () => {
    bar.hidden = diagram.scrollTop <= (box.y - 4) * drawing.clientWidth / drawing.width.baseVal.value;
  };
  diagram.addEventListener("scroll", pin);
  pin();
}
choose(chosen, false);
list.children[chosen].scrollIntoView({ block: "nearest" });
)";

} // namespace mdcd::traces
