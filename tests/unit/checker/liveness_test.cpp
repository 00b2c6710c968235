// Loops whose fairness is known: taken, disabled or neglected steps, dead ends, choices of the environment;
// and random graphs against a search of all subsets of states.
#include "checker/liveness.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <map>

#include "checker/random.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::automaton;
using mdcd::tests::machine;
using mdcd::tests::ScriptedModel;

namespace {

using Steps = std::vector<mdcd::tests::Edges>;

const std::vector<ProgressClaim> one_claim = {{"ends", "What is pending ends."}};

// Pending while at one of these letters.
auto at_one_of(const std::string& letters) {
    return [letters](ScriptedModel::Summaries all) -> PropertyBits {
        return letters.find((*all[0])[0]) != std::string::npos ? 1U : 0U;
    };
}

std::string letters_along(const ScriptedModel& model, const Lasso& lasso) {
    Path whole = lasso.stem;
    whole.firings.insert(whole.firings.end(), lasso.loop.begin(), lasso.loop.end());
    std::string letters;
    for (const GlobalState& state : states_along(model, whole)) {
        if (letters.size() == lasso.stem.firings.size())
            letters += '(';
        letters += state[0];
    }
    return letters;
}

ProgressVerdict check(const ScriptedModel& model, const std::string& pending, const LivenessOptions& options = {}) {
    const LivenessReport report = check_progress(model, one_claim, at_one_of(pending), options);
    REQUIRE(report.verdicts.size() == 1);
    if (report.verdicts[0].lasso)
        CHECK(is_fair_lasso(model, at_one_of(pending), 0, *report.verdicts[0].lasso, options.unfair_steps));
    return report.verdicts[0];
}

std::string reachable_letters(const Steps& steps) {
    std::string reached = "a";
    for (std::size_t next = 0; next < reached.size(); ++next)
        for (const auto& step : steps)
            for (const std::string& edge : step)
                if (edge[0] == reached[next] && reached.find(edge[1]) == std::string::npos)
                    reached += edge[1];
    return reached;
}

std::string common_letters(const std::string& some, const std::string& others) {
    std::string common;
    for (const char letter : some)
        if (others.find(letter) != std::string::npos)
            common += letter;
    return common;
}

// Strongly connected by edges inside it; and, for each step, one of the letters disables the step or one of
// those edges takes it. Or one letter that enables nothing.
bool is_fair_set(const Steps& steps, const std::string& set) {
    std::map<char, std::string> leads_to;
    std::map<char, unsigned> degree;
    bool fair = true;
    for (const auto& step : steps) {
        std::map<char, bool> is_enabled;
        bool taken = false;
        for (const std::string& edge : step) {
            is_enabled[edge[0]] = true;
            ++degree[edge[0]];
            if (set.find(edge[0]) != std::string::npos && set.find(edge[1]) != std::string::npos) {
                leads_to[edge[0]] += edge[1];
                taken = true;
            }
        }
        fair = fair && (taken || !std::ranges::all_of(set, [&](char letter) { return is_enabled[letter]; }));
    }
    if (set.size() == 1 && degree[set[0]] == 0)
        return true;
    return fair && std::ranges::all_of(set, [&](char from) {
               std::string reached = leads_to[from];
               for (std::size_t next = 0; next < reached.size(); ++next)
                   for (const char letter : leads_to[reached[next]])
                       if (reached.find(letter) == std::string::npos)
                           reached += letter;
               return common_letters(set, reached).size() == set.size();
           });
}

bool has_fair_subset(const Steps& steps, const std::string& letters) {
    for (unsigned subset = 1; subset < 1U << letters.size(); ++subset) {
        std::string set;
        for (std::size_t i = 0; i < letters.size(); ++i)
            if ((subset >> i & 1) != 0)
                set += letters[i];
        if (is_fair_set(steps, set))
            return true;
    }
    return false;
}

} // namespace

TEST_CASE("a loop that neglects an enabled step is not fair") {
    CHECK(check(automaton("a", {"aa", "ab"}), "a").verdict == Verdict::holds);
    // Leaving is one step, enabled at a and at b, and never taken in the loop.
    CHECK(check(machine("a", {{"ab"}, {"ba"}, {"ac", "bc"}}), "ab").verdict == Verdict::holds);
}

TEST_CASE("a loop in which the step is disabled now and then is fair") {
    const ScriptedModel model = automaton("a", {"ab", "ba", "ac"});
    const ProgressVerdict verdict = check(model, "ab");
    CHECK(verdict.verdict == Verdict::violated);
    CHECK(letters_along(model, verdict.lasso.value()) == "(aba");
}

TEST_CASE("a step that is taken inside the loop and outside it") {
    // Step 0 may stay in the loop or leave it: taking it is enough.
    CHECK(check(machine("a", {{"aa", "ab"}}), "a").verdict == Verdict::violated);
}

