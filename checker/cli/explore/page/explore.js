// The explorer's conduct: what the page asks the server, and what each control does. The run (scope, rules, steps) is
// here and goes along with every request; the server keeps nothing. Drawing is in draw.js.
"use strict";
import { drawFound, drawMatches, drawRules, drawStart, drawTold, drawZ3, element, say } from "./draw.js";

const byId = (id) => document.getElementById(id);
let start = null; // what the server offers
let run = null; // {scope, rules_name, rules, steps, at, property?}
let told = null; // what the server says of the run
let base = "published"; // the preset that the rules are compared with
let busy = false;

async function ask(path, body) {
  const response = await fetch("api/" + path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

// One request at a time: a second click must not act on what is no longer shown.
async function alone(work) {
  if (busy) {
    if (told !== null) drawRules(start, run, base, controls); // a choice that is not taken is not shown
    return;
  }
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    say(error instanceof TypeError ? "The server does not answer; is it still running?" : error.message);
  } finally {
    busy = false;
    document.body.removeAttribute("aria-busy");
  }
}

function remember() {
  try {
    sessionStorage.setItem("mdcd", JSON.stringify({ id: start.id, run, base }));
  } catch (error) { /* a browser that stores nothing forgets the run when the page is loaded anew */ }
}

function remembered() {
  try {
    const stored = JSON.parse(sessionStorage.getItem("mdcd"));
    return stored !== null && stored.id === start.id ? stored : null;
  } catch (error) {
    return null;
  }
}

// Shows another run, once the server has taken its steps.
async function show(next) {
  const answer = await ask("run", next);
  run = answer.run;
  if (next.property !== undefined) run.property = next.property;
  told = answer;
  drawTold(told, viewer, controls);
  drawRules(start, run, base, controls);
  byId("z3").replaceChildren();
  say(told.cut === undefined ? "" : "The run ends before " + told.cut);
  remember();
}

const controls = {
  take: (text) => alone(() => show({ ...run, steps: [...run.steps.slice(0, run.at), text], at: run.at + 1 })),
  jump: (at) => alone(() => show({ ...run, at: Math.min(Math.max(at, 0), run.steps.length) })),
  choose: (property) => alone(() => {
    const next = { ...run, property };
    if (run.property === property) delete next.property;
    return show(next);
  }),
  load: (steps, property) => alone(() => show({ ...run, steps, at: steps.length, property })),
  setRule: (name, value) => alone(() => {
    const rules = { ...run.rules, [name]: value };
    return show({ ...run, rules, rules_name: nameOf(rules) });
  }),
};

const viewer = traceViewer(byId("viewer"), { jump: controls.jump, matched: drawMatches });

// "published+receiver_log=while_dirty", or another preset that these rules are.
function nameOf(rules) {
  const same = (preset) => Object.keys(rules).every((name) => preset.rules[name] === rules[name]);
  const whole = start.presets.find(same);
  if (whole !== undefined) return whole.name;
  const from = start.presets.find((preset) => preset.name === base);
  return Object.keys(rules).filter((name) => from.rules[name] !== rules[name])
    .reduce((name, rule) => name + "+" + rule + "=" + rules[rule], base);
}

// The preset that a name of rules starts with.
function baseOf(name) {
  const first = name.split("+")[0];
  return start.presets.some((preset) => preset.name === first) ? first : "published";
}

// Another scope starts anew; other rules take the same steps, as far as they can be taken.
function chooseScope(name) {
  const scope = start.scopes.find((each) => each.name === name).scope;
  const next = { ...run, scope, steps: [], at: 0 };
  delete next.property;
  return alone(() => show(next));
}

function choosePreset(name) {
  base = name;
  const preset = start.presets.find((each) => each.name === name);
  return alone(() => show({ ...run, rules: preset.rules, rules_name: name }));
}

function openFile(file) {
  return alone(async () => {
    const answer = await ask("open", { name: file.name, text: await file.text(), around: run });
    base = baseOf(answer.run.rules_name);
    await show(answer.run);
    if (answer.notes.length > 0) say(answer.notes.join("\n"));
  });
}

function save() {
  return alone(async () => {
    const trace = await ask("trace", run);
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([trace.text], { type: "application/json" }));
    link.download = trace.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}

// A check takes long and does not stand in the way of stepping: it runs beside.
async function check() {
  byId("run-check").disabled = true;
  byId("stop-check").disabled = false;
  byId("extent").textContent = "Checking scope " + run.scope.name + " under " + run.rules_name + " ..";
  byId("found").replaceChildren();
  const checked = { run, max_states: byId("max-states").valueAsNumber, max_seconds: byId("max-seconds").valueAsNumber };
  try {
    const answer = await ask("check", checked);
    drawFound(answer, (steps, property) => alone(() => show({ ...checked.run, steps, at: steps.length, property })));
  } catch (error) {
    byId("extent").textContent = "";
    say(error instanceof TypeError ? "The server does not answer; is it still running?" : error.message);
  }
  byId("run-check").disabled = false;
  byId("stop-check").disabled = true;
}

function onKey(event) {
  if (run === null || viewer.key(event)) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
  if (/^[1-9]$/.test(event.key) && Number(event.key) <= told.enabled.length) {
    event.preventDefault();
    controls.take(told.enabled[Number(event.key) - 1].text);
  }
}

function listen() {
  byId("scope").addEventListener("change", (event) => chooseScope(event.target.value));
  byId("preset").addEventListener("change", (event) => choosePreset(event.target.value));
  byId("open").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", (event) => {
    const file = event.target.files[0];
    event.target.value = ""; // the same file can be opened again
    if (file !== undefined) openFile(file);
  });
  byId("save").addEventListener("click", save);
  byId("ask-z3").addEventListener("click", () => alone(async () => drawZ3(await ask("z3", run))));
  byId("check").addEventListener("submit", (event) => { event.preventDefault(); check(); });
  byId("stop-check").addEventListener("click", () => ask("stop", {}).catch((error) => say(error.message)));
  byId("alert-close").addEventListener("click", () => say(""));
  document.addEventListener("keydown", onKey);
}

await alone(async () => {
  start = await ask("start", {});
  const stored = remembered();
  base = stored !== null ? stored.base : baseOf(start.run.rules_name);
  drawStart(start);
  await show(stored !== null ? stored.run : start.run);
  if (stored === null && start.notes.length > 0) say(start.notes.join("\n"));
  listen();
  document.body.dataset.ready = "yes";
});
