// What a person sees of the explorer, in a real browser: long runs stay in sight, texts stand out from what is under
// them, by day and in the dark; and what twenty questions to Z3 leave in memory. Without a browser the test is skipped;
// where MDCD_BROWSER_TEST is "required", that is a failure.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "tests/cli/browser.hpp"
#include "tests/cli/explorer_in_browser.hpp"

namespace mdcd::tests::cli {
namespace {

const char* const wide_scope = R"({"name": "wide", "components": 2, "active_processes": 4, "channels": "fifo",
 "budgets": {"cluster_messages": 4, "active_messages": 2, "messages_to_cluster": 2, "low_acceptance_tests": 1,
             "active_acceptance_tests": 2, "low_internal_messages": 1, "shadow_internal_messages": 1},
 "order": "component", "faults": "independent", "rules": "repaired_vector"})";

// Whether a part of the diagram lies in the frame that shows it.
std::string is_in_sight(const std::string& selector) {
    return "(() => { const frame = document.getElementById('diagram'); const f = frame.getBoundingClientRect();"
           " const part = frame.shadowRoot.querySelector('" +
           selector +
           "'); const p = part.getBoundingClientRect();"
           " return p.top >= f.top - 1 && p.bottom <= f.bottom + 1 && p.left < f.right && p.right > f.left; })()";
}

// Texts whose contrast is below 4.5 (WCAG 2, level AA), each with its numbers. What is switched off is exempt.
const char* const faint_texts = R"js((() => {
  const numbers = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = (color) => {
    const [r, g, b] = color.slice(0, 3).map((c) =>
      c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const opaque = (color) => color.length === 3 || color[3] > 0.5;
  const paper = numbers(getComputedStyle(document.body).backgroundColor);
  const under = (part) => {
    for (let at = part; at; at = at.parentElement ?? at.getRootNode().host) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color.length > 0 && opaque(color)) return color;
    }
    return paper;
  };
  const underDrawn = (text, root) => {
    const box = text.getBoundingClientRect();
    const stack = root.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    for (const at of stack.slice(stack.indexOf(text) + 1)) {
      const style = getComputedStyle(at);
      const color = numbers(style.fill);
      if (["rect", "path", "circle"].includes(at.tagName) && color.length > 0 && style.fillOpacity > 0.5) return color;
    }
    return paper;
  };
  const faint = [];
  let looked = 0;
  const look = (text, color, ground) => {
    ++looked;
    const found = contrast(color, ground);
    if (found < 4.5) faint.push(text.trim().slice(0, 30) + " " + color + " on " + ground + ": " + found.toFixed(2));
  };
  for (const part of document.body.querySelectorAll("*")) {
    const own = [...part.childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent).join("");
    const without = "[hidden], :disabled, script, style, template, svg";
    if (own.trim() === "" || part.closest(without) || !part.checkVisibility()) continue;
    look(own, numbers(getComputedStyle(part).color), under(part));
  }
  const root = document.getElementById("diagram").shadowRoot;
  for (const text of root.querySelectorAll("text"))
    if (text.textContent.trim() !== "" && text.checkVisibility())
      look(text.textContent, numbers(getComputedStyle(text).fill), underDrawn(text, root));
  return looked < 40 ? "only " + looked + " texts" : faint.join("; ");
})())js";

void step_through(Browser& browser, int steps) {
    for (int step = 1; step <= steps; ++step) {
        browser.press("1");
        browser.wait_for("document.getElementById('place').innerText === 'after step " + std::to_string(step) + " of " +
                         std::to_string(step) + "'");
        wait_until_idle(browser);
    }
}

} // namespace

TEST_CASE("in a long run the step that is chosen is in sight, and so are names and numbers") {
    const std::unique_ptr<Browser> browser = started_browser();
    if (!browser)
        return;
    const ScratchFolder folder;
    ExplorerInBrowser explorer({folder.write("wide.json", wide_scope)});
    browser->open(explorer.url());
    wait_until_idle(*browser);
    constexpr int steps = 40;
    step_through(*browser, steps);
    for (const int width : {390, 1400}) {
        CAPTURE(width);
        browser->set_window(width, 800, false);
        const auto look_at = [&](const std::string& key, const std::string& at) {
            browser->press(key);
            browser->wait_for("document.getElementById('place').innerText.startsWith('" + at + "')");
            wait_until_idle(*browser);
        };
        look_at("Home", "at the start");
        for (const auto& [key, step] : {std::pair{"ArrowRight", "1"}, {"End", "40"}}) {
            look_at(key, "after step " + std::string(step) + " of 40");
            const std::string told = step;
            CAPTURE(told);
            CHECK(browser->value(is_in_sight(".step[data-step=\"" + std::string(step) + "\"] > .band")) == "true");
            CHECK(browser->value(is_in_sight(".pinned-heads rect.paper")) == "true");
        }
        CHECK(browser->value("document.documentElement.scrollWidth <= window.innerWidth") == "true");
        CHECK(browser->value("document.getElementById('diagram').clientHeight >= 300") == "true");
    }
    CHECK(explorer.interrupt() == 0);
}

TEST_CASE("texts stand out from what is under them, by day and in the dark") {
    const std::unique_ptr<Browser> browser = started_browser();
    if (!browser)
        return;
    ExplorerInBrowser explorer({"tiny"});
    browser->open(explorer.url());
    wait_until_idle(*browser);
    click(*browser, "Check");
    browser->wait_for("document.querySelectorAll('#found li').length > 0");
    click(*browser, "Load 7 steps");
    for (const bool dark : {false, true}) {
        CAPTURE(dark);
        browser->set_window(1400, 1000, dark);
        wait_until_idle(*browser);
        CHECK(browser->value(faint_texts) == "");
    }
    browser->value("document.body.style.color = 'rgb(60, 60, 60)'"); // in the dark
    CHECK(browser->value(faint_texts) != "");
    CHECK(explorer.interrupt() == 0);
}

TEST_CASE("twenty questions to Z3, one after another, leave little in memory") {
    const std::unique_ptr<Browser> browser = started_browser();
    if (!browser)
        return;
    ExplorerInBrowser explorer({"tiny"});
    browser->open(explorer.url());
    wait_until_idle(*browser);
    step_through(*browser, 4);
    std::uint64_t after_five = 0;
    for (int asked = 1; asked <= 20; ++asked) {
        click(*browser, "Ask Z3");
        CHECK(browser->value("document.querySelectorAll('#z3 > li').length") == "4");
        if (asked == 5)
            after_five = explorer.resident_bytes();
    }
    const std::uint64_t after_twenty = explorer.resident_bytes();
    MESSAGE((after_five >> 20), " MiB after five, ", (after_twenty >> 20), " MiB after twenty");
    REQUIRE(after_five > 0);
    CHECK(after_twenty < after_five + (std::uint64_t{64} << 20));
    CHECK(after_twenty < std::uint64_t{300} << 20);
    CHECK(explorer.interrupt() == 0);
}

} // namespace mdcd::tests::cli
