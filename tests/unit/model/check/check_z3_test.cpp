// A whole check with Z3 in it: its failures lose nothing that was explored, its questions are the same for any number
// of workers, and what it has answered once is not asked again in the next run.
#include "model/check/check.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <new>

#include "checker/smt/solver.hpp"
#include "model/inputs/library.hpp"
#include "tests/support/dies_of.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace mdcd;
using namespace mdcd::model;
using checker::Verdict;

namespace {

Check check_tiny(const CheckOptions& options) {
    return check(load_scope("tiny"), preset("published"), options);
}

CheckOptions options_with(std::function<void(unsigned)> before_attempt) {
    CheckOptions options;
    options.z3_before_attempt = std::move(before_attempt);
    return options;
}

std::map<std::string, Verdict> verdicts_of(const Check& check) {
    std::map<std::string, Verdict> verdicts;
    for (const CheckedProperty& each : check.properties)
        verdicts[each.property.name] = each.verdict;
    return verdicts;
}

std::uint64_t sum_of(const Check& check, std::uint64_t Z3Tally::*field) {
    std::uint64_t sum = 0;
    for (const CheckedProperty& each : check.properties)
        sum += each.z3 ? (*each.z3).*field : 0;
    return sum;
}

} // namespace

TEST_CASE("a solver that fails at every attempt leaves the exploration as it is, and no claim of Z3's holds") {
    const Check good = check_tiny({});
    const auto throw_z3 = [](unsigned) { throw z3::exception("broken"); };
    const auto run_out = [](unsigned) { throw std::bad_alloc(); };
    for (const auto& fail : {std::function<void(unsigned)>(throw_z3), std::function<void(unsigned)>(run_out)}) {
        const Check broken = check_tiny(options_with(fail));
        CHECK(broken.report.exhaustive);
        CHECK(broken.report.distinct_states == good.report.distinct_states);
        auto expected = verdicts_of(good);
        for (const PropertyId property : z3_properties) {
            const auto found = expected.find(all_properties()[static_cast<std::size_t>(property)].name);
            if (found != expected.end() && found->second == Verdict::holds)
                found->second = Verdict::inconclusive;
        }
        CHECK(verdicts_of(broken) == expected); // what was violated natively stays violated
        CHECK(broken.unanswered.size() == sum_of(good, &Z3Tally::queries));
        for (const QuestionFile& question : broken.unanswered) {
            CHECK(question.name.ends_with(".unknown.smt2"));
            CHECK(question.text.find("(check-sat)") != std::string::npos);
            CHECK(question.text.find("; Z3 gave no answer: ") != std::string::npos);
        }
    }
}

TEST_CASE(
    "Z3 that crashes at some questions takes nothing along, and all others are answered, by any number of workers") {
    CheckOptions options;
    options.z3_asker = {MDCD_TEST_Z3_ASKER};
    const Check good = check_tiny(options);
    CHECK(verdicts_of(good) == verdicts_of(check_tiny({})));
    CHECK(good.unanswered.empty());
    for (const char* const signal : {"11", "6", "9"}) {
        const tests::DiesOf questions("minimal_rollback:12:" + std::string(signal));
        std::vector<QuestionFile> unanswered;
        for (const unsigned workers : {1U, 2U}) {
            options.search.workers = workers;
            const Check lost = check_tiny(options);
            CHECK(lost.report.distinct_states == good.report.distinct_states);
            auto expected = verdicts_of(good);
            CHECK(expected.at("minimal_rollback") == Verdict::holds);
            expected.at("minimal_rollback") = Verdict::inconclusive;
            CHECK(verdicts_of(lost) == expected);
            const auto property = std::ranges::find(lost.properties, "minimal_rollback",
                                                    [](const CheckedProperty& each) { return each.property.name; });
            CHECK(property->z3->unknowns == property->z3->queries);
            CHECK(property->reason.find("was ended by signal " + std::string(signal)) != std::string::npos);
            REQUIRE(lost.unanswered.size() == property->z3->queries);
            for (std::size_t i = 0; i < lost.unanswered.size(); ++i) {
                CHECK(lost.unanswered[i].text.find("(check-sat)") != std::string::npos);
                CHECK((workers == 1 || lost.unanswered[i].text == unanswered[i].text));
            }
            unanswered = lost.unanswered;
        }
    }
}

