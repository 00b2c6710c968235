// The page to walk through a system by hand. It reads only the graph that the page holds, and puts every text on the
// page as text. A walk is the numbers of the edges taken; it stands in the address, so that a page loaded anew is where
// it was; a page made along a run begins at its end. Knows no model.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const graph = JSON.parse(byId("data").textContent);
  const out = graph.states.map(() => []);
  graph.edges.forEach((edge, number) => out[edge.from].push(number));
  const first = Math.max(0, graph.states.findIndex((state) => state.first));
  let walk = location.hash === "" ? graph.run.slice()
    : location.hash.slice(1).split(".").filter((part) => part !== "").map(Number);
  let at = first;
  walk = walk.filter((edge) => {
    const fits = graph.edges[edge] !== undefined && graph.edges[edge].from === at;
    if (fits) at = graph.edges[edge].to;
    return fits;
  });
  const here = (length) => length === 0 ? first : graph.edges[walk[length - 1]].to;
  const element = (name, text, className) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const item = (text, act, current) => {
    const made = document.createElement("li");
    const button = element("button", text);
    if (current) button.setAttribute("aria-current", "step");
    button.addEventListener("click", act);
    made.append(button);
    return made;
  };

  // "a{b 1, c [2, 3]}" as ["b 1", "c [2, 3]"], and what stands before; null if it is no such text.
  function opened(text) {
    const from = text.search(/[{[]/);
    if (from < 0 || !/[}\]]$/.test(text)) return null;
    const parts = [];
    let depth = 0;
    let quoted = false;
    let begin = from + 1;
    for (let place = from + 1; place < text.length - 1; ++place) {
      const sign = text[place];
      if (quoted) {
        if (sign === "\\") ++place;
        else if (sign === "\"") quoted = false;
      } else if (sign === "\"") quoted = true;
      else if (sign === "{" || sign === "[") ++depth;
      else if (sign === "}" || sign === "]") --depth;
      else if (sign === "," && depth === 0) {
        parts.push(text.slice(begin, place).trim());
        begin = place + 1;
      }
      if (depth < 0) return null;
    }
    parts.push(text.slice(begin, -1).trim());
    return { head: text.slice(0, from).trim(), parts };
  }
  // A long line in several, each with how far it stands in, and with where it belongs, so that it can be compared.
  function lines(text, depth, path) {
    const inside = text.length > 90 ? opened(text) : null;
    if (inside === null) return [{ text, depth, path, key: path + text }];
    const inner = path + inside.head + "/";
    return [{ text: inside.head, depth, path: null, key: inner },
      ...inside.parts.flatMap((part) => lines(part, depth + 1, inner))];
  }
  // "1a: State/upgrade Upgrade/" as "1a, upgrade: ".
  const place = (path) => path.split("/").map((head) => head.replace(/(: | |^)[A-Z][A-Za-z0-9_<>:]*$/, ""))
    .filter((head) => head !== "").join(", ") + ": ";
  const linesOf = (state) => state.lines.flatMap((line) => lines(line, 0, ""));
  const go = (next) => { walk = next; draw(); };

  // The shortest way from here to a state that is meant, or null.
  function way(meant) {
    const from = here(walk.length);
    const reached = new Map([[from, null]]);
    for (const state of reached.keys()) {
      if (state !== from && meant(graph.states[state])) {
        const edges = [];
        let edge = reached.get(state);
        for (; edge !== null; edge = reached.get(graph.edges[edge].from)) edges.unshift(edge);
        return edges;
      }
      for (const edge of out[state]) if (!reached.has(graph.edges[edge].to)) reached.set(graph.edges[edge].to, edge);
    }
    return null;
  }
  const isBroken = (state) => state.broken.length > 0;
  const isEnd = (state) => state.dead_end;

  function draw() {
    const now = here(walk.length);
    const state = graph.states[now];
    history.replaceState(null, "", "#" + (walk.join(".") || "start"));
    byId("where").textContent = "After " + walk.length + (walk.length === 1 ? " step" : " steps") + ", state " + now;
    const before = new Set(linesOf(walk.length === 0 ? state : graph.states[here(walk.length - 1)])
      .map((line) => line.key));
    const shown = linesOf(state);
    const changes = shown.filter((line) => line.path !== null && !before.has(line.key));
    byId("changes").replaceChildren(...(shown.length > 20 && walk.length > 0 ? changes : []).map((line) =>
      element("li", (line.path === "" ? "" : place(line.path)) + line.text, "line changed")));
    byId("changes").hidden = byId("changes").childElementCount === 0;
    byId("state").replaceChildren(...shown.map((line) => {
      const made = element("li", line.text, before.has(line.key) ? "line" : "line changed");
      made.style.paddingLeft = 0.3 + 1.2 * line.depth + "rem";
      return made;
    }));
    byId("claims").replaceChildren(
      ...state.broken.map((claim) => element("li", "'" + claim + "' does not hold here", "alarm")),
      ...(state.dead_end ? [element("li", "Nothing can happen here", "hint")] : []),
      ...(state.outside ? [element("li", "Outside of the boundary: not followed", "hint")] : []));
    byId("events").replaceChildren(...out[now].map((edge, place) =>
      item((place < 9 ? place + 1 + "  " : "") + graph.edges[edge].text, () => go([...walk, edge]))));
    byId("more").textContent = state.followed ? "" : "More can happen here; the page holds no state for it.";
    byId("run").replaceChildren(item("Start", () => go([]), walk.length === 0), ...walk.map((edge, place) =>
      item(place + 1 + "  " + graph.edges[edge].text, () => go(walk.slice(0, place + 1)), place + 1 === walk.length)));
    byId("back").disabled = walk.length === 0;
    byId("broken").disabled = way(isBroken) === null;
    byId("end").disabled = way(isEnd) === null;
    byId("run").lastChild.scrollIntoView({ block: "nearest" });
  }
  byId("restart").addEventListener("click", () => go([]));
  byId("back").addEventListener("click", () => go(walk.slice(0, -1)));
  byId("broken").addEventListener("click", () => go([...walk, ...way(isBroken)]));
  byId("end").addEventListener("click", () => go([...walk, ...way(isEnd)]));
  document.addEventListener("keydown", (event) => {
    const edge = out[here(walk.length)][Number(event.key) - 1];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (edge !== undefined) go([...walk, edge]);
    else if (event.key === "Backspace" && walk.length > 0) go(walk.slice(0, -1));
  });
  const remarks = [graph.states.length + " states", graph.stopped, graph.limit, graph.failure];
  byId("limit").textContent = remarks.filter((part) => part).join("; ");
  draw();
  document.body.dataset.ready = "yes";
})();
