// One search of the protocol's own model: bare (nothing is judged), judged (every property), or judged up to symmetry,
// to renaming of numbers, or both. Prints counts, seconds, and how seldom the implementation really ran. Judges nothing
// about speed itself. Usage: bench_protocol SCOPE PRESET WORKERS bare|judged|symmetry|renaming|both [SECONDS_MAX];
// SCOPE may be q/b1/b2/b3/b4/b5: active processes, then the budgets in the order of a scope file.
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "model/reductions/reductions.hpp"
#include "model/system.hpp"

using namespace mdcd;

namespace {

// The model without its predicates: what exploring alone costs.
class Bare {
public:
    struct Summary {};
    explicit Bare(const model::System& system) : system_(system) {}
    [[nodiscard]] std::span<const checker::Slot> slots() const { return system_.slots(); }
    [[nodiscard]] std::span<const checker::Step> steps() const { return system_.steps(); }
    [[nodiscard]] std::vector<checker::GlobalState> initial_states() const { return system_.initial_states(); }
    void fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        system_.fire(step, inputs, outcomes);
    }
    [[nodiscard]] std::span<const checker::Property> properties() const { return {}; }
    [[nodiscard]] Summary summarise(checker::SlotIndex, std::string_view) const { return {}; }
    [[nodiscard]] checker::PropertyBits judge(std::span<const Summary* const>) const { return 0; }
    [[nodiscard]] std::span<const std::string> coverage_points() const { return system_.coverage_points(); }

private:
    const model::System& system_;
};
static_assert(checker::Model<Bare>);

model::Scope scope_of(const std::string& text) {
    unsigned numbers[6] = {};
    if (std::sscanf(text.c_str(), "%u/%u/%u/%u/%u/%u", &numbers[0], &numbers[1], &numbers[2], &numbers[3], &numbers[4],
                    &numbers[5]) != 6)
        return model::load_scope(text);
    const auto narrow = [](unsigned number) { return static_cast<std::uint8_t>(number); };
    model::Scope scope;
    scope.name = "bench";
    scope.active_processes = narrow(numbers[0]);
    scope.budgets = {narrow(numbers[1]), narrow(numbers[2]), narrow(numbers[3]), narrow(numbers[4]),
                     narrow(numbers[5])};
    return scope;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 5 && count != 6) {
        std::fprintf(stderr, "usage: %s SCOPE PRESET WORKERS bare|judged|symmetry|renaming|both [SECONDS_MAX]\n",
                     arguments[0]);
        return 64;
    }
    const std::string mode = arguments[4];
    const model::Scope scope = scope_of(arguments[1]);
    const impl::Rules rules = model::load_rules(arguments[2]).rules;
    const bool both = mode == "both";
    const model::Symmetry symmetry = both || mode == "symmetry" ? model::Symmetry::sound : model::Symmetry::none;
    const model::Reductions reductions =
        model::reductions_for(scope, rules, symmetry, both || mode == "renaming" ? std::optional(true) : std::nullopt);
    const model::System system(scope, rules, reductions);
    checker::SearchOptions options;
    options.workers = static_cast<unsigned>(std::strtoul(arguments[3], nullptr, 10));
    options.use_renamings = reductions.any();
    options.limits.seconds_max = count == 6 ? std::strtod(arguments[5], nullptr) : 0;
    const checker::Report report =
        mode == "bare" ? checker::search(Bare(system), options) : checker::search(system, options);
    const auto distinct = static_cast<double>(report.distinct_states);
    std::printf("states %llu transitions %llu seconds %.2f states_per_second %.0f bytes_per_state %.1f "
                "handler_calls %llu exhaustive %d\n",
                static_cast<unsigned long long>(report.distinct_states),
                static_cast<unsigned long long>(report.transitions), report.seconds, distinct / report.seconds,
                static_cast<double>(report.store_bytes) / distinct,
                static_cast<unsigned long long>(report.handler_calls), report.exhaustive ? 1 : 0);
    return report.exhaustive ? 0 : 20;
}
