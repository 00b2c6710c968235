// The page of one trace: a list of its steps and what each of them did, beside the viewer. It reads only the data that
// the page holds, and puts every text on the page as text. Knows no protocol.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const entries = JSON.parse(byId("data").textContent); // the start, then each step
  const list = byId("steps");
  let chosen = entries.length - 1;
  let stateOpen = false;

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const listed = (texts, className) => {
    const made = element("ul", undefined, className);
    for (const text of texts) made.append(element("li", text));
    return made;
  };

  function drawDetail() {
    const entry = entries[chosen];
    const parts = [element("h2", chosen === 0 ? entry.action : chosen + ". " + entry.action)];
    if (entry.fired.length > 0) parts.push(listed(entry.fired, "fired"));
    if (entry.changes.length > 0) parts.push(element("div", "Changed:"), listed(entry.changes));
    if (entry.state !== null) {
      const state = element("details");
      state.open = stateOpen;
      state.addEventListener("toggle", () => { stateOpen = state.open; });
      state.append(element("summary", "The whole state after it"), element("pre", entry.state));
      parts.push(state);
    } else {
      parts.push(element("div", "The trace does not tell the whole state here.", "hint"));
    }
    parts.push(element("div", "State " + entry.digest, "hint"));
    byId("detail").replaceChildren(...parts);
  }

  entries.forEach((entry, index) => {
    const item = element("li");
    const made = element("button");
    made.type = "button";
    made.append(element("span", index === 0 ? "" : String(index), "number"), entry.action);
    if (entry.loop) item.className = "again";
    if (entry.loop === "begins") made.prepend(element("span", "from here on, again and again:", "hint loop"));
    made.addEventListener("click", () => jump(index));
    item.append(made);
    list.append(item);
  });

  function jump(index) {
    chosen = Math.min(Math.max(index, 0), entries.length - 1);
    [...list.children].forEach((item, at) => {
      if (at === chosen) item.firstChild.setAttribute("aria-current", "step");
      else item.firstChild.removeAttribute("aria-current");
    });
    const item = list.children[chosen];
    const [top, bottom] = [item.offsetTop - list.offsetTop, item.offsetTop - list.offsetTop + item.offsetHeight];
    if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight)
      list.scrollTop = top - list.clientHeight / 2;
    drawDetail();
    viewer.show(null, texts, chosen);
  }

  const texts = entries.slice(1).map((entry) => [entry.action, ...entry.fired, ...entry.changes].join("\n"));
  const viewer = traceViewer(byId("viewer"), {
    jump,
    matched: (found, only) => [...list.children].forEach((item, index) => {
      item.hidden = only && !found.has(index);
      item.classList.toggle("found", found.has(index));
    }),
  });
  const svg = byId("drawing").querySelector("svg");
  byId("drawing").remove();
  viewer.show(svg, texts, chosen);
  jump(chosen);
  document.addEventListener("keydown", (event) => viewer.key(event));
  document.body.dataset.ready = "yes";
})();
