// What a scenario can expect of a state, and whether it is so. Knows no file: a mistake is told to the caller.
// One table gives the forms, the messages and the page in docs.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "model/runs/run_writer.hpp"
#include "model/system.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

// An expectation that means nothing here: thrown with what was expected and the nearest name.
class ExpectationError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Expected {
    bool met = false;
    std::string found; // what is true instead, in few words; may be empty
};

// A state that can be asked.
class Questions {
public:
    Questions(const System& system, const RunWriter& run) : system_(system), run_(run) {}

    // `text` is what stands after "expect". Throws ExpectationError.
    [[nodiscard]] Expected ask(const std::string& text) const;

    // Whether the last step noted something that starts like this.
    [[nodiscard]] Expected noted(const std::string& text) const;

    // The properties whose predicate is true, as bits.
    [[nodiscard]] checker::PropertyBits truths() const;

    // What is wrong with the state according to the claims that it violates, each once.
    [[nodiscard]] std::vector<traces::Finding> findings() const;

private:
    using Words = std::vector<std::string>;
    [[nodiscard]] Expected ask_words(const Words& words) const;
    [[nodiscard]] Expected enabled(const std::string& action) const;
    [[nodiscard]] Expected property(const Words& words) const;
    [[nodiscard]] Expected recovery(const Words& words) const;
    [[nodiscard]] Expected finding(const Words& words) const;
    [[nodiscard]] Expected place(const Words& words) const;
    [[nodiscard]] bool is_process(const std::string& name) const;
    void expect_subject(const std::string& name) const;
    void expect_possible(const Words& words) const;
    [[noreturn]] void fail_unknown(const Words& words) const;

    const System& system_;
    const RunWriter& run_;
};

} // namespace mdcd::model
