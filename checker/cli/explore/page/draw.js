// What the explorer shows. Every word of the server goes in as text, never as markup; the drawings are parsed as SVG
// and live apart, so that their style and the page's do not meet. Asks nothing of the server.
"use strict";

const byId = (id) => document.getElementById(id);

export function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function button(text, onClick, title) {
  const made = element("button", text);
  made.type = "button";
  if (title) made.title = title;
  made.addEventListener("click", onClick);
  return made;
}

function listed(texts, className) {
  const made = element("ul", undefined, className);
  for (const text of texts) made.append(element("li", text));
  return made;
}

// An error or a remark above everything; "" takes it away.
export function say(text) {
  byId("alert-text").textContent = text;
  byId("alert").hidden = text === "";
}

function svgOf(text) {
  return document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
}

function drawing(host, svg) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const drawn = svgOf(svg);
  drawn.style.cssText = "display: block; height: auto; max-width: 100%; min-width: " + // smaller, but not too small
    0.7 * drawn.getAttribute("width") + "px";
  root.replaceChildren(drawn);
}

function option(value, text) {
  const made = element("option", text ?? value);
  made.value = value;
  return made;
}

export function drawStart(start) {
  byId("version").textContent = start.version;
  byId("scope").replaceChildren(...start.scopes.map((each) => option(each.name)));
  byId("preset").replaceChildren(...start.presets.map((each) => {
    const made = option(each.name);
    made.title = each.description;
    return made;
  }));
  drawing(byId("legend"), start.legend);
}

// A name that is not among the choices is shown as one more, which cannot be chosen again.
function showChoice(select, name) {
  select.querySelectorAll("[data-other]").forEach((each) => each.remove());
  if (![...select.options].some((each) => each.value === name)) {
    const other = option(name);
    other.dataset.other = "yes";
    select.prepend(other);
  }
  select.value = name;
}

export function drawRules(start, run, base, controls) {
  showChoice(byId("scope"), run.scope.name);
  showChoice(byId("preset"), run.rules_name);
  const from = start.presets.find((each) => each.name === base).rules;
  const changed = start.rules.filter((rule) => run.rules[rule.name] !== from[rule.name]);
  byId("changed-rules").textContent = changed.length === 0 ? "" : "(" + changed.length + " unlike " + base + ")";
  const focused = document.activeElement?.dataset?.rule;
  byId("rules").replaceChildren(...start.rules.map((rule) => {
    const label = element("label", undefined, changed.includes(rule) ? "changed" : "");
    label.title = rule.gap + " (" + rule.source + ")";
    const select = element("select");
    select.dataset.rule = rule.name;
    select.append(...rule.values.map((value) => option(value)));
    select.value = run.rules[rule.name];
    select.addEventListener("change", () => controls.setRule(rule.name, select.value));
    label.append(element("span", rule.name), select);
    return label;
  }));
  if (focused) byId("rules").querySelector('[data-rule="' + focused + '"]').focus();
}

function drawEnabled(told, controls) {
  const had = byId("enabled").contains(document.activeElement);
  byId("enabled").replaceChildren(...told.enabled.map((action, index) => {
    const item = element("li");
    const made = button(undefined, () => controls.take(action.text));
    made.append(element("span", index < 9 ? String(index + 1) : "", "number"), element("span", action.text));
    for (const fired of action.fired) made.append(element("span", fired, "would"));
    item.append(made);
    return item;
  }));
  if (told.enabled.length === 0)
    byId("enabled").append(element("li", "Nothing: the budgets of the scope are used up."));
  if (had) (byId("enabled").querySelector("button") ?? byId("back")).focus();
}

function drawSteps(told, controls) {
  const at = told.run.at;
  const had = byId("steps").contains(document.activeElement);
  byId("steps").replaceChildren(...told.steps.map((step, index) => {
    const item = element("li", undefined, index + 1 === at ? "here" : index + 1 > at ? "ahead" : "");
    const made = button(undefined, () => controls.jump(index + 1));
    made.append(element("span", String(index + 1), "number"), element("span", step.text));
    if (index + 1 === at) made.setAttribute("aria-current", "step");
    item.append(made);
    if (index + 1 <= at && step.fired.length > 0) item.append(listed(step.fired, "fired"));
    if (index + 1 === at && step.changes.length > 0) item.append(listed(step.changes));
    return item;
  }));
  if (told.steps.length === 0) byId("steps").append(element("li", "Nothing yet.", "faint"));
  const here = byId("steps").querySelector(".here");
  if (had) (here?.querySelector("button") ?? byId("last")).focus({ preventScroll: true });
  if (here === null) return;
  const list = byId("steps"); // the list alone: the page stays where it is
  const top = here.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + here.offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = Math.min(top, top + here.offsetHeight - list.clientHeight / 2);
}