TEST_CASE("the loop takes every step that needs it, even by a detour") {
    // In the circle a b c step 3 is enabled everywhere, and taken only at c, back to c.
    const ScriptedModel model = machine("a", {{"ab"}, {"bc"}, {"ca"}, {"ad", "bd", "cc"}});
    const ProgressVerdict verdict = check(model, "abc");
    CHECK(verdict.verdict == Verdict::violated);
    CHECK(letters_along(model, verdict.lasso.value()) == "(abcca");
}

TEST_CASE("a stem leads to the loop; what is not pending on the way does not matter") {
    const ScriptedModel model = automaton("a", {"ab", "bc", "cd", "dc"});
    const ProgressVerdict verdict = check(model, "cd");
    CHECK(letters_along(model, verdict.lasso.value()) == "ab(cdc");
    CHECK(check(model, "abc").verdict == Verdict::holds);
    CHECK(check(model, "abd").verdict == Verdict::holds);
}

TEST_CASE("a dead end that is pending stays so") {
    const ScriptedModel model = automaton("a", {"ab", "bc"});
    const ProgressVerdict verdict = check(model, "c");
    CHECK(verdict.verdict == Verdict::violated);
    CHECK(verdict.lasso.value().loop.empty());
    CHECK(letters_along(model, *verdict.lasso) == "ab(c");
    CHECK(check(model, "ab").verdict == Verdict::holds);
}

TEST_CASE("a choice of the environment may be put off for ever") {
    const ScriptedModel model = automaton("a", {"aa", "ab"});
    CHECK(check(model, "a", {.limits = {}, .unfair_steps = {1}}).verdict == Verdict::violated);
    CHECK(check(model, "a", {.limits = {}, .unfair_steps = {0}}).verdict == Verdict::holds);
}

TEST_CASE("lassos that are none are told apart") {
    const ScriptedModel model = automaton("a", {"ab", "ba", "ac", "bc"});
    const auto is_lasso = [&](const Lasso& lasso, const std::string& pending) {
        return is_fair_lasso(model, at_one_of(pending), 0, lasso, {2, 3});
    };
    const Lasso good{.stem = {}, .loop = {{0, 0, 0}, {1, 0, 0}}};
    CHECK(is_lasso(good, "ab"));
    CHECK_FALSE(is_lasso(good, "a"));                               // not pending at b
    CHECK_FALSE(is_lasso({.stem = {}, .loop = {{0, 0, 0}}}, "ab")); // does not close
    CHECK_FALSE(is_lasso({.stem = {}, .loop = {}}, "ab"));          // no dead end
    CHECK_FALSE(is_fair_lasso(automaton("a", {"aa", "ab"}), at_one_of("a"), 0, {.stem = {}, .loop = {{0, 0, 0}}}, {}));
    CHECK_THROWS_AS(static_cast<void>(is_lasso({.stem = {}, .loop = {{1, 0, 0}}}, "ab")), PathError);
}

TEST_CASE("several claims at once") {
    const std::vector<ProgressClaim> claims = {{"leaves_a", ""}, {"leaves_b", ""}};
    const auto pending = [](ScriptedModel::Summaries all) -> PropertyBits { return *all[0] == "a" ? 1U : 2U; };
    const LivenessReport report = check_progress(automaton("a", {"ab", "bb"}), claims, pending);
    CHECK(report.exhaustive);
    CHECK(report.distinct_states == 2);
    CHECK(report.transitions == 2);
    CHECK(report.verdicts[0].verdict == Verdict::holds);
    CHECK(report.verdicts[1].verdict == Verdict::violated);
    CHECK(report.verdicts[1].claim == "leaves_b");
}

TEST_CASE("a limit or a failure leaves nothing that holds, but keeps what was found") {
    const ScriptedModel model = automaton("a", {"aa", "ab", "bc", "cd"});
    const LivenessOptions few{.limits = {.states_max = 2}, .unfair_steps = {}};
    CHECK(check(model, "d", few).verdict == Verdict::inconclusive);
    CHECK(check(model, "d", few).reason == "states");
    const LivenessOptions few_and_unfair{.limits = {.states_max = 2}, .unfair_steps = {1}};
    CHECK(check(model, "a", few_and_unfair).verdict == Verdict::violated);

    ScriptedModel failing = model;
    failing.handler = [handler = model.handler](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        if (inputs.values[0] == "b")
            throw ModelError("no b, please");
        handler(step, inputs, outcomes);
    };
    const ProgressVerdict verdict = check(failing, "d");
    CHECK(verdict.verdict == Verdict::error);
    CHECK(verdict.reason == "no b, please");
    CHECK(verdict.path.value().firings == std::vector<Firing>{{1, 0, 0}});
}

