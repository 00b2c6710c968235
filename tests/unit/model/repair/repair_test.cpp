// The search for repairs against trying every set: on a small lattice the repairs are exactly the minimal sets under
// which a plain check finds everything in order. And what it finds on the shipped scopes.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>

#include <stdlib.h> // mkstemp

#include "model/inputs/library.hpp"
#include "model/repair/repair.hpp"
#include "model/repair/set_explorer.hpp"
#include "model/runs/trace_writer.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests {

using namespace model;
using checker::Verdict;

namespace {

const std::vector<std::string> checkpointing{"validated_register", "checkpoint_trigger", "propagation_mark",
                                             "checkpoint_index",   "reclamation",        "receiver_log"};

std::vector<std::string> texts_of(const Repair& repair) {
    std::vector<std::string> texts;
    for (const std::size_t set : repair.repairs)
        texts.push_back(repair.lattice.text(repair.sets[set].changes));
    return texts;
}

// All of it, in words; equal results have equal ones.
std::string summary(const Repair& repair) {
    std::string text = std::to_string(repair.left_out) + " left out\n";
    for (const ExaminedSet& set : repair.sets) {
        text += repair.lattice.text(set.changes) + ": " + name_of(set.verdict) + " " + set.reason;
        if (set.refutation)
            text += std::to_string(set.refutation->scope) + " " +
                    std::to_string(static_cast<int>(set.refutation->property)) + " " +
                    std::to_string(set.refutation->path.firings.size()) + " " +
                    (set.refutation->found_with ? std::to_string(*set.refutation->found_with) : "own");
        for (const Cost& cost : set.costs)
            text += traces::to_text(to_value(cost));
        text += "\n";
    }
    for (const std::string& each : texts_of(repair))
        text += each + "\n";
    return text;
}

bool all_hold(const std::vector<Scope>& scopes, const impl::Rules& rules) {
    for (const Scope& scope : scopes) {
        CheckOptions options;
        options.z3 = Z3Use::off;
        const Check result = check(scope, {"", "", rules}, options);
        for (const CheckedProperty& property : result.properties)
            if (property.property.kind != checker::PropertyKind::reachable && property.verdict != Verdict::holds)
                return false;
    }
    return true;
}

} // namespace

TEST_CASE("the repairs are the minimal ones among all sets, each tried by itself") {
    const std::vector<Scope> scopes{load_scope("tiny")};
    const std::vector<std::string> only{"dirty_delivery", "suppress_until", "receiver_log", "recovery_line",
                                        "notification_sn"};
    const NamedRules from = load_rules("published+dirty_delivery=literal+suppress_until=exclusive");
    RepairOptions options{.check = {}, .only = only, .changes_max = 0};
    options.check.search.workers = 2;
    const Repair result = repair(scopes, from, options);
    CHECK(result.changes_max == 5);

    std::vector<ChangeSet> passing;
    for (std::size_t size = 0; size <= 5; ++size)
        for (const ChangeSet& set : result.lattice.level(size))
            if (all_hold(scopes, result.lattice.rules(set).rules))
                passing.push_back(set);
    std::vector<ChangeSet> minimal;
    for (const ChangeSet& set : passing)
        if (std::ranges::none_of(passing,
                                 [&](const ChangeSet& other) { return other != set && is_subset(other, set); }))
            minimal.push_back(set);
    REQUIRE(minimal.size() == 1);
    REQUIRE(result.repairs.size() == 1);
    CHECK(result.sets[result.repairs[0]].changes == minimal[0]);
    CHECK(result.lattice.text(minimal[0]) ==
          "dirty_delivery=deliver, receiver_log=while_dirty, suppress_until=inclusive");

    // Whatever was examined was judged rightly; whatever was left out contains the repair.
    std::size_t examined = 0;
    for (const ExaminedSet& set : result.sets) {
        const bool passes = std::ranges::find(passing, set.changes) != passing.end();
        CHECK(set.verdict == (passes ? SetVerdict::repairs : SetVerdict::refuted));
        ++examined;
    }
    CHECK(examined + result.left_out == 32);
    CHECK(passing.size() < 1 + result.left_out); // not monotone: recovery_line=local breaks what was repaired
}

