// Claims that Z3 judges once more, and measures, on a system of one actor that counts: agreement, disagreement, no
// answer, and that a claim without an answer does not hold.
#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/families/explored_system.hpp"
#include "tests/support/dies_of.hpp"

namespace mdcd::model {
namespace {

namespace asked = checker::actors;
namespace smt = checker::smt;

// Counts to three.
struct AskedCounter {
    struct Message {};
    enum class Timer { tick };
    struct State {
        int count = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("count", self.count);
        }
    };
    using Here = asked::Context<Message, Timer>;

    State start(asked::Id, Here& context) const {
        context.set_timer(Timer::tick);
        return {};
    }
    void receive(State&, asked::Id, const Message&, Here&) const {}
    void timeout(State& state, Timer, Here& context) const {
        if (++state.count < 3)
            context.set_timer(Timer::tick);
    }
};

// "seven pigeons do not fit into six holes": true, and not seen without trying.
class Pigeons final : public QuestionFormulas {
public:
    static constexpr std::size_t holes = 6;

    Pigeons(smt::Formulas& formulas, bool is_true) : formulas_(formulas), is_true_(is_true) {
        for (std::size_t each = 0; each < (holes + 1) * holes; ++each)
            sits_.push_back(formulas.unknown_truth("sits_" + std::to_string(each)));
    }
    [[nodiscard]] std::vector<smt::Truth> premises(const Question&) override {
        std::vector<smt::Truth> all;
        for (std::size_t pigeon = 0; pigeon <= holes; ++pigeon) {
            smt::Truth somewhere = formulas_.constant(false);
            for (std::size_t hole = 0; hole < holes; ++hole)
                somewhere = somewhere || sits_[pigeon * holes + hole];
            all.push_back(somewhere);
        }
        return all;
    }
    [[nodiscard]] smt::Truth holds(const Question& question) override {
        smt::Truth two_in_one = formulas_.constant(false);
        for (std::size_t hole = 0; hole < holes; ++hole)
            for (std::size_t one = 0; one <= holes; ++one)
                for (std::size_t other = 0; other < one; ++other)
                    two_in_one = two_in_one || (sits_[one * holes + hole] && sits_[other * holes + hole]);
        return is_true_ || question.key == "another" ? two_in_one : !two_in_one;
    }

private:
    smt::Formulas& formulas_;
    bool is_true_;
    std::vector<smt::Truth> sits_;
};

// A claim of the count natively, of pigeons for Z3.
ExploredSystem asked_system(bool natively, bool by_z3) {
    ExploredSystem what;
    what.system.add("counter", AskedCounter());
    what.system.always("small", [natively](const asked::SystemState& state) {
        return natively || state.actor<AskedCounter>(asked::Id(0)).count < 3;
    });
    what.scope = {"test/pigeons", "seven of them", "test"};
    what.questions = {
        .claims = {"small"},
        .posed_in =
            [natively](const asked::SystemState& state) {
                const int count = state.actor<AskedCounter>(asked::Id(0)).count;
                return std::vector<Question>{{0, count == 3 ? "the last" : "another", !natively && count == 3}};
            },
        .formulas = [by_z3](smt::Formulas& formulas) { return std::make_unique<Pigeons>(formulas, by_z3); },
        .told =
            [](std::span<const std::int64_t> sits) {
                return traces::Hypothesis{std::to_string(sits.size()) + " seats", {}, "z3"};
            }};
    what.measured = {{"count"}, [](const asked::SystemState& state, std::span<FamilyMeasure> measures) {
                         measures[0].add(static_cast<std::uint64_t>(state.actor<AskedCounter>(asked::Id(0)).count));
                     }};
    return what;
}

FamilyOptions asking(unsigned effort_max = 0) {
    FamilyOptions options;
    options.z3 = {.ask = true, .timeout_ms = 60000, .effort_max = effort_max};
    return options;
}

} // namespace

