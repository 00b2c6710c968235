// The viewer of space-time diagrams, in the explorer and in a page of one trace: it moves through the steps, zooms,
// fits, hides and reorders processes, finds and filters, and keeps the row numbers and the names of the processes in
// sight. The drawing comes as SVG with its parts named (traces/render_svg.cpp); whose text it is is never markup here.
// Knows neither the server nor where a trace comes from.
"use strict";

// `controls`: jump(step) goes to a step; matched(set, only) tells the page which steps were found, and whether only
// those are wanted.
const traceViewer = (host, controls) => {
  const zooms = { min: 0.25, max: 4, step: 1.2, readable: 0.7 };
  const edge = 16; // pixels between what is chosen and the rim of the frame
  let original = null; // the drawing as it came
  let drawn = null;
  let at = 0;
  let texts = []; // of the steps, in lower case: what can be found
  let zoom = null; // null: as wide as the frame, if it can be read then
  let names = []; // of the processes, as they came
  let order = []; // their indices, in the order shown
  let hidden = new Set();
  let matches = [];

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const button = (id, text, title, onClick) => {
    const made = element("button", text);
    made.type = "button";
    made.title = title;
    if (id) made.id = id;
    made.addEventListener("click", onClick);
    return made;
  };
  const group = (...parts) => {
    const made = element("span", undefined, "group");
    made.append(...parts);
    return made;
  };

  // The controls above the drawing.
  const place = element("span", "", "faint");
  place.id = "place";
  place.setAttribute("aria-live", "polite");
  const first = button("first", "Start", "To the start (Home)", () => controls.jump(0));
  const back = button("back", "Back", "One step back (left or up arrow, k)", () => controls.jump(at - 1));
  const forward = button("forward", "Forward", "One step forward (right or down arrow, j)", () => controls.jump(at + 1));
  const last = button("last", "End", "To the last step (End)", () => controls.jump(texts.length));
  const level = button("zoom-level", "100%", "Full size (0)", () => setZoom(1));
  const query = element("input");
  query.type = "search";
  query.id = "find";
  query.placeholder = "Find (/)";
  query.setAttribute("aria-label", "Find in the steps");
  const only = element("input");
  only.type = "checkbox";
  only.id = "only";
  const onlyLabel = element("label", " only these");
  onlyLabel.prepend(only);
  const count = element("span", "", "faint");
  count.setAttribute("aria-live", "polite");
  const processes = element("details", undefined, "viewer-processes");
  const processList = element("div");
  processes.append(element("summary", "Processes"), processList);
  const bar = element("div", undefined, "viewer-bar");
  bar.append(
    group(first, back, forward, last, place),
    group(button("zoom-out", "\u2212", "Smaller (-)", () => setZoom(scale() / zooms.step)), level,
          button("zoom-in", "+", "Larger (+)", () => setZoom(scale() * zooms.step)),
          button("fit", "Fit", "As wide as there is room (f)", () => setZoom("fit"))),
    group(query, onlyLabel, count), processes);

  const frame = element("div", undefined, "viewer-frame");
  frame.id = "diagram";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Space-time diagram of the run");
  const root = frame.attachShadow({ mode: "open" });
  host.classList.add("viewer");
  host.append(bar, frame);

  const width = () => Number(drawn.getAttribute("width"));
  const fitting = () => Math.min(1, Math.max(zooms.min, (frame.clientWidth - 2) / width()));
  const scale = () => zoom === "fit" ? fitting() : zoom ?? Math.max(zooms.readable, fitting());

  function applyZoom() {
    if (drawn === null) return;
    drawn.style.width = width() * scale() + "px";
    drawn.style.height = Number(drawn.getAttribute("height")) * scale() + "px";
    level.textContent = Math.round(100 * scale()) + "%";
    pin();
  }

  function setZoom(wanted) {
    zoom = wanted === "fit" ? "fit" : Math.min(zooms.max, Math.max(zooms.min, wanted));
    applyZoom();
    follow();
  }

  // The row numbers and the names of the processes stay where they can be seen.
  function pin() {
    if (drawn === null) return;
    const top = Math.max(0, frame.scrollTop / scale() - Number(drawn.dataset.headTop));
    drawn.querySelector(".pinned-heads")?.setAttribute("transform", "translate(0," + top + ")");
    drawn.querySelector(".pinned-rows")?.setAttribute("transform", "translate(" + frame.scrollLeft / scale() + ",0)");
  }

  function svgElement(name, attributes) {
    const made = document.createElementNS("http:" + "//www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function makePinned() {
    const rows = svgElement("g", { class: "pinned-rows" });
    const height = drawn.getAttribute("height");
    rows.append(svgElement("rect", { class: "paper", x: 0, y: 0, width: 38, height, "fill-opacity": 0.92 }));
    drawn.querySelectorAll(".step > .row").forEach((number) => rows.append(number));
    const heads = drawn.querySelector(".heads");
    drawn.append(rows);
    if (heads === null) return;
    const top = Number(heads.querySelector("rect")?.getAttribute("y") ?? 0);
    const bar = svgElement("g", { class: "pinned-heads" });
    bar.append(svgElement("rect", { class: "paper", x: 0, y: top - 4, width: "100%", height: 30 }), heads);
    drawn.append(bar);
    drawn.dataset.headTop = top - 4;
  }

  // Where each process stands once some are hidden or moved; undefined: hidden.
  function placesOf() {
    const xs = [...original.querySelector(".heads")?.querySelectorAll(".head-of") ?? []]
      .map((head) => Number(head.dataset.x));
    const shown = order.filter((lane) => !hidden.has(lane));
    const places = xs.map(() => undefined);
    shown.forEach((lane, index) => { places[lane] = xs[index]; });
    return { xs, places, spared: xs.length > 1 ? (xs[1] - xs[0]) * (xs.length - shown.length) : 0 };
  }

  function shift(part, dx) {
    if (dx !== 0) part.setAttribute("transform", "translate(" + dx + ",0)");
  }

  // An arrow between two lanes is drawn anew between their places.
  function redirect(part, from, to, { xs, places }) {
    const line = part.querySelector("line.arrow");
    const number = (name) => Number(line.getAttribute(name));
    const angle = (x) => Math.atan2(number("y2") - number("y1"), x) * 180 / Math.PI;
    const turned = angle(places[to] - places[from]) - angle(xs[to] - xs[from]);
    part.querySelectorAll("polygon.tip").forEach((tip) => tip.setAttribute("transform", "translate(" +
      (places[to] - xs[to]) + ",0) rotate(" + turned + "," + number("x2") + "," + number("y2") + ")"));
    part.querySelectorAll("circle").forEach((circle) => shift(circle, places[from] - xs[from]));
    part.querySelectorAll("line.cross").forEach((cross) => {
      const centre = (Number(cross.getAttribute("x1")) + Number(cross.getAttribute("x2"))) / 2;
      const along = (centre - number("x1")) / (number("x2") - number("x1"));
      shift(cross, (1 - along) * (places[from] - xs[from]) + along * (places[to] - xs[to]));
    });
    part.querySelectorAll("line.arrow, line.halo").forEach((each) => {
      each.setAttribute("x1", places[from]);
      each.setAttribute("x2", places[to]);
    });
  }

  function redrawRecoveryLine(part, { xs, places }) {
    const line = part.querySelector("polyline");
    const heights = line.getAttribute("points").split(" ").map((point) => point.split(",")[1]);
    const lanes = part.dataset.lanes.split(" ").map((lane, index) => ({ lane: Number(lane), y: heights[2 * index] }))
      .filter(({ lane }) => places[lane] !== undefined).sort((a, b) => places[a.lane] - places[b.lane]);
    if (lanes.length === 0) return part.remove();
    line.setAttribute("points", lanes.map(({ lane, y }) =>
      (places[lane] - 20) + "," + y + " " + (places[lane] + 20) + "," + y).join(" "));
    const label = part.querySelector("text");
    label.setAttribute("x", places[lanes[0].lane] + 26);
    label.setAttribute("y", Number(lanes[0].y) + 4);
  }

  function layOut() {
    const layout = placesOf();
    const { xs, places, spared } = layout;
    if (spared === 0 && order.every((lane, index) => lane === index)) return;
    drawn.querySelectorAll("[data-lane]").forEach((part) => {
      const lane = Number(part.dataset.lane);
      if (places[lane] === undefined) part.remove();
      else shift(part, places[lane] - xs[lane]);
    });
    drawn.querySelectorAll("[data-from]").forEach((part) => {
      const [from, to] = [Number(part.dataset.from), Number(part.dataset.to)];
      if (places[from] === undefined || places[to] === undefined) part.remove();
      else redirect(part, from, to, layout);
    });
    drawn.querySelectorAll(".recovery-line").forEach((part) => redrawRecoveryLine(part, layout));
    const narrower = width() - spared;
    drawn.querySelectorAll(".band").forEach((band) => band.setAttribute("width", narrower - 12));
    drawn.setAttribute("width", narrower);
    drawn.setAttribute("viewBox", "0 0 " + narrower + " " + drawn.getAttribute("height"));
  }

  function redraw() {
    if (original === null) return;
    drawn = original.cloneNode(true);
    drawn.style.display = "block";
    layOut();
    makePinned();
    const style = element("style", "[data-step], .message { cursor: pointer } .step.chosen > .band { fill: #ffe9a8 } " +
      ".step.found > .band { stroke: #b7791f; stroke-width: 2 } .dim { opacity: 0.25 } " +
      ".message.chosen > .arrow { stroke-width: 4 } " +
      "@media (prefers-color-scheme: dark) { .step.chosen > .band { fill: #4a3d10 } }");
    root.replaceChildren(style, drawn);
    drawn.addEventListener("click", (event) => {
      const part = event.target.closest("[data-step], [data-taken], [data-sent]");
      if (part !== null) controls.jump(Number(part.dataset.step ?? part.dataset.taken ?? part.dataset.sent));
    });
    mark();
    applyZoom();
  }

  const stepsOf = (part) => [part.dataset.step, part.dataset.sent, part.dataset.taken].filter((each) => each !== undefined)
    .map(Number);

  function mark() {
    if (drawn === null) return;
    const found = new Set(matches);
    const filtered = only.checked && query.value !== "";
    for (const part of drawn.querySelectorAll("[data-step], .message")) {
      const steps = stepsOf(part);
      part.classList.toggle("chosen", steps.includes(at) && at > 0);
      part.classList.toggle("found", part.matches(".step") && found.has(steps[0]));
      part.classList.toggle("dim", filtered && !steps.some((step) => found.has(step)));
    }
  }

  // Brings what is chosen into sight, in one movement: two in a row would take each other back.
  function follow() {
    if (drawn === null) return;
    const band = drawn.querySelector('.step[data-step="' + at + '"] > .band');
    const s = scale();
    let top = frame.scrollTop;
    let left = frame.scrollLeft;
    if (at === 0) top = 0;
    if (band !== null) {
      const y = Number(band.getAttribute("y")) * s;
      const height = Number(band.getAttribute("height")) * s;
      const heads = 34 * s;
      if (y < top + heads || y + height + edge > top + frame.clientHeight)
        top = Math.max(0, y + height / 2 - (frame.clientHeight + heads) / 2);
    }
    const happening = drawn.querySelector('.happening[data-step="' + at + '"]');
    if (happening !== null) {
      const lane = Number(happening.dataset.lane);
      const x = placesOf().places[lane] * s;
      if (x < left + 60 || x + 120 > left + frame.clientWidth) left = Math.max(0, x - frame.clientWidth / 2);
    }
    frame.scrollTo({ top, left, behavior: "instant" });
    pin();
  }

  function find() {
    const wanted = query.value.trim().toLowerCase();
    matches = wanted === "" ? [] : texts.flatMap((text, index) => text.includes(wanted) ? [index + 1] : []);
    count.textContent = wanted === "" ? "" : matches.length === 0 ? "nothing found"
      : matches.length + (matches.length === 1 ? " step" : " steps");
    mark();
    controls.matched(new Set(matches), only.checked && wanted !== "");
  }

  function nextMatch(direction) {
    if (matches.length === 0) return;
    const ahead = direction > 0 ? matches.find((step) => step > at) : matches.findLast((step) => step < at);
    controls.jump(ahead ?? (direction > 0 ? matches[0] : matches[matches.length - 1]));
  }

  function drawProcesses() {
    processList.replaceChildren(...order.map((lane, index) => {
      const shown = element("input");
      shown.type = "checkbox";
      shown.checked = !hidden.has(lane);
      shown.addEventListener("change", () => {
        if (!hidden.delete(lane)) hidden.add(lane);
        drawProcesses();
        redraw();
        follow();
      });
      shown.disabled = shown.checked && order.length - hidden.size === 1; // the last one
      const label = element("label", " " + names[lane]);
      label.prepend(shown);
      const move = (by) => {
        [order[index], order[index + by]] = [order[index + by], order[index]];
        drawProcesses();
        redraw();
        follow();
      };
      const left = button("", "\u2190", "Further left: " + names[lane], () => move(-1));
      const right = button("", "\u2192", "Further right: " + names[lane], () => move(1));
      left.disabled = index === 0;
      right.disabled = index + 1 === order.length;
      const row = element("div", undefined, "row");
      row.append(label, left, right);
      return row;
    }), button("all-processes", "All, as they were", "Show every process, in the first order", () => {
      order = names.map((_, lane) => lane);
      hidden = new Set();
      drawProcesses();
      redraw();
      follow();
    }));
  }

  query.addEventListener("input", find);
  only.addEventListener("change", find);
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") nextMatch(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") { query.value = ""; find(); frame.focus(); }
  });
  frame.addEventListener("scroll", pin);
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    setZoom(scale() * (event.deltaY < 0 ? zooms.step : 1 / zooms.step));
  }, { passive: false });
  new ResizeObserver(() => { applyZoom(); follow(); }).observe(frame);

  return {
    frame,
    // Another drawing, or the same with another step chosen. `steps`: the texts of all steps of the run.
    show(svg, steps, chosen) {
      at = chosen;
      texts = steps.map((text) => text.toLowerCase());
      if (svg !== null) {
        original = svg;
        const came = [...svg.querySelector(".heads")?.querySelectorAll(".name") ?? []].map((each) => each.textContent);
        if (came.join("\n") !== names.join("\n")) {
          names = came;
          order = names.map((_, lane) => lane);
          hidden = new Set();
          drawProcesses();
        }
        redraw();
      }
      find();
      place.textContent = at === 0 ? "at the start" + (texts.length > 0 ? ", " + texts.length + " steps ahead" : "")
        : "after step " + at + " of " + texts.length;
      first.disabled = back.disabled = at === 0;
      last.disabled = forward.disabled = at === texts.length;
      follow();
    },
    // Whether the key was one of the viewer's.
    key(event) {
      const target = event.target instanceof Element ? event.target : frame;
      if (event.ctrlKey || event.altKey || event.metaKey || target.matches("input, select, textarea")) return false;
      const scrolls = event.target === frame && event.key.startsWith("Arrow"); // the frame itself
      const keys = {
        ArrowLeft: () => controls.jump(at - 1), ArrowUp: () => controls.jump(at - 1), k: () => controls.jump(at - 1),
        ArrowRight: () => controls.jump(at + 1), ArrowDown: () => controls.jump(at + 1), j: () => controls.jump(at + 1),
        Home: () => controls.jump(0), End: () => controls.jump(texts.length),
        "+": () => setZoom(scale() * zooms.step), "=": () => setZoom(scale() * zooms.step),
        "-": () => setZoom(scale() / zooms.step), 0: () => setZoom(1), f: () => setZoom("fit"),
        "/": () => query.focus(), n: () => nextMatch(1), N: () => nextMatch(-1),
      };
      if (scrolls || !Object.hasOwn(keys, event.key)) return false;
      event.preventDefault();
      keys[event.key]();
      return true;
    },
  };
};
