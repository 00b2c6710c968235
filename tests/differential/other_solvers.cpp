// The queries as text, put to other programs (other_solvers.hpp).
// Knows no program: a command line is given.
#include "tests/differential/other_solvers.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/inputs/library.hpp"
#include "model/z3/canonical_view.hpp"
#include "model/z3/z3_judge.hpp"
#include "model/z3/z3_text.hpp"
#include "tests/support/explored_views.hpp"
#include "tests/support/random_view.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

std::vector<std::string> lines_printed_by(const std::string& command) {
    std::vector<std::string> lines(1);
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += static_cast<char>(c);
    }
    lines.pop_back();
    return lines;
}

struct Sample {
    std::string text;
    std::string answer;
};

std::vector<impl::Rules> rule_sets() {
    std::vector<impl::Rules> all;
    for (const std::string name : {"published", "literal", "repaired"})
        all.push_back(preset(name).rules);
    for (const std::string change : {"recovery_line=local", "in_transit=deliver", "reclamation=by_cover",
                                     "receiver_log=while_dirty", "checkpoint_trigger=every_new_sn"})
        set_rule(all.emplace_back(), change);
    return all;
}

// Distinct questions of explorations of several scopes under several sets of rules, then of random views; the texts are
// of the views as they came, with what the native evaluation (or trying every choice) says. Judged by Z3 as well.
std::vector<Sample> samples(std::size_t samples_min) {
    std::vector<Sample> all;
    Z3Judge judge;
    Canonizer canonizer;
    std::set<std::pair<PropertyId, std::string>> seen;
    const auto add = [&](PropertyId property, const View& view, bool violated) {
        if (!seen.emplace(property, canonizer.key(property, view)).second)
            return;
        using checker::smt::Answer;
        const Answer expected = violated ? Answer::satisfiable : Answer::unsatisfiable;
        CHECK(judge.ask(property, view).answer == expected);
        all.push_back({to_smt_lib(property, view, {.expected = expected}), checker::smt::name_of(expected)});
    };
    for (const Scope& scope :
         {small_scope(1, {2, 0, 1, 1, 1}), small_scope(2, {2, 1, 0, 0, 1}), small_asynchronous_scope()}) {
        for (const impl::Rules& rules : rule_sets()) {
            const System system(scope, rules);
            const std::size_t enough = all.size() + samples_min / 10; // of this system
            (void)explore_views(system, [&](const View& view, RecoveryStage stage, checker::PropertyBits bits) {
                for (const PropertyId property : z3_properties)
                    if (System::asks(property, stage) && all.size() < enough)
                        add(property, view, (bits >> static_cast<unsigned>(property) & 1) == 0);
            });
        }
    }
    MESSAGE("explorations: ", all.size(), " distinct queries");
    for (std::uint64_t seed = 1; all.size() < samples_min; ++seed) {
        REQUIRE(seed < 10 * samples_min);
        const RandomView random(seed);
        for (const PropertyId property : z3_properties)
            add(property, random.view, violated_by_some_choice(property, random.view));
    }
    return all;
}

} // namespace

void compare_with_solver(const std::string& program, const std::string& arguments, std::size_t samples_min) {
    if (lines_printed_by("command -v " + program).empty()) {
        const char* const wish = std::getenv("MDCD_OTHER_SOLVERS");
        MESSAGE(program, " is not installed: its comparison is left out");
        CHECK_MESSAGE((wish == nullptr || std::string(wish) != "required"), program, " is required here");
        return;
    }
    const ScratchFolder folder;
    const std::vector<Sample> all = samples(samples_min);
    std::ofstream everything(folder.path("all.smt2"));
    std::vector<std::string> expected;
    for (const Sample& sample : all) { // one process for all: starting one costs more than most queries
        everything << sample.text << "(reset)\n";
        expected.push_back(sample.answer);
    }
    everything.close();
    const std::string command = program + " " + arguments + " ";
    CHECK(lines_printed_by(command + folder.path("all.smt2")) == expected);

    // A file by itself is complete.
    for (const std::string answer : {"sat", "unsat"}) {
        const auto found = std::ranges::find(all, answer, &Sample::answer);
        REQUIRE(found != all.end());
        std::ofstream(folder.path("one.smt2")) << found->text;
        CHECK(lines_printed_by(command + folder.path("one.smt2")) == std::vector<std::string>{answer});
    }
    CHECK(all.size() >= samples_min);
    MESSAGE(program, ": ", all.size(), " queries, ", std::ranges::count(expected, "sat"), " of them sat");
}

} // namespace mdcd::tests