TEST_CASE("on relay and feedback together there are two repairs, the same for any number of workers") {
    const std::vector<Scope> scopes{load_scope("relay"), load_scope("feedback")};
    RepairOptions options{.check = {}, .only = checkpointing, .changes_max = 0};
    options.check.z3 = Z3Use::off;
    options.check.search.workers = 1;
    const Repair one = repair(scopes, preset("published"), options);
    CHECK(texts_of(one) ==
          std::vector<std::string>{
              "validated_register=everywhere, propagation_mark=any_internal, reclamation=by_cover, "
              "receiver_log=while_dirty",
              "validated_register=everywhere, checkpoint_trigger=every_new_sn, receiver_log=while_dirty"});
    options.check.search.workers = 3;
    CHECK(summary(repair(scopes, preset("published"), options)) == summary(one));

    // The cheapest first.
    REQUIRE(one.repairs.size() == 2);
    const Cost first = total_cost(one.sets[one.repairs[0]]), second = total_cost(one.sets[one.repairs[1]]);
    CHECK(first.complete);
    CHECK(mean(first.checkpoints, first.messages) < mean(second.checkpoints, second.messages));

    // Every refutation replays as a trace of its own, under its own rules.
    std::size_t known = 0;
    for (const ExaminedSet& set : one.sets) {
        if (!set.refutation)
            continue;
        known += set.refutation->found_with.has_value();
        const traces::Trace trace = refuting_trace(one, set, "test");
        const auto difference = replay(trace, "trace");
        CHECK_MESSAGE(!difference, trace.rules_name, ": ", difference ? difference->text : "");
    }
    CHECK(known > 10);
}

TEST_CASE("no single change repairs the published rules") {
    RepairOptions options{.check = {}, .only = {}, .changes_max = 1};
    options.check.z3 = Z3Use::off;
    const Repair result = repair({load_scope("relay"), load_scope("feedback")}, preset("published"), options);
    CHECK(result.repairs.empty());
    CHECK(result.sets.size() == 1 + result.lattice.level(1).size());
    for (const ExaminedSet& set : result.sets)
        CHECK(set.verdict == SetVerdict::refuted);
}

TEST_CASE("rules that are in order need no change") {
    const Repair result = repair({load_scope("tiny")}, preset("repaired"), {});
    REQUIRE(result.repairs == std::vector<std::size_t>{0});
    CHECK(result.sets.size() == 1);
    CHECK(result.sets[0].verdict == SetVerdict::repairs);
    CHECK(result.sets[0].costs.size() == 1);
}

TEST_CASE("a limit makes sets inconclusive, never repairs") {
    RepairOptions options{.check = {}, .only = {"receiver_log"}, .changes_max = 0};
    options.check.search.limits.states_max = 200; // the run of 7 steps is beyond them
    const Repair result = repair({load_scope("tiny")}, preset("published"), options);
    CHECK(result.repairs.empty());
    REQUIRE(result.sets.size() == 2);
    for (const ExaminedSet& set : result.sets) {
        CHECK(set.verdict == SetVerdict::inconclusive);
        CHECK(set.reason == "tiny: states");
    }
}

TEST_CASE("claims that hold because nothing happens any more are no repair, and what is above is examined") {
    RepairOptions options{.check = {}, .only = {"checkpoint_index", "notification_sn"}, .changes_max = 0};
    options.check.z3 = Z3Use::off;
    options.check.properties = {"minimal_rollback", "several_roll_back"};
    const NamedRules from = load_rules("published+recovery_line=local");
    const Repair result = repair({load_scope("tiny")}, from, options);
    CHECK(result.repairs.empty());
    CHECK(result.left_out == 0);
    for (const ExaminedSet& set : result.sets) {
        CAPTURE(result.lattice.text(set.changes));
        const bool first_checkpoint_is_dropped =
            result.lattice.rules(set.changes).rules.checkpoint_index == impl::CheckpointIndex::local_sn;
        CHECK(set.verdict == (first_checkpoint_is_dropped ? SetVerdict::vacuous : SetVerdict::refuted));
        CHECK(set.unreached == (first_checkpoint_is_dropped ? std::vector<std::string>{"several_roll_back"}
                                                            : std::vector<std::string>{}));
    }
}