function drawProperty(property, chosen, controls) {
  const item = element("li", undefined, property.verdict);
  const words = { not_reached: "not here", holds: "holds", violated: "violated", reached: "reached" };
  const made = button(undefined, () => controls.choose(property.name),
                      property.claim + "\nChoose it to see in the diagram what is wrong with it.");
  made.setAttribute("aria-pressed", String(property.name === chosen));
  made.append(element("span", words[property.verdict] ?? property.verdict, "verdict"), element("span", property.name));
  if (property.first !== undefined) {
    const past = property.kind === "always" ? "first violated" : "first reached";
    made.append(element("span", "  " + past + (property.first === 0 ? " at the start" : " in step " + property.first),
                        "faint"));
  }
  item.append(made);
  if (property.findings.length > 0) item.append(listed(property.findings, "findings alarm"));
  return item;
}

function drawProperties(told, controls) {
  const focused = document.activeElement?.textContent;
  const had = byId("claims").contains(document.activeElement) || byId("twins").contains(document.activeElement);
  for (const [id, kind] of [["claims", "always"], ["twins", "reachable"]])
    byId(id).replaceChildren(...told.properties.filter((each) => each.kind === kind)
      .map((each) => drawProperty(each, told.property, controls)));
  const twins = told.properties.filter((each) => each.kind === "reachable");
  byId("twin-count").textContent = "(" + twins.filter((each) => each.first !== undefined).length + " of " +
    twins.length + " in this run)";
  if (had) [...byId("right").querySelectorAll("button")].find((each) => each.textContent === focused)?.focus();
}

// What is empty and did not change unfolds only when asked for.
function drawField(field) {
  const row = element("tr", undefined, field.changed ? "changed" : "");
  const cell = element("td", field.text);
  const name = element("th");
  for (const part of field.name.split(/(?<=[._])/)) name.append(part, element("wbr")); // where a long name may break
  if (field.changed && field.before !== undefined) cell.append(element("span", "  was " + field.before, "was"));
  if (field.value !== undefined) cell.title = JSON.stringify(field.value, null, 1);
  row.append(name, cell);
  if (!field.changed && ["none", "no", "0"].includes(field.text)) row.classList.add("quiet");
  return row;
}

const unfolded = new Set(); // the cards shown whole, by name

function drawCard(name, fields, changed) {
  const card = element("div", undefined, "card" + (changed ? " changed" : ""));
  const table = element("table");
  table.append(...fields.map(drawField));
  card.append(element("h3", name));
  if (table.querySelector(".quiet")) {
    const more = button("", () => {
      if (!unfolded.delete(name)) unfolded.add(name);
      set();
    });
    const set = () => {
      card.classList.toggle("whole", unfolded.has(name));
      more.textContent = unfolded.has(name) ? "less" : "more";
      more.setAttribute("aria-label", more.textContent + " of " + name);
    };
    set();
    card.append(more);
  }
  card.append(table);
  return card;
}

function drawState(told) {
  const state = told.state;
  const cards = state.processes.map((each) => drawCard(each.name, each.fields, each.changed));
  if (state.channels.length > 0)
    cards.push(drawCard("Channels", state.channels, state.channels.some((each) => each.changed)));
  cards.push(drawCard("Shared", state.shared, state.shared.some((each) => each.changed)));
  byId("state").replaceChildren(...cards);
}

function drawRecovery(told) {
  byId("recovery").replaceChildren(...told.recovery.flatMap((each) => [
    element("dt", each.process), element("dd", each.text, each.rolls_back ? "rolls-back" : "")]));
}

// `viewer`: the drawing and what moves through it.
export function drawTold(told, viewer, controls) {
  drawEnabled(told, controls);
  drawSteps(told, controls);
  drawProperties(told, controls);
  drawRecovery(told);
  drawState(told);
  viewer.show(svgOf(told.diagram), told.steps.map((step) => [step.text, ...step.fired, ...step.changes].join("\n")),
              told.run.at);
}

// Which steps were found; `only`: the others are not wanted.
export function drawMatches(found, only) {
  [...byId("steps").children].forEach((item, index) => {
    item.hidden = only && !found.has(index + 1);
    item.classList.toggle("found", found.has(index + 1));
  });
}

export function drawZ3(answer) {
  byId("z3").replaceChildren(...answer.answers.map((each) => {
    const item = element("li", undefined, each.answer);
    item.append(element("span", each.answer, "verdict"), element("span", each.property));
    if (!each.agrees) item.append(element("span", "  not what the native evaluation says: please report", "alarm"));
    if (each.lines.length > 0) item.append(listed(each.lines, "findings"));
    return item;
  }));
}

export function drawFound(answer, load) {
  byId("extent").textContent = answer.extent + ": " + answer.distinct_states.toLocaleString("en") +
    " distinct states, depth " + answer.depth + ", " + (answer.milliseconds / 1000).toFixed(1) + " s";
  byId("found").replaceChildren(...answer.properties.map((each) => {
    const item = element("li", undefined, each.verdict);
    item.append(element("span", each.verdict.replace("_", " "), "verdict"), element("span", each.name + " "));
    if (each.steps !== undefined)
      item.append(button("Load " + each.steps.length + " steps", () => load(each.steps, each.name),
                         "The shortest run, from the start"));
    else if (each.reason !== "") item.append(element("span", each.reason, "faint"));
    return item;
  }));
}
