// The plain interpreter's look at whole runs: is there a fair run in which what must come does not, and how far is it
// to where it stays or goes round? Every choice of strong rules that matter is tried by itself. Knows no engine.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "checker/actors/system.hpp"
#include "tests/differential/actors/random_actors.hpp"

namespace mdcd::tests {

struct PlainAction {
    enum class Kind { other, delivery, timeout, restart, healing };
    Kind kind = Kind::other;
    std::size_t from = 0;
    std::size_t to = 0;
    Word word = {};
    std::string timer = {};
    friend auto operator<=>(const PlainAction&, const PlainAction&) = default;
};

struct PlainEdge {
    std::size_t target = 0;
    PlainAction action;
};

struct PlainRuns {
    std::vector<std::vector<PlainEdge>> edges; // by state
    std::vector<bool> is_first;
    std::vector<bool> is_outside;
    std::vector<bool> has_come; // what must come
    std::vector<bool> is_called_for;

    // Steps to where the run stays or goes round; none: there is no such run. `from_start`: it has to come in every
    // run. nothing at all (has_answer false): too many strong rules to try.
    struct Answer {
        bool has_answer = true;
        std::optional<std::size_t> stem;
    };
    [[nodiscard]] Answer look(const std::vector<checker::actors::FairnessClaim>& fairness, bool from_start) const;
};

} // namespace mdcd::tests
