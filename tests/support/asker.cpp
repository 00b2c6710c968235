// A program for Asker and Z3RemoteDesk to start, which dies when it is told to. As `answer-z3` it asks Z3 like
// `mdcd answer-z3`, but for questions that the environment variable MDCD_DIES_OF names; otherwise it obeys messages.
// Knows no view.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include "checker/smt/asker.hpp"
#include "model/z3/z3_remote_desk.hpp"

namespace {

// As a fault does: no sanitizer and no handler comes between.
void die_by(int signal) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::string obey(std::string_view message) {
    const std::string text(message);
    if (text.starts_with("signal "))
        die_by(std::stoi(text.substr(7)));
    if (text.starts_with("exit "))
        _exit(std::stoi(text.substr(5)));
    if (text == "sleep")
        std::this_thread::sleep_for(std::chrono::minutes(5));
    return {text.rbegin(), text.rend()};
}

// MDCD_DIES_OF=PROPERTY:ATTEMPTS:SIGNAL, attempts 1, 2 or 12.
void answer_z3() {
    const char* const given = std::getenv("MDCD_DIES_OF");
    const std::string text = given == nullptr ? "" : given;
    const std::size_t first = text.find(':');
    const std::size_t second = text.find(':', first + 1);
    mdcd::model::serve_z3([&](mdcd::model::PropertyId property, unsigned attempt) {
        const std::string& name = mdcd::model::all_properties()[static_cast<std::size_t>(property)].name;
        if (text.substr(0, first) == name &&
            text.substr(first, second - first).find(std::to_string(attempt)) != std::string::npos)
            die_by(std::stoi(text.substr(second + 1)));
    });
}

} // namespace

int main(int argc, char** argv) {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    setrlimit(RLIMIT_CORE, &none);
    if (argc == 2 && argv[1] == std::string_view("answer-z3"))
        answer_z3();
    else
        mdcd::checker::smt::serve(obey);
}