TEST_CASE("with a state outside the boundary nothing holds, and what is broken inside is") {
    struct Bounded : ScriptedModel {
        [[nodiscard]] bool has_boundary() const { return true; }
        [[nodiscard]] bool is_inside(Summaries all) const { return *all[0] != "c"; }
    };
    static_assert(KnowsItsBoundary<Bounded>);
    const Bounded model{automaton("a", {"ab", "bc", "cb", "bd"})};
    const auto verdict_on = [](const Bounded& bounded, const std::string& pending) {
        const LivenessReport report = check_progress(bounded, one_claim, at_one_of(pending));
        CHECK_FALSE(report.exhaustive);
        CHECK(report.limit == "boundary");
        return report.verdicts[0];
    };
    for (const char* pending : {"a", "bc"}) { // b and c would go round outside
        CHECK(verdict_on(model, pending).verdict == Verdict::inconclusive);
        CHECK(verdict_on(model, pending).reason == "boundary");
    }
    CHECK(verdict_on(model, "d").verdict == Verdict::violated);
    CHECK(verdict_on(model, "c").verdict == Verdict::inconclusive); // no dead end: it is not followed
}

TEST_CASE("what says what is pending looks at a state, or it is an error that names the claim") {
    const ScriptedModel model = automaton("a", {"ab", "bc", "ca"});
    const std::vector<ProgressClaim> claims = {{"pure", ""}, {"counts", ""}};
    for (const unsigned pure : {0U, 1U}) { // with a run that goes round, and without one
        unsigned calls = 0;
        const auto pending = [&](ScriptedModel::Summaries) -> PropertyBits { return (++calls > 3 ? 2U : 0U) | pure; };
        const LivenessReport report = check_progress(model, claims, pending);
        CHECK_FALSE(report.exhaustive);
        CHECK(report.verdicts[0].verdict == (pure != 0 ? Verdict::violated : Verdict::error));
        CHECK(report.verdicts[1].verdict == Verdict::error);
        CHECK(report.verdicts[1].reason ==
              "the predicate of 'counts' gave another answer when asked again: it is not deterministic");
    }
    unsigned calls = 0;
    const auto once = [&](ScriptedModel::Summaries) -> PropertyBits { return ++calls <= 3 ? 2U : 0U; };
    const LivenessReport report = check_progress(model, claims, once); // what goes round does not when looked at again
    CHECK(report.verdicts[1].verdict == Verdict::error);
    CHECK_FALSE(report.verdicts[1].lasso);
}

TEST_CASE("interrupted, nothing holds, and it says so") {
    const ScriptedModel model = automaton("a", {"aa", "ab", "bc", "cd"});
    std::atomic<bool> interrupt = false;
    const LivenessOptions options{.limits = {}, .unfair_steps = {}, .interrupt = &interrupt};
    CHECK(check(model, "e", options).verdict == Verdict::holds);
    interrupt = true;
    CHECK(check(model, "e", options).verdict == Verdict::inconclusive);
    CHECK(check(model, "e", options).reason == "interrupted");
}

TEST_CASE("an election ends, and so does a transaction, unless the coordinator may sleep") {
    const auto uninformed = [](std::span<const textbook::Ring::Summary* const> all) -> PropertyBits {
        return std::ranges::any_of(all, [](const auto* slot) { return !slot->idle; }) ? 1U : 0U;
    };
    CHECK(check_progress(textbook::Ring(5), one_claim, uninformed).verdicts[0].verdict == Verdict::holds);

    // A resource manager is undecided while 'w'orking or 'p'repared, and committed once 'c'.
    const textbook::TwoPhaseCommit model(3);
    const auto undecided = [](std::span<const char* const> all) -> PropertyBits {
        const auto any = [&](char state) {
            return std::ranges::any_of(all, [&](const char* slot) { return *slot == state; });
        };
        return (any('w') || any('p') ? 1U : 0U) | (any('a') || any('w') || any('p') ? 2U : 0U);
    };
    const std::vector<ProgressClaim> claims = {{"decides", ""}, {"commits", ""}};
    const LivenessReport report = check_progress(model, claims, undecided);
    CHECK(report.distinct_states == 288);
    CHECK(report.transitions == 1145);
    CHECK(report.verdicts[0].verdict == Verdict::holds);
    CHECK(report.verdicts[1].verdict == Verdict::violated); // aborted for ever
    const LivenessReport asleep = check_progress(model, claims, undecided, {.limits = {}, .unfair_steps = {0, 1}});
    CHECK(asleep.verdicts[0].verdict == Verdict::violated);
}

TEST_CASE("random graphs against all subsets of their states") {
    const std::string letters = "abcdef";
    unsigned violated = 0;
    for (std::uint64_t seed = 0; seed < 600; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Steps steps(3);
        for (std::vector<std::string>& step : steps)
            for (const char from : letters)
                for (const char to : letters)
                    if (random.one_in(8))
                        step.push_back({from, to});
        const ScriptedModel model = machine("a", steps);
        std::string pending;
        for (const char letter : letters)
            if (!random.one_in(3))
                pending += letter;
        const ProgressVerdict verdict = check(model, pending);

        const std::string candidates = common_letters(pending, reachable_letters(steps));
        const bool expected = has_fair_subset(steps, candidates);
        CHECK((verdict.verdict == Verdict::violated) == expected);
        CHECK((verdict.verdict == Verdict::holds) == !expected);
        violated += expected ? 1 : 0;
    }
    CHECK(violated > 100);
    CHECK(violated < 500);
}