TEST_CASE("asked about every state while the search runs, Z3 may die, too") {
    CheckOptions options;
    options.z3 = Z3Use::every;
    options.search.limits.states_max = 40; // a process is started for each of them
    options.search.workers = 2;
    const Check good = check_tiny(options);
    options.z3_asker = {MDCD_TEST_Z3_ASKER};
    const tests::DiesOf questions("containment:1:11");
    const Check result = check_tiny(options);
    CHECK(verdicts_of(result) == verdicts_of(good)); // second attempts made all of it good
    CHECK(sum_of(result, &Z3Tally::unknowns) == 0);
    CHECK(result.report.distinct_states == good.report.distinct_states);
}

TEST_CASE("where no other process can be started, this one asks") {
    CheckOptions options;
    options.z3_asker = {"/no/such/program"};
    CHECK(verdicts_of(check_tiny(options)) == verdicts_of(check_tiny({})));
}

TEST_CASE("a first attempt that fails is made good by the second") {
    const Check good = check_tiny({});
    unsigned failures = 0;
    CheckOptions options = options_with([&](unsigned attempt) {
        if (attempt == 1 && ++failures % 2 == 1)
            throw z3::exception("broken");
    });
    options.search.workers = 1;
    const Check result = check_tiny(options);
    CHECK(failures > 1);
    CHECK(verdicts_of(result) == verdicts_of(good));
    CHECK(result.unanswered.empty());
}

TEST_CASE("a real limit on the solver's effort: inconclusive, with the questions, the same every time") {
    CheckOptions options;
    options.z3_effort_max = 1;
    const Check result = check_tiny(options);
    CHECK(verdicts_of(result).at("minimal_rollback") == Verdict::inconclusive);
    CHECK(verdicts_of(result).at("recoverability") == Verdict::violated);
    CHECK(verdicts_of(result).at("device_safety") == Verdict::holds);
    CHECK(result.report.exhaustive);
    REQUIRE_FALSE(result.unanswered.empty());
    const Check again = check_tiny(options);
    REQUIRE(again.unanswered.size() == result.unanswered.size());
    for (std::size_t i = 0; i < result.unanswered.size(); ++i)
        CHECK(again.unanswered[i].text == result.unanswered[i].text);
}

TEST_CASE("asked about every state, it tells the time of the solver, which is not after the search") {
    CheckOptions options;
    options.z3 = Z3Use::every;
    options.search.limits.states_max = 200;
    const Check result = check_tiny(options);
    CHECK(sum_of(result, &Z3Tally::queries) == sum_of(result, &Z3Tally::views));
    double seconds = 0;
    for (const CheckedProperty& each : result.properties)
        seconds += each.z3 ? each.z3->seconds : 0;
    CHECK(seconds > 0);
    CHECK(result.z3_seconds >= seconds);
}

TEST_CASE("questions as files: each distinct one once, and the same with several workers") {
    std::map<std::string, std::string> one;
    std::map<std::string, std::string> three;
    CheckOptions options;
    options.search.workers = 1;
    options.on_question = [&](const QuestionFile& question) { one[question.name] = question.text; };
    const Check result = check_tiny(options);
    CHECK(one.size() == sum_of(result, &Z3Tally::queries));
    options.search.workers = 3;
    options.on_question = [&](const QuestionFile& question) { three[question.name] = question.text; };
    (void)check_tiny(options);
    CHECK(one == three);
    const auto violated = std::ranges::count_if(
        one, [](const auto& question) { return question.second.find("(set-info :status sat)") != std::string::npos; });
    CHECK(violated > 0);
    for (const auto& [name, text] : one) {
        CHECK(text.starts_with("; scope tiny, rules published; "));
        CHECK(text.find("(set-info :status ") != std::string::npos);
    }
}

TEST_CASE("saved answers: nothing is asked twice, with the same verdicts and explanations") {
    const tests::ScratchFolder folder;
    CheckOptions options;
    options.z3_cache = folder.path("answers");
    const Check first = check_tiny(options);
    CHECK(sum_of(first, &Z3Tally::saved_hits) == 0);
    const Check second = check_tiny(options);
    CHECK(sum_of(second, &Z3Tally::queries) == 0);
    CHECK(sum_of(second, &Z3Tally::saved_hits) == sum_of(first, &Z3Tally::queries));
    CHECK(sum_of(second, &Z3Tally::violated_views) == sum_of(first, &Z3Tally::violated_views));
    CHECK(sum_of(second, &Z3Tally::cache_hits) == sum_of(first, &Z3Tally::cache_hits));
    CHECK(verdicts_of(second) == verdicts_of(first));
    for (std::size_t i = 0; i < first.properties.size(); ++i)
        CHECK(first.properties[i].trace == second.properties[i].trace);
}
