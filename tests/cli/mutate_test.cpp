// `mdcd mutate` as a user meets it: other values of rules under a small gate, a program that must hold the mutants it
// is asked about, exit codes and mistakes. Mutants of the sources need a build: tests/mutants has them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/gate_text.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

using Words = std::vector<std::string>;

const std::string list = "mutant: replay_nothing\nfile: impl/a.hpp\nfault: Nothing is replayed.\nmatters: yes\n"
                         "old: return 1;\nnew: return 2;\n";

Finished mutate(const ScratchFolder& folder, Words more) {
    (void)folder.write("gate.json", gate_text());
    more.insert(more.begin(), "mutate");
    return run_mdcd(more, folder.path(""));
}

const std::string base = "published+receiver_log=while_dirty";

} // namespace

TEST_CASE("another value of a rule is tried on the checks that are claimed to be right") {
    const ScratchFolder folder;
    const std::string name = base + "+receiver_log=clean_only";
    const std::string late = base + "+in_transit=deliver";
    const Finished finished =
        mutate(folder, {"./gate.json", "--mutant", name, "--mutant", late, "--format", "json", "--workers", "2"});
    CAPTURE(finished.err);
    CHECK(finished.exit_code == 0); // nobody has said that it matters
    const traces::Value report = traces::parse_json(finished.out, "report");
    const traces::Value::List& mutants = *report.find("mutants")->list();
    REQUIRE(mutants.size() == 2);
    for (const traces::Value& mutant : mutants) {
        const bool is_late = *mutant.find("name")->text() == late;
        CHECK(*mutant.find("seen")->text() == "property");
        CHECK(*mutant.find("property")->text() == "recoverability");
        CHECK(*mutant.find("steps")->number() == (is_late ? 1 : 7));
        CHECK(*mutant.find("check")->text() == "one");
    }
}

TEST_CASE("the table says what sees a mutant, and what no property sees") {
    const ScratchFolder folder;
    const Finished finished = mutate(folder, {"./gate.json", "--mutant", base + "+in_transit=deliver", "--mutant",
                                              base + "+shadow_input_index=shadow_sn"});
    CHECK(finished.exit_code == 0);
    CHECK(contains(finished.out, "recoverability: violated in 1 step"));
    CHECK(contains(finished.out, "survived"));
}

TEST_CASE("a gate that does not pass without a mutant says nothing about mutants") {
    const ScratchFolder folder;
    std::string text = gate_text();
    text.replace(text.find("3507"), 4, "3508");
    const std::string gate = folder.write("wrong.json", text);
    const Finished finished = mutate(folder, {gate});
    CHECK(finished.exit_code == 64);
    CHECK(contains(finished.err, "check one of gate"));
    CHECK(contains(finished.err, "is not as expected without a mutant"));
}

TEST_CASE("time that is over is undecided, not survived") {
    const ScratchFolder folder;
    const Finished finished = mutate(folder, {"./gate.json", "--check-seconds", "0.000001"});
    CHECK(finished.exit_code == 64); // the time is too short for the gate as it is
    CHECK(contains(finished.err, "no answer in time"));
}

TEST_CASE("when the time in all is over, what was not tried is said to be so") {
    const ScratchFolder folder;
    const Finished finished = mutate(folder, {"./gate.json", "--seconds", "0.001", "--format", "json"});
    CHECK(finished.exit_code == 20);
    const traces::Value report = traces::parse_json(finished.out, "report");
    CHECK(*report.find("out_of_time")->truth());
    const auto mutants = static_cast<std::int64_t>(report.find("mutants")->list()->size());
    CHECK(*report.find("score")->find("not tried")->number() == mutants);
    CHECK(contains(mutate(folder, {"./gate.json", "--seconds", "0.001"}).out, "the time was over: "));
}

TEST_CASE("a program must hold the mutants of the list") {
    const ScratchFolder folder;
    std::filesystem::create_directories(folder.path("impl"));
    (void)folder.write("impl/a.hpp", "int f() { return 1; }\n");
    (void)folder.write("a.mutants", list);
    const Finished finished = mutate(folder, {"./gate.json", "--mutants", "a.mutants", "--program", MDCD_EXECUTABLE});
    CHECK(finished.exit_code == 64);
    CHECK(contains(finished.err, "does not hold the mutants of a.mutants"));
    const Finished copied = mutate(folder, {"--mutants", "a.mutants", "--copy", "copy"});
    CHECK(copied.exit_code == 0);
    CHECK(copied.out == "copy: 1 mutants in 1 functions\n");
}

TEST_CASE("mistakes are named with the nearest right word") {
    const ScratchFolder folder;
    const auto refused = [&folder](const Words& words, const std::string& text, int code = 64) {
        const Finished finished = mutate(folder, words);
        CAPTURE(finished.err);
        CHECK(finished.exit_code == code);
        CHECK(contains(finished.err, text));
    };
    refused({}, "expected a gate");
    refused({"preset"}, "did you mean 'presets'?", 65);
    refused({"./gate.json", "--mutant", base + "+in_transit=delivr"},
            "did you mean '" + base + "+in_transit=deliver'?");
    refused({"./gate.json", "--no-rules"}, "no mutants: --no-rules needs --mutants");
    refused({"./gate.json", "--every", "0"}, "--every");
    refused({"./gate.json", "--check-seconds", "-1"}, "expected seconds from 0");
    refused({"./gate.json", "--seconds", "nan"}, "expected seconds from 0");
    (void)folder.write("a.mutants", "mutants: x\n");
    refused({"./gate.json", "--mutants", "a.mutants"}, "did you mean 'mutant'?", 65);
    refused({"--copy", "x"}, "--copy needs --mutants");
}

TEST_CASE("a gate can be narrowed to one check, and run under another rule") {
    const ScratchFolder folder;
    (void)folder.write("gate.json", gate_text());
    const auto gate = [&folder](Words more) {
        more.insert(more.begin(), {"gate", "./gate.json"});
        return run_mdcd(more, folder.path(""));
    };
    CHECK(contains(gate({"--check", "two"}).out, "1 check: 1 as expected"));
    CHECK(contains(gate({"--check", "tow"}).err, "did you mean 'two'?"));
    const Finished changed = gate({"--check", "one", "--set", "receiver_log=clean_only"});
    CHECK(changed.exit_code == 10);
    CHECK(contains(changed.out, "recoverability: expected holds, found violated in 7 steps"));
    CHECK(gate({"--pin", "--check", "one"}).exit_code == 64);
    const Finished first = gate({"--check", "one", "--set", "receiver_log=clean_only", "--stop-at", "first"});
    CHECK(first.exit_code == 10);
    CHECK(contains(first.out, "recoverability: expected holds, found violated in 7 steps"));
    CHECK(contains(first.out, "the search did not finish"));
    CHECK(gate({"--stop-at", "first"}).exit_code == 0); // what is expected to be violated ends nothing
}

} // namespace mdcd::tests::cli
