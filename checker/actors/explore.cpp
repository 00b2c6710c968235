// The graph goes in as JSON that cannot end its element; the script puts it on the page as text only.
// Knows no model.
#include "checker/actors/explore.hpp"

#include <string_view>

#include "traces/markup.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr std::string_view style = R"css(
* { box-sizing: border-box; }
:root { color-scheme: light dark; --line: #8886; --faint: #777; --mark: #ffe9a8; --alarm: #b3122a; }
@media (prefers-color-scheme: dark) { :root { --mark: #5a4a10; --alarm: #ff7a8a; --faint: #aaa; } }
body { margin: 0; font: 14px/1.45 "DejaVu Sans", Verdana, Arial, sans-serif; display: grid; height: 100vh;
       grid-template: auto minmax(0, 1fr) / minmax(14rem, 1fr) minmax(20rem, 2fr) minmax(14rem, 1fr); }
header { grid-column: 1 / -1; padding: 0.4rem 1rem; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.05rem; margin: 0; } h2 { font-size: 1rem; margin: 0.3rem 0; }
section { overflow: auto; padding: 0.4rem 1rem; border-right: 1px solid var(--line); overflow-wrap: anywhere; }
ol, ul { margin: 0; padding: 0; list-style: none; }
button { display: block; width: 100%; margin: 0.15rem 0; padding: 0.2rem 0.5rem; text-align: left; font: inherit; }
header button { display: inline-block; width: auto; }
.line { font-family: "DejaVu Sans Mono", monospace; font-size: 13px; padding: 0.1rem 0.3rem; }
.changed { background: var(--mark); }
.alarm { color: var(--alarm); font-weight: bold; }
.hint { color: var(--faint); font-size: 12px; }
[aria-current] { background: var(--mark); font-weight: bold; }
)css";

constexpr std::string_view body = R"html(<header>
<button id="restart">Start</button> <button id="back">Back</button> <button id="broken">To a broken claim</button>
<button id="end">To a dead end</button> <span id="limit" class="hint"></span></header>
<section><h2>What can happen</h2><ol id="events"></ol><div id="more" class="hint"></div></section>
<section><h2 id="where"></h2><ul id="claims"></ul><ul id="state" aria-live="polite"></ul></section>
<section><h2>What has happened</h2><ol id="run"></ol></section>
)html";

// A walk is the numbers of the edges taken; it stands in the address, so that a page loaded anew is where it was.
constexpr std::string_view script = R"js("use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const graph = JSON.parse(byId("data").textContent);
  const out = graph.states.map(() => []);
  graph.edges.forEach((edge, number) => out[edge.from].push(number));
  const first = Math.max(0, graph.states.findIndex((state) => state.first));
  let walk = location.hash.slice(1).split(".").filter((part) => part !== "").map(Number);
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
  const go = (next) => { walk = next; draw(); };

  // The shortest way from here to a state that is meant, or null.
  function way(meant) {
    const from = here(walk.length);
    const reached = new Map([[from, null]]);
    for (const state of reached.keys()) {
      if (state !== from && meant(graph.states[state])) {
        const edges = [];
        for (let edge = reached.get(state); edge !== null; edge = reached.get(graph.edges[edge].from)) edges.unshift(edge);
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
    history.replaceState(null, "", "#" + walk.join("."));
    byId("where").textContent = "After " + walk.length + (walk.length === 1 ? " step" : " steps") + ", state " + now;
    const before = walk.length === 0 ? state.lines : graph.states[here(walk.length - 1)].lines;
    byId("state").replaceChildren(...state.lines.map((line) =>
      element("li", line, before.includes(line) ? "line" : "line changed")));
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
  byId("limit").textContent = [graph.states.length + " states", graph.limit, graph.failure].filter((part) => part).join("; ");
  draw();
  document.body.dataset.ready = "yes";
})();
)js";

// JSON in which no "</script>" or "<!--" can occur.
std::string inside_script(const std::string& json) {
    std::string text;
    for (const char letter : json)
        text += letter == '<' ? std::string("\\u003c") : std::string(1, letter);
    return text;
}

} // namespace

std::string explore(const ActorSystem& system, const std::string& title, const GraphOptions& options) {
    const std::string name = traces::markup_escaped(title);
    std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                       "'unsafe-inline'; script-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                       name + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n";
    std::string parts(body);
    parts.insert(parts.find("<button"), "<h1>" + name + "</h1>\n");
    page += parts;
    page += "<script id=\"data\" type=\"application/json\">" + inside_script(to_json(graph_of(system, options)));
    page += "</script>\n<script>" + std::string(script) + "</script>\n</body>\n</html>\n";
    return page;
}

} // namespace mdcd::checker::actors
