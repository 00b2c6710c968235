// The search: all states that can be reached, level by level, so that the first violation of a claim is a shortest one.
// States are kept as texts and compared whole. Nothing is merged and nothing is left out.
#include <stdexcept>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tests/differential/oracle/claims.hpp"
#include "tests/differential/oracle/oracle.hpp"
#include "tests/differential/oracle/steps.hpp"

namespace oracle {
namespace {

void judge_state(const World& world, const State& state, int steps, Result& result) {
    const Outcome outcome = recover(world, state);
    for (const Claim& claim : claims()) {
        int& length = result.claims[claim.name];
        if (length == holds && claim.violated(world, state, outcome))
            length = steps;
    }
}

} // namespace

Result judge(const Scope& scope, const Rules& rules, std::size_t max_states) {
    if (scope.components < 1 || scope.components > 2 || scope.active_processes < 1) {
        throw std::invalid_argument("one or two components, and at least one active process");
    }
    if (!scope.order_of_cluster && !scope.independent_faults) {
        throw std::invalid_argument("order of components needs independent faults");
    }
    const World world{scope, readings_from(rules)};
    Result result;
    for (const Claim& claim : claims())
        result.claims[claim.name] = holds;
    std::unordered_set<std::string> visited;
    std::vector<State> level = {initial_state(world)};
    visited.insert(encode(level.front()));
    for (int steps = 0; !level.empty(); ++steps) {
        std::vector<State> next_level;
        for (const State& state : level) {
            judge_state(world, state, steps, result);
            for (State& next : successors(world, state)) {
                if (visited.insert(encode(next)).second)
                    next_level.push_back(std::move(next));
            }
            if (visited.size() > max_states) {
                result.exhausted = false;
                result.states = visited.size();
                return result;
            }
        }
        level = std::move(next_level);
    }
    result.states = visited.size();
    return result;
}

} // namespace oracle
