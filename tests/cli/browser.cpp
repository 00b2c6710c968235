// Messages of the DevTools protocol are JSON with a zero byte after each.
// Answers are read as JSON; events hold fractions, which the reader of this tree refuses, and are only looked into.
#include "tests/cli/browser.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <unistd.h>

#include "traces/json.hpp"

namespace mdcd::tests::cli {

using traces::Value;

namespace {

constexpr int window_width = 1400;
constexpr int window_height = 900;

std::vector<std::string> command_of(const std::string& program, const std::string& profile) {
    return {program,
            "--headless=new",
            "--no-sandbox", // a sandbox cannot be had by root, nor in most containers
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--user-data-dir=" + profile,
            "--remote-debugging-pipe",
            "about:blank"};
}

bool says(const std::string& message, const std::string& part) {
    return message.find(part) != std::string::npos;
}

} // namespace

std::optional<std::string> Browser::program() {
    const char* const named = std::getenv("MDCD_BROWSER");
    if (named != nullptr && *named != '\0')
        return named;
    const char* const path = std::getenv("PATH");
    for (const char* const name : {"chromium", "chromium-browser", "google-chrome"}) {
        std::istringstream folders(path == nullptr ? "" : path);
        for (std::string folder; std::getline(folders, folder, ':');) {
            const std::string file = folder + "/" + name;
            if (access(file.c_str(), X_OK) == 0)
                return file;
        }
    }
    return std::nullopt;
}

Browser::Browser(const std::string& program) : process_(command_of(program, profile_.path("profile"))) {
    const Value target = call("Target.createTarget", {{"url", "about:blank"}});
    const Value attached = call("Target.attachToTarget", {{"targetId", *target.find("targetId")}, {"flatten", true}});
    call("Browser.setDownloadBehavior", {{"behavior", "allow"}, {"downloadPath", downloads_.path("")}});
    session_ = *attached.find("sessionId")->text();
    for (const char* domain : {"Page.enable", "Runtime.enable", "Log.enable", "DOM.enable"})
        call(domain, {});
    set_window(window_width, window_height, false);
}

Value Browser::call(const std::string& method, Value::Record parameters) {
    const int id = ++calls_;
    Value::Record message{{"id", id}, {"method", method}, {"params", std::move(parameters)}};
    if (!session_.empty())
        message.emplace_back("sessionId", session_);
    process_.write_pipe(traces::to_text(message) + '\0');
    for (;;) {
        const std::string received = process_.read_pipe('\0');
        if (received.starts_with("{\"id\":" + std::to_string(id) + ",")) {
            const Value answer = traces::parse_json(received, "the browser's answer");
            if (answer.find("error") != nullptr)
                throw std::runtime_error(method + ": " + traces::to_text(*answer.find("error")));
            return *answer.find("result");
        }
        for (const char* event : {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"})
            if (says(received, std::string("\"method\":\"") + event + '"'))
                complaints_.push_back(received);
    }
}

void Browser::open(const std::string& url) {
    call("Page.navigate", {{"url", url}});
}

std::string Browser::value(const std::string& expression) {
    const Value answer = call("Runtime.evaluate", {{"expression", "(async () => String(" + expression + "))()"},
                                                   {"awaitPromise", true},
                                                   {"returnByValue", true}});
    if (const Value* thrown = answer.find("exceptionDetails"))
        throw std::runtime_error(expression + ": " + traces::to_text(*thrown));
    return *answer.find("result")->find("value")->text();
}

void Browser::wait_for(const std::string& expression) {
    for (int tries = 0; tries < 600; ++tries) {
        if (value(expression) == "true")
            return;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    throw std::runtime_error("this does not come true: " + expression);
}

void Browser::press(const std::string& key) {
    Value::Record down{{"type", "keyDown"}, {"key", key}, {"code", key}};
    if (key.size() == 1)
        down.emplace_back("text", key);
    if (key == "Tab" || key == "Enter") // the browser itself acts on these by their old codes
        down.emplace_back("windowsVirtualKeyCode", key == "Tab" ? 9 : 13);
    if (key == "Enter")
        down.emplace_back("text", "\r");
    call("Input.dispatchKeyEvent", down);
    call("Input.dispatchKeyEvent", {{"type", "keyUp"}, {"key", key}, {"code", key}});
}

void Browser::choose_file(const std::string& selector, const std::string& path) {
    const Value found = call("Runtime.evaluate", {{"expression", "document.querySelector('" + selector + "')"}});
    call("DOM.setFileInputFiles",
         {{"files", Value::List{path}}, {"objectId", *found.find("result")->find("objectId")}});
}

void Browser::set_window(int width, int height, bool dark) {
    call("Emulation.setDeviceMetricsOverride",
         {{"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", false}});
    call("Emulation.setEmulatedMedia", {{"features", Value::List{Value::Record{{"name", "prefers-color-scheme"},
                                                                               {"value", dark ? "dark" : "light"}}}}});
}

std::vector<std::string> Browser::complaints() {
    static_cast<void>(value("1")); // what has happened until now is told before this answer
    return std::exchange(complaints_, {});
}

} // namespace mdcd::tests::cli
