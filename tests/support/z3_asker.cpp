// A program that asks Z3 like `mdcd answer-z3`, but dies of the questions that the environment variable MDCD_DIES_OF
// names: PROPERTY:ATTEMPTS:SIGNAL, attempts 1, 2 or 12; or proof:COUNT:SIGNAL, of so many questions of a prover or
// more. Knows no view.
#include <csignal>
#include <cstdlib>
#include <string>

#include <sys/resource.h>

#include "model/z3/z3_remote_session.hpp"

namespace {

// As a fault: no sanitizer and no handler comes between.
void die_by(const std::string& number) {
    const int signal = std::stoi(number);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

} // namespace

int main() {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    setrlimit(RLIMIT_CORE, &none);
    const char* const given = std::getenv("MDCD_DIES_OF");
    const std::string text = given == nullptr ? "" : given;
    const std::size_t first = text.find(':');
    const std::size_t second = text.find(':', first + 1);
    const auto before_attempt = [&](mdcd::model::PropertyId property, unsigned attempt) {
        const std::string& name = mdcd::model::all_properties()[static_cast<std::size_t>(property)].name;
        if (text.substr(0, first) == name &&
            text.substr(first, second - first).find(std::to_string(attempt)) != std::string::npos)
            die_by(text.substr(second + 1));
    };
    mdcd::model::serve_z3(before_attempt, mdcd::model::z3_memory_bytes_max, [&](std::size_t questions) {
        if (text.starts_with("proof:") && questions >= std::stoul(text.substr(first + 1)))
            die_by(text.substr(second + 1));
    });
}