TEST_CASE("answers are kept: a second run explores nothing that was settled, and comes to the same") {
    std::string file = (std::filesystem::temp_directory_path() / "mdcd_answers_XXXXXX").string();
    REQUIRE(mkstemp(file.data()) >= 0);
    RepairOptions options{.check = {}, .only = checkpointing, .changes_max = 2, .answers_file = file, .build = "one"};
    const std::vector<Scope> scopes{load_scope("tiny")};
    const std::string first = summary(repair(scopes, preset("published"), options));
    const auto bytes = std::filesystem::file_size(file);
    CHECK(bytes > 0);
    CHECK(summary(repair(scopes, preset("published"), options)) == first);
    CHECK(std::filesystem::file_size(file) == bytes); // nothing was found out anew
    options.build = "another";
    CHECK(summary(repair(scopes, preset("published"), options)) == first);
    CHECK(std::filesystem::file_size(file) > bytes); // the answers of another build are not used
    std::filesystem::remove(file);
}

TEST_CASE("an interrupt ends it with what there is, and nothing of that is a repair by mistake") {
    std::atomic<bool> interrupt = false;
    RepairOptions options{.check = {}, .only = {}, .changes_max = 2};
    options.check.search.interrupt = &interrupt;
    options.progress = [&](const RepairProgress& at) { interrupt = at.level == 2; };
    const Repair result = repair({load_scope("relay")}, preset("published"), options);
    CHECK(result.interrupted);
    CHECK(result.repairs.empty());
    for (const ExaminedSet& set : result.sets)
        CHECK((set.verdict == SetVerdict::refuted || set.verdict == SetVerdict::inconclusive));
    interrupt = true;
    options.progress = {};
    const Repair at_once = repair({load_scope("relay")}, preset("repaired"), options);
    CHECK(at_once.interrupted);
    CHECK(at_once.repairs.empty());
}

TEST_CASE("what was interrupted and goes on with its answers comes to what it would have come to") {
    std::string file = (std::filesystem::temp_directory_path() / "mdcd_answers_XXXXXX").string();
    REQUIRE(mkstemp(file.data()) >= 0);
    const std::vector<Scope> scopes{load_scope("relay")};
    RepairOptions options{.check = {}, .only = checkpointing, .changes_max = 0};
    options.check.z3 = Z3Use::off;
    const std::string whole = summary(repair(scopes, preset("published"), options));
    std::atomic<bool> interrupt = false;
    options.answers_file = file;
    options.check.search.interrupt = &interrupt;
    options.progress = [&](const RepairProgress& at) { interrupt = at.repairs > 0; };
    const Repair part = repair(scopes, preset("published"), options);
    CHECK(part.interrupted);
    CHECK(!part.repairs.empty());
    CHECK(summary(part) != whole);
    interrupt = false;
    options.progress = {};
    CHECK(summary(repair(scopes, preset("published"), options)) == whole);
    std::filesystem::remove(file);
}

TEST_CASE("each set is asked what applies under its own rules") {
    const auto bit = [](PropertyId id) { return checker::PropertyBits{1} << static_cast<unsigned>(id); };
    const auto log = PropertyId::log_completes_checkpoints;
    impl::Rules clean_only, while_dirty;
    while_dirty.receiver_log = impl::ReceiverLog::while_dirty;
    RepairOptions options;
    const RepairAnswers answers("");
    const SetExplorer all({load_scope("tiny")}, clean_only, options, answers);
    CHECK((all.question(0, clean_only).claims & bit(log)) == 0);
    CHECK((all.question(0, while_dirty).claims & bit(log)) != 0);
    CHECK((all.question(0, clean_only).claims & bit(PropertyId::recoverability)) != 0);

    options.check.properties = {"log_completes_checkpoints"};
    CHECK_THROWS_AS(SetExplorer({load_scope("tiny")}, clean_only, options, answers), traces::FileError);
    const SetExplorer one({load_scope("tiny")}, while_dirty, options, answers);
    CHECK(one.question(0, while_dirty).claims == bit(log));
    CHECK(one.explore(while_dirty, 1).open.empty());
    CHECK(one.question(0, clean_only).claims == 0); // which is no pass
    CHECK(one.explore(clean_only, 1).open == "tiny: none of the claims asked for applies under these rules");
}

TEST_CASE("without a claim there is nothing to repair: a mistake, and said") {
    RepairOptions options;
    options.check.properties = {"several_resent"};
    CHECK_THROWS_AS(static_cast<void>(repair({load_scope("tiny")}, preset("published"), options)), traces::FileError);
    options.check.properties = {"recoverabilty"};
    CHECK_THROWS_AS(static_cast<void>(repair({load_scope("tiny")}, preset("published"), options)), traces::FileError);
}

} // namespace mdcd::tests