TEST_CASE("every distinct question is asked once, and Z3 agrees") {
    const FamilyCheck check = explored(asked_system(true, true), asking());
    CHECK(check.properties[0].verdict == checker::Verdict::holds);
    REQUIRE(check.properties[0].z3);
    CHECK(check.properties[0].z3->views == 4);
    CHECK(check.properties[0].z3->questions == 2);
    CHECK(check.properties[0].z3->violated == 0);
    CHECK(check.properties[0].z3->unknowns == 0);
    CHECK(!explored(asked_system(true, true), {}).properties[0].z3);
}

TEST_CASE("a difference, in either direction, is an error of this program") {
    CHECK_THROWS_AS(static_cast<void>(explored(asked_system(true, false), asking())), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(explored(asked_system(false, true), asking())), std::logic_error);
}

TEST_CASE("a key that leaves out what the answer depends on is an error of this program") {
    ExploredSystem what = asked_system(false, false);
    const auto posed_in = what.questions.posed_in;
    what.questions.posed_in = [posed_in](const asked::SystemState& state) {
        std::vector<Question> posed = posed_in(state);
        posed[0].key = "any";
        return posed;
    };
    CHECK_THROWS_AS(static_cast<void>(explored(what, asking())), std::logic_error);
}

TEST_CASE("a question without an answer leaves the claim open, and is no pass") {
    const FamilyCheck check = explored(asked_system(true, true), asking(1));
    CHECK(check.properties[0].verdict == checker::Verdict::inconclusive);
    REQUIRE(check.properties[0].z3);
    CHECK(check.properties[0].z3->unknowns == 2);
    CHECK(check.properties[0].reason.starts_with("Z3 gave no answer to 2 questions: "));
}

TEST_CASE("a process of its own says the same, and one that dies of it leaves the claim open") {
    FamilyOptions elsewhere = asking();
    elsewhere.z3.asker = {MDCD_TEST_Z3_ASKER};
    const FamilyCheck check = explored(asked_system(true, true), elsewhere);
    CHECK(check.properties[0].verdict == checker::Verdict::holds);
    REQUIRE(check.properties[0].z3);
    CHECK(check.properties[0].z3->questions == 2);
    const FamilyCheck violated = explored(asked_system(false, false), elsewhere);
    CHECK(violated.properties[0].verdict == checker::Verdict::violated);
    REQUIRE(violated.properties[0].trace);
    REQUIRE(violated.properties[0].trace->hypothesis);
    CHECK(violated.properties[0].trace->hypothesis->text == "42 seats");
    const tests::DiesOf questions("proof:1:6");
    const FamilyCheck dead = explored(asked_system(true, true), elsewhere);
    CHECK(dead.properties[0].verdict == checker::Verdict::inconclusive);
    CHECK(dead.properties[0].reason ==
          "Z3 gave no answer to 2 questions: the process that asked Z3 was ended by signal "
          "6 (SIGABRT)");
}

TEST_CASE("what is over is not asked") {
    const ExploredSystem what = asked_system(true, true);
    AskedStates states(what.questions);
    asked::CheckOptions options;
    options.observer = &states;
    CHECK(asked::check(what.system, options).search.distinct_states == 4);
    FamilyOptions limited = asking();
    limited.search.limits.seconds_max = 1;
    const std::vector<FamilyZ3> sums = states.ask(limited, -1);
    CHECK(sums[0].unknowns == 2);
    CHECK(sums[0].unknown_reason == "seconds");
}

TEST_CASE("measures are over distinct states, each counted once") {
    FamilyOptions options;
    options.measure = true;
    for (const unsigned workers : {1U, 3U}) {
        options.search.workers = workers;
        const FamilyCheck check = explored(asked_system(true, true), options);
        REQUIRE(check.measures.size() == 1);
        CHECK(check.measures[0] == FamilyMeasure{.name = "count", .count = 4, .sum = 6, .worst = 3});
    }
    CHECK(explored(asked_system(true, true), {}).measures.empty());
}

} // namespace mdcd::model
