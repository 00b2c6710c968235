// The explorer in a real browser: open, step, go back, check and load a counterexample, save and open traces, change
// rules; by mouse, by keys, in a narrow window, in the dark; and the console stays silent. Without a browser the test
// is skipped; where MDCD_BROWSER_TEST is "required", that is a failure.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

#include "tests/cli/browser.hpp"
#include "tests/cli/explorer_in_browser.hpp"
#include "tests/cli/process.hpp"

namespace mdcd::tests::cli {
namespace {

std::string text_of(Browser& browser, const std::string& selector) {
    return browser.value("document.querySelector('" + selector + "').innerText");
}

std::string count_in_diagram(Browser& browser, const std::string& selector) {
    return browser.value("document.getElementById('diagram').shadowRoot.querySelectorAll('" + selector + "').length");
}

std::string verdict(Browser& browser, const std::string& property) {
    return browser.value("[...document.querySelectorAll('#claims li, #twins li')].find((li) => "
                         "li.textContent.includes('" +
                         property + "')).className");
}

void expect_silence(Browser& browser) {
    for (const std::string& complaint : browser.complaints())
        FAIL_CHECK(complaint);
}

std::string saved_file(Browser& browser) {
    click(browser, "Save trace");
    for (int tries = 0; tries < 300; ++tries) {
        for (const auto& entry : std::filesystem::directory_iterator(browser.downloads().path("")))
            if (entry.path().extension() == ".json")
                return entry.path().string();
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    FAIL("nothing was saved");
    return "";
}

void step_by_mouse_and_keys(Browser& browser) {
    CHECK(text_of(browser, "#place") == "at the start");
    CHECK(count_in_diagram(browser, ".event") == "0");
    click(browser, "L1 sends cluster message 1 to A1");
    CHECK(text_of(browser, "#place") == "after step 1 of 1");
    CHECK(count_in_diagram(browser, ".event") == "1");
    CHECK(text_of(browser, "#state").find("was 0") != std::string::npos);
    browser.press("1"); // the first action that is enabled
    browser.wait_for("document.getElementById('place').innerText === 'after step 2 of 2'");
    browser.press("ArrowLeft");
    browser.wait_for("document.getElementById('place').innerText === 'after step 1 of 2'");
    wait_until_idle(browser);
    click(browser, "Back");
    CHECK(text_of(browser, "#place") == "at the start, 2 steps ahead");
    browser.press("End");
    browser.wait_for("document.getElementById('place').innerText === 'after step 2 of 2'");
    wait_until_idle(browser);
    // By the keyboard alone, and the focus stays among the actions.
    browser.value("document.querySelector('#enabled button').focus()");
    browser.press("Enter");
    browser.wait_for("document.getElementById('place').innerText === 'after step 3 of 3'");
    wait_until_idle(browser);
    CHECK(browser.value("document.activeElement.closest('#enabled') !== null") == "true");
    browser.press("Home");
    browser.wait_for("document.getElementById('place').innerText === 'at the start, 3 steps ahead'");
    wait_until_idle(browser);
}

void load_counterexample(Browser& browser) {
    click(browser, "Check");
    browser.wait_for("document.querySelectorAll('#found li').length > 0");
    CHECK(text_of(browser, "#extent").starts_with("exhaustive: 3,507 distinct states"));
    click(browser, "Load 7 steps");
    CHECK(text_of(browser, "#place") == "after step 7 of 7");
    CHECK(verdict(browser, "recoverability") == "violated");
    CHECK(verdict(browser, "containment") == "holds");
    CHECK(count_in_diagram(browser, "line.arrow.lost") == "1");
    CHECK(text_of(browser, "#recovery").find("rolls back to checkpoint 2") != std::string::npos);
    click(browser, "Ask Z3");
    CHECK(browser.value("document.querySelectorAll('#z3 > li').length") == "4");
    CHECK(browser.value("document.querySelectorAll('#z3 > li.violated').length") == "1");
}

} // namespace

TEST_CASE("step, go back, check, load, save, open, and change a rule") {
    const std::unique_ptr<Browser> browser = started_browser();
    if (!browser)
        return;
    ExplorerInBrowser explorer({"tiny"});
    browser->open(explorer.url());
    wait_until_idle(*browser);
    step_by_mouse_and_keys(*browser);
    load_counterexample(*browser);

    const std::string file = saved_file(*browser);
    CHECK(file.ends_with("tiny.published.recoverability.json"));
    CHECK(run_mdcd({"replay", file}).exit_code == 0);

    browser->open(explorer.url()); // loaded anew, the page remembers its run
    browser->wait_for("document.getElementById('place')?.innerText === 'after step 7 of 7'");
    click(*browser, "Start");
    browser->value("document.querySelector('#preset').value = 'repaired', "
                   "document.querySelector('#preset').dispatchEvent(new Event('change'))");
    browser->wait_for("document.querySelector('#preset').value === 'repaired'");
    wait_until_idle(*browser);
    browser->choose_file("#file", file);
    browser->wait_for("document.getElementById('place').innerText === 'after step 7 of 7'");
    wait_until_idle(*browser);
    CHECK(browser->value("document.querySelector('#preset').value") == "published");
    CHECK(verdict(*browser, "recoverability") == "violated");

    browser->value("document.querySelector('#rules-panel').open = true");
    browser->value("document.querySelector('[data-rule=receiver_log]').value = 'while_dirty', "
                   "document.querySelector('[data-rule=receiver_log]').dispatchEvent(new Event('change'))");
    browser->wait_for("document.querySelector('#preset').value === 'published+receiver_log=while_dirty'");
    wait_until_idle(*browser);
    CHECK(text_of(*browser, "#place") == "after step 7 of 7");
    CHECK(verdict(*browser, "recoverability") == "holds");

    expect_silence(*browser);
    CHECK(explorer.interrupt() == 0);
    click(*browser, "Back");
    CHECK(text_of(*browser, "#alert").find("does not answer") != std::string::npos);
}

TEST_CASE("a narrow window, the dark, and texts that would be markup") {
    const std::unique_ptr<Browser> browser = started_browser();
    if (!browser)
        return;
    const ScratchFolder folder;
    const std::string evil = "<img src=x onerror=alert(1)>";
    const std::string rules = folder.write("rules.json", "{\"name\": \"evil\", \"description\": \"" + evil +
                                                             "\", \"from\": \"repaired\", \"rules\": "
                                                             "{\"resend\": \"from_checkpoint_index\"}}");
    const std::string scope = folder.write("scope.json",
                                           R"({"name": "wide", "description": "<b>wide", "components": 1,
        "active_processes": 4, "budgets": {"cluster_messages": 2, "active_messages": 1, "messages_to_cluster": 0,
        "low_acceptance_tests": 0, "active_acceptance_tests": 1}, "channels": "fifo", "rules": "published"})");
    ExplorerInBrowser explorer({scope, "--rules", rules, "--set", "resend=all_in_log"});
    browser->open(explorer.url());
    wait_until_idle(*browser);
    CHECK(browser->value("document.querySelectorAll('img, header b').length") == "0");
    CHECK(browser->value("document.querySelector('#scope').value") == "wide");
    CHECK(browser->value("document.querySelector('#preset').value") == "evil+resend=all_in_log");
    for (const int width : {320, 700, 1000, 1400}) {
        CAPTURE(width);
        browser->set_window(width, 800, width == 700);
        click(*browser, "1");
        CHECK(browser->value("document.documentElement.scrollWidth <= window.innerWidth") == "true");
        CHECK(browser->value(
                  "[...document.querySelectorAll('button, select, input:not([hidden])')].every((c) => "
                  "(c.textContent + (c.labels?.[0]?.textContent ?? '') + (c.ariaLabel ?? '')).trim() !== '')") ==
              "true");
        const std::string paper = browser->value("getComputedStyle(document.body).backgroundColor");
        CHECK(paper == (width == 700 ? "rgb(22, 25, 29)" : "rgb(255, 255, 255)"));
        CHECK(browser->value("getComputedStyle(document.getElementById('diagram').shadowRoot.querySelector('.paper'))"
                             ".fill") == paper);
    }
    expect_silence(*browser);
    browser->choose_file("#file", folder.write("no.json", "{\"steps\": <b>}"));
    browser->wait_for("!document.getElementById('alert').hidden");
    CHECK(text_of(*browser, "#alert").find("no.json") != std::string::npos);
    for (const std::string& complaint : browser->complaints()) // the browser itself tells of the refusal
        CHECK_MESSAGE(complaint.find("status of 400") != std::string::npos, complaint);
    CHECK(explorer.interrupt() == 0);
}

} // namespace mdcd::tests::cli
