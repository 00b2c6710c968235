// A real browser without a window, driven over a pipe by its DevTools protocol: one page, scripts run in it, keys,
// files, and all that it complains of. Knows no page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/cli/running_process.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/value.hpp"

namespace mdcd::tests::cli {

class Browser {
public:
    // The program that $MDCD_BROWSER names, or else a Chromium on the path; none: there is no browser here.
    [[nodiscard]] static std::optional<std::string> program();

    // Throws std::runtime_error if it cannot be started.
    explicit Browser(const std::string& program);

    void open(const std::string& url);

    // The value of a script's expression as text; a promise is waited for. Throws std::runtime_error with what the
    // script threw.
    std::string value(const std::string& expression);

    // Asks until the expression is true. Throws std::runtime_error if that takes longer than a minute.
    void wait_for(const std::string& expression);

    // A key of the keyboard: "ArrowLeft", "Tab", "1".
    void press(const std::string& key);
    void choose_file(const std::string& selector, const std::string& path);
    void set_window(int width, int height, bool dark);

    // Where what the page offers for download is put.
    [[nodiscard]] const ScratchFolder& downloads() const { return downloads_; }

    // Messages of the console, exceptions, and what the browser refused, since the last call.
    [[nodiscard]] std::vector<std::string> complaints();

private:
    traces::Value call(const std::string& method, traces::Value::Record parameters);

    ScratchFolder profile_;
    ScratchFolder downloads_;
    RunningProcess process_;
    std::string session_; // "": the browser as a whole
    int calls_ = 0;
    std::vector<std::string> complaints_;
};

} // namespace mdcd::tests::cli
