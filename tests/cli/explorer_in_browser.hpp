// `mdcd explore` beside a browser that shows it: started, clicked, waited for. What the tests of the page share.
// Knows nothing of what is on the page but its buttons and when it is busy.
#pragma once

#include <doctest/doctest.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "tests/cli/browser.hpp"
#include "tests/cli/running_process.hpp"

namespace mdcd::tests::cli {

// Nothing if there is no browser; then the reason has been said.
inline std::unique_ptr<Browser> started_browser() {
    const auto program = Browser::program();
    if (program)
        return std::make_unique<Browser>(*program);
    const char* const wanted = std::getenv("MDCD_BROWSER_TEST");
    if (wanted != nullptr && std::string(wanted) == "required")
        FAIL("no Chromium is installed");
    std::puts("skipped: no Chromium is installed (apt-get install chromium)"); // ctest looks for "skipped: "
    return nullptr;
}

class ExplorerInBrowser {
public:
    explicit ExplorerInBrowser(const std::vector<std::string>& arguments) : process_(command(arguments)) {
        const std::string line = process_.read_line();
        const std::size_t begin = line.find("http://");
        REQUIRE_MESSAGE(begin != std::string::npos, line);
        url_ = line.substr(begin, line.find(' ', begin) - begin);
    }
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] int interrupt() { return process_.end_by(SIGINT); }
    [[nodiscard]] std::uint64_t resident_bytes() const { return process_.resident_bytes(); }

private:
    static std::vector<std::string> command(const std::vector<std::string>& arguments) {
        std::vector<std::string> words = {MDCD_EXECUTABLE, "explore", "--no-open", "--port", "0"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        return words;
    }
    RunningProcess process_;
    std::string url_;
};

inline void wait_until_idle(Browser& browser) {
    browser.wait_for("document.body?.dataset.ready === 'yes' && !document.body.hasAttribute('aria-busy')");
}

// A click on the button that shows this text.
inline void click(Browser& browser, const std::string& text) {
    browser.wait_for("[...document.querySelectorAll('button')].some((b) => b.innerText.includes('" + text + "'))");
    browser.value("[...document.querySelectorAll('button')].find((b) => b.innerText.includes('" + text + "')).click()");
    wait_until_idle(browser);
}

} // namespace mdcd::tests::cli
