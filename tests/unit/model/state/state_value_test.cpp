// What traces show of a state: every slot by name, messages by what they are; and its digest.
// Which action changes what is in run_writer_test.cpp.
#include <doctest/doctest.h>

#include <set>

#include "checker/channel.hpp"
#include "impl/notes.hpp"
#include "model/runs/note_text.hpp"
#include "model/state/state_value.hpp"
#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

std::string text_at(const Run& run, const std::string& path) {
    const traces::Value state = state_value(run.system.layout(), run.system.number_entries(), run.writer.state());
    const traces::Value* value = traces::value_at(state, path);
    return value == nullptr ? "nothing there" : traces::to_text(*value);
}

} // namespace

TEST_CASE("every slot is a field, in the order of the slots") {
    const Run run(scope_of(2, {.cluster_messages = 2, .active_messages = 1}));
    const traces::Value state = state_value(run.system.layout(), run.system.number_entries(), run.writer.state());
    REQUIRE(state.record() != nullptr);
    REQUIRE(state.record()->size() == run.system.slots().size());
    for (std::size_t slot = 0; slot < run.system.slots().size(); ++slot)
        CHECK((*state.record())[slot].first == run.system.slots()[slot].name);
}

TEST_CASE("a process shows its fields, a channel its messages, the script its receivers") {
    Run run(scope_of(2, {.cluster_messages = 2, .active_messages = 1, .active_acceptance_tests = 1}));
    CHECK(text_at(run, "active_messages_left") == "1");
    CHECK(text_at(run, "script") == "[]");
    CHECK(text_at(run, "A1.dirty") == "false");
    run.take_all({"L1 sends cluster message 1 to A2", "L1 sends cluster message 2 to A1",
                  "A1 receives cluster message 2 from L1", "A1 sends A1.1 to A2"});
    CHECK(text_at(run, "script") == R"(["A2", "A1"])");
    CHECK(text_at(run, "A1.dirty") == "true");
    CHECK(text_at(run, "A1.low_sn") == "2");
    CHECK(text_at(run, "A1.checkpoints[0].index") == "2");
    CHECK(text_at(run, "A1.application.received") == R"(["c2"])");
    CHECK(text_at(run, "active_messages_left") == "0");
    CHECK(text_at(run, R"(["L1->A2"])") ==
          R"([{"kind": "application", "message": "c1", "dirty": true, "low_sn": 1, "depends": 1}])");
    run.take("A1 passes an acceptance test, outputs, and broadcasts passed_AT(2)");
    CHECK(text_at(run, R"(["A1->A2"][1])") == R"({"kind": "passed_AT", "low_sn": 2})");
    CHECK(text_at(run, "validated.number") == "2");
}

TEST_CASE("messages are described by what they are") {
    Run run(scope_of(2, {.cluster_messages = 1, .active_messages = 1, .low_acceptance_tests = 1}));
    run.take_all({"L1 sends cluster message 1 to A1", "A2 sends A2.1 to A1",
                  "L1 passes an acceptance test, outputs, and broadcasts passed_AT(1)"});
    const auto in_channel = [&](impl::ProcessId sender, std::size_t position) {
        return describe_message(
            checker::messages_of(run.writer.state()[run.system.layout().channel(sender, a1)])[position], 1);
    };
    CHECK(in_channel(l1, 0) == "cluster message 1");
    CHECK(in_channel(l1, 1) == "passed_AT(1)");
    CHECK(in_channel(a2, 0) == "A2.1");
}

TEST_CASE("the digest is sixteen digits, the same for the same state and not for its neighbours") {
    Run run(scope_of(2, {.cluster_messages = 2, .active_messages = 1}));
    const std::string digest = digest_of(run.writer.state());
    CHECK(digest.size() == 16);
    CHECK(digest.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(digest_of(run.system.initial_states().front()) == digest);
    std::set<std::string> digests = {digest};
    std::set<checker::GlobalState> states = {run.writer.state()};
    for (const Move& move : run.writer.moves()) {
        states.insert(move.after);
        digests.insert(digest_of(move.after));
    }
    CHECK(digests.size() == states.size());
    CHECK(states.size() > 4);
    CHECK(digest_of({"a", "b"}) != digest_of({"ab", ""})); // where one slot ends counts
    CHECK(digest_of({"a", "b"}) != digest_of({"b", "a"}));
    CHECK(digest_of({}) == "cbf29ce484222325"); // FNV-1a of nothing
}

TEST_CASE("what is noted is told in words, but for what the action itself says") {
    const impl::Rules rules;
    std::set<std::string> texts;
    for (std::size_t kind = 0; kind < impl::note_kind_count; ++kind) {
        const auto note = static_cast<impl::NoteKind>(kind);
        const std::string text = note_text({note, impl::shared_number(7)}, rules, 1);
        CAPTURE(impl::note_name(note));
        const bool silent = note == impl::NoteKind::delivered || note == impl::NoteKind::validated;
        CHECK(text.empty() == silent);
        if (!silent)
            CHECK(texts.insert(text).second);
    }
}

TEST_CASE("a note names the rule that decided it, with its value") {
    impl::Rules rules;
    const auto text = [&](impl::NoteKind kind) { return note_text({kind, impl::shared_number(3)}, rules, 1); };
    CHECK(text(impl::NoteKind::checkpoint_dropped) == "drops checkpoint 3 [reclamation=by_index]");
    rules.reclamation = impl::Reclamation::by_cover;
    CHECK(text(impl::NoteKind::checkpoint_dropped) == "drops checkpoint 3 [reclamation=by_cover]");
    CHECK(text(impl::NoteKind::withheld).ends_with("[dirty_delivery=deliver]"));
    CHECK(text(impl::NoteKind::propagated).ends_with("[propagation_mark=active_only]"));
    CHECK(text(impl::NoteKind::no_checkpoint_unpropagated).ends_with("[checkpoint_trigger=published]"));
    CHECK(text(impl::NoteKind::no_checkpoint_validated).ends_with("[validated_register=shadow_only]"));
    CHECK(text(impl::NoteKind::number_advanced).ends_with("[notification_sn=advance]"));
    CHECK(text(impl::NoteKind::logged_input).ends_with("[receiver_log=clean_only]"));
    CHECK(text(impl::NoteKind::logged_output).ends_with("[shadow_output_index=shadow_sn]"));
}

} // namespace mdcd::tests
