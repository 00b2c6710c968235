// Claims that need no recovery: each is broken by the one thing that it is about, on processes made by hand.
// Needs no state and no run.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "model/claims/properties.hpp"

namespace mdcd::tests {

using namespace model;
using Names = std::set<std::string>;

namespace {

// Which claims about every state, and which of their twins, are judged otherwise than where nothing has happened.
Names changed(void (*edit)(Lemmas&)) {
    Lemmas lemmas;
    edit(lemmas);
    const checker::PropertyBits difference = judge_lemmas(lemmas, true) ^ judge_lemmas({}, true);
    Names names;
    for (std::size_t property = 0; property < property_count; ++property)
        if ((difference >> property & 1) != 0)
            names.insert(all_properties()[property].name);
    return names;
}

} // namespace

TEST_CASE("each lemma is broken by what it is about, and its twin reached") {
    CHECK(changed([](Lemmas& all) { all.faults.untold = true; }) == Names{"told"});
    CHECK(changed([](Lemmas& all) { all.faults.believes = true; }) == Names{"known_is_proved"});
    CHECK(changed([](Lemmas& all) { all.faults.beyond_truth = true; }) == Names{"number_within_truth"});
    CHECK(changed([](Lemmas& all) { all.faults.undernumbered = true; }) == Names{"number_covers_dependence"});
    CHECK(changed([](Lemmas& all) { all.faults.dirty_bit_wrong = true; }) == Names{"dirty_iff_checkpoint"});
    CHECK(changed([](Lemmas& all) { all.faults.checkpoints_out_of_order = true; }) == Names{"checkpoints_ascend"});
    CHECK(changed([](Lemmas& all) { all.faults.oldest_unproved = true; }) == Names{"oldest_is_validated"});
    CHECK(changed([](Lemmas& all) { all.faults.log_fails = true; }) == Names{"log_completes_checkpoints"});
    CHECK(changed([](Lemmas& all) { all.faults.keeps_when_told = true; }) == Names{"told_all_keeps_nothing"});
    CHECK(changed([](Lemmas& all) { all.validated = {1}; }) == Names{"agreement_is_validated"}); // nobody knows
    CHECK(changed([](Lemmas& all) { all.known = {1}; }) == Names{"agreement_is_validated", "something_agreed"});
    CHECK(changed([](Lemmas& all) { all.known = all.validated = {1}; }) == Names{"something_agreed"});
    CHECK(changed([](Lemmas& all) { all.keeps_two = true; }) == Names{"two_checkpoints_kept"});
    CHECK(changed([](Lemmas& all) { all.oldest_depends = true; }) == Names{"oldest_depends"});
    CHECK(changed([](Lemmas& all) { all.logs_after = true; }) == Names{"logged_after_checkpoint"});
    CHECK(changed([](Lemmas& all) { all.keeps = true; }) == Names{"something_kept"});
    CHECK(changed([](Lemmas& all) { all.told_too_much = true; }) == Names{"known_is_proved"});
    CHECK(changed([](Lemmas& all) { all.message_undernumbered = true; }) == Names{"number_covers_dependence"});
    CHECK(changed([](Lemmas& all) { all.something_known = true; }) == Names{"something_known", "told_by_another"});
    CHECK(changed([](Lemmas& all) { all.clean_with_number = true; }) == Names{"clean_with_number"});
    CHECK(changed([](Lemmas& all) { all.dirty_with_dependence = true; }) == Names{"dirty_with_dependence"});
    CHECK(changed([](Lemmas& all) { all.keeps_checkpoint = true; }) == Names{"checkpoint_kept"});
}

TEST_CASE("nobody is asked what it has been told while a recovery is under way") {
    Lemmas lemmas;
    lemmas.faults.untold = true;
    CHECK((judge_lemmas(lemmas, false) >> static_cast<unsigned>(PropertyId::told) & 1) == 1);
    CHECK((judge_lemmas(lemmas, true) >> static_cast<unsigned>(PropertyId::told) & 1) == 0);
}

TEST_CASE("a process against its lemmas") {
    Lemmas lemmas;
    lemmas.validated = {2};
    SlotSummary process;
    process.clean = true;
    process.valid = process.number = process.depends = {2};
    CHECK_FALSE(lemma_faults(lemmas, process, 0).any());
    CHECK(lemma_faults(lemmas, process, 1).untold); // it has not heard of an output
    process.valid = {1};
    CHECK(lemma_faults(lemmas, process, 0).untold);
    lemmas.notification_under_way = true;
    CHECK_FALSE(lemma_faults(lemmas, process, 0).any());
    process.valid = {3};
    CHECK(lemma_faults(lemmas, process, 0).believes);
    process.valid = {2};
    process.number = {3};
    CHECK(lemma_faults(lemmas, process, 0).beyond_truth);
    process.clean = false;
    process.depends = {3};
    CHECK(lemma_faults(lemmas, process, 0).dirty_bit_wrong);
    process.checkpoint_indices = {{3}};
    CHECK_FALSE(lemma_faults(lemmas, process, 0).any());
    process.depends = {2};
    CHECK(lemma_faults(lemmas, process, 0).beyond_truth); // neither validated nor depended on
    lemmas.compare = false;
    CHECK_FALSE(lemma_faults(lemmas, process, 0).any());
    process.candidates = {{.depends = {3}}, {.depends = {3}}};
    CHECK(lemma_faults(lemmas, process, 0).oldest_unproved);
    process.candidates = {{.depends = {2}}, {.depends = {3}}}; // the oldest is a checkpoint, the last is the present
    CHECK_FALSE(lemma_faults(lemmas, process, 0).any());
    process.candidates = {{.depends = {3}}};
    CHECK_FALSE(lemma_faults(lemmas, process, 0).any()); // no checkpoint is kept
    process.keeps_when_told = process.checkpoints_out_of_order = process.log_fails = true;
    const LemmaFaults kept = lemma_faults(lemmas, process, 0);
    CHECK((kept.keeps_when_told && kept.checkpoints_out_of_order && kept.log_fails));
}

TEST_CASE("what all know together: of every process, also where a twin counts") {
    Lemmas lemmas;
    SlotSummary process;
    process.valid = {2};
    note_process(lemmas, process, 0);
    process.valid = {1};
    process.checkpoint_indices = {{1}, {2}};
    process.candidates = {{.depends = {1}}, {.depends = {2}}, {.depends = {2}}};
    note_process(lemmas, process, 0);
    CHECK(lemmas.known == Numbers{2});
    CHECK(lemmas.keeps_two);
    CHECK(lemmas.oldest_depends);
    CHECK(disagrees(lemmas));
    lemmas.validated = {2};
    CHECK_FALSE(disagrees(lemmas));
}

} // namespace mdcd::tests
