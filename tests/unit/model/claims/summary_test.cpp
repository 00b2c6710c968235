// What the predicates learn of one slot: for every number that recovery may decide on, what becomes of a process or of
// a channel. The values are made by hand, also such as no run would lead to.
#include <doctest/doctest.h>

#include "checker/channel.hpp"
#include "impl/recovery_protocol.hpp"
#include "model/claims/summary.hpp"
#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

const MessageSet cluster_1 = as_set({0, 1}), cluster_2 = as_set({0, 2}), from_a2 = as_set({2, 1});

const Scope& scope() {
    static const Scope two_messages = scope_of(2, {.cluster_messages = 2, .active_messages = 1});
    return two_messages;
}

template <class T> SlotSummary of_process(impl::ProcessId id, const T& value, const impl::Rules& rules = {}) {
    return summarise(scope(), rules, {.role = SlotRole::process, .process = id, .sender = {}}, encode(value));
}

Message message(impl::ProcessId sender, MessageId id, impl::SequenceNumber number, bool dirty) {
    return {.kind = impl::MessageKind::application,
            .sender = sender,
            .dirty = dirty,
            .low_sn = impl::shared_number(number),
            .payload = {id, impl::shared_number(number)}};
}

SlotSummary of_channel(impl::ProcessId receiver, const std::vector<Message>& messages, const impl::Rules& rules = {}) {
    std::string bytes;
    for (const Message& each : messages)
        checker::append_message(bytes, encode(each));
    return summarise(scope(), rules, {.role = SlotRole::channel, .process = receiver, .sender = l1}, bytes);
}

// A2, contaminated by message 1 and then by message 2, with a checkpoint before each.
ActiveLocal local_contaminated_twice() {
    ActiveLocal local;
    local.process.id = a2;
    impl::Rules rules;
    rules.checkpoint_trigger = impl::CheckpointTrigger::every_new_sn;
    impl::Notes notes;
    local.process.guarded.application.sent = 1;
    receive(local.process, message(l1, {0, 1}, 1, true), rules, notes);
    receive(local.process, message(l1, {0, 2}, 2, true), rules, notes);
    return local;
}

} // namespace

TEST_CASE("a process: its candidates, oldest first, and the one that each validated number leads to") {
    const SlotSummary summary = of_process(a2, local_contaminated_twice());
    CHECK(!summary.clean);
    CHECK(summary.depends == Numbers{2});
    REQUIRE(summary.candidates.size() == 3);
    CHECK(summary.candidates[0].received == 0);
    CHECK(summary.candidates[1].received == cluster_1);
    CHECK(summary.candidates[2].received == (cluster_1 | cluster_2));
    CHECK(summary.candidates[1].depends == Numbers{1});
    CHECK(summary.candidates[2].sent == from_a2);
    REQUIRE(summary.recovered.size() == 3); // for 0, 1 and 2
    for (unsigned validated = 0; validated < 3; ++validated) {
        CHECK(summary.recovered[validated].target == validated);
        CHECK(summary.recovered[validated].depends == Numbers{static_cast<std::uint8_t>(validated)});
        CHECK(summary.recovered[validated].received == first_messages(0, validated));
        CHECK(summary.recovered[validated].sent == from_a2);
    }
}

TEST_CASE("a message that is received again after a rollback is a duplicate") {
    ActiveLocal local = local_contaminated_twice();
    local.process.guarded.application.duplicated = cluster_1;
    CHECK(of_process(a2, local).recovered[2].duplicated == cluster_1);
    CHECK(of_process(a2, local).recovered[0].duplicated == 0); // rolled back to before it
}

TEST_CASE("a shadow: what it re-sends, whether in order, twice or with a gap") {
    const auto resending = [](const std::vector<std::uint8_t>& numbers, std::size_t validated) {
        ShadowLocal local;
        local.process.id = s1;
        impl::Notes notes;
        for (const std::uint8_t number : numbers)
            impl::suppress(local.process, a2, {{0, number}, impl::shared_number(0)}, impl::Rules{}, notes);
        local.process.guarded.application.sent = static_cast<std::uint8_t>(numbers.size());
        const SlotSummary summary = of_process(s1, local);
        CHECK(summary.recovered.size() == 3);
        return summary.recovered[validated];
    };
    CHECK(resending({1, 2}, 0).resent == (cluster_1 | cluster_2));
    CHECK(resending({1, 2}, 0).resent_in_order);
    CHECK(resending({1, 2}, 1).resent == cluster_2);
    CHECK(resending({1, 2}, 1).resent_in_order);
    CHECK(resending({1, 2}, 2).resent == 0);
    CHECK(!resending({2, 1}, 0).resent_in_order);
    CHECK(resending({2}, 0).resent_in_order); // that 1 is missing only the whole system can tell
    CHECK(resending({1, 1}, 0).resent_twice == cluster_1);
    CHECK(resending({1, 2}, 0).resent_twice == 0);
    CHECK(resending({}, 2).suppress_through == 2);
    CHECK(resending({1}, 0).suppress_through == 0);
}

TEST_CASE("what is left of a recovery is judged against the state that it restored") {
    const SlotSummary summary = of_process(a2, local_contaminated_twice());
    for (const RecoveredProcess& each : summary.recovered) {
        CHECK(each.as_restored);
        CHECK_FALSE(each.left_over);
        CHECK(each.cleared);
        CHECK_FALSE(each.reordered);
    }
    impl::Rules keeps;
    keeps.rollback_scope = impl::RollbackScope::application_only; // the number and the array stay as they are
    const SlotSummary kept = of_process(a2, local_contaminated_twice(), keeps);
    CHECK_FALSE(kept.recovered[0].as_restored);
    CHECK(kept.recovered[0].left_over);
    CHECK(kept.recovered[2].as_restored); // nothing to roll back
    CHECK_FALSE(kept.recovered[2].left_over);
}

TEST_CASE("two replayed messages of one sender count, and so does their order") {
    const auto replaying = [](std::uint8_t first, std::uint8_t second) {
        ActiveLocal local;
        local.process.id = a1;
        const impl::Rules rules{.receiver_log = impl::ReceiverLog::while_dirty};
        impl::Notes notes;
        receive(local.process, message(l1, {0, 1}, 1, true), rules, notes);
        for (const std::uint8_t number : {first, second})
            receive(local.process, message(a2, {2, number}, 0, false), rules, notes);
        return of_process(a1, local, rules).recovered[0];
    };
    CHECK(replaying(1, 2).several_of_one);
    CHECK_FALSE(replaying(1, 2).reordered);
    CHECK(replaying(2, 1).reordered); // as it would be if the log were read from its end
    CHECK(replaying(1, 2).replayed == 2);
}

TEST_CASE("a number that does not cover what a state or a message depends on is seen") {
    ActiveLocal local = local_contaminated_twice();
    CHECK_FALSE(of_process(a2, local).undernumbered);
    local.process.guarded.checkpoints[1].low_sn = {};
    CHECK(of_process(a2, local).undernumbered);
    Message sent = message(a2, {2, 1}, 2, true);
    CHECK_FALSE(of_channel(a1, {sent}).undernumbered);
    sent.low_sn = impl::shared_number(1);
    CHECK(of_channel(a1, {sent}).undernumbered);
    Message notification;
    notification.kind = impl::MessageKind::passed_at;
    notification.low_sn = impl::shared_number(2);
    CHECK(of_channel(a1, {notification}).notifies);
    CHECK(of_channel(a1, {notification}).valid == Numbers{2});
    CHECK_FALSE(of_channel(a1, {sent}).notifies);
}

TEST_CASE("a channel: what survives recovery, and whether it is there twice") {
    const std::vector<Message> messages = {message(l1, {0, 1}, 1, true), message(l1, {0, 2}, 2, true)};
    const SlotSummary summary = of_channel(a1, messages);
    REQUIRE(summary.in_transit.size() == 3);
    CHECK(summary.in_transit[0].surviving == 0);
    CHECK(summary.in_transit[1].surviving == cluster_1);
    CHECK(summary.in_transit[1].depends == Numbers{1});
    CHECK(summary.in_transit[2].surviving == (cluster_1 | cluster_2));
    CHECK(summary.in_transit[2].repeated == 0);
    impl::Rules deliver;
    deliver.in_transit = impl::InTransit::deliver;
    CHECK(of_channel(a1, messages, deliver).in_transit[0].surviving == (cluster_1 | cluster_2));
    CHECK(of_channel(a1, messages, deliver).in_transit[0].depends == Numbers{2});
    CHECK(of_channel(a1, {messages[0], messages[1], messages[0]}).in_transit[2].repeated == cluster_1);
    CHECK(of_channel(a1, {message(a2, {2, 1}, 0, false)}).in_transit[0].surviving == from_a2);
    CHECK(of_channel(l1, messages, deliver).in_transit[2].surviving == 0); // the new versions have stopped
    Message notification = messages[0];
    notification.kind = impl::MessageKind::passed_at;
    CHECK(of_channel(a1, {notification}, deliver).in_transit[2].surviving == 0); // it is for nobody's application
}

TEST_CASE("what is shared") {
    Script script;
    script.entries.push_back({0, 1}, "a test");
    script.entries.push_back({0, 0}, "a test");
    CHECK(summarise(scope(), {}, {.role = SlotRole::script, .process = {}, .sender = {}}, encode(script)).resolved ==
          (cluster_1 | cluster_2));
    const Validated validated{impl::shared_number(2), true};
    const SlotSummary summary =
        summarise(scope(), {}, {.role = SlotRole::validated, .process = {}, .sender = {}}, encode(validated));
    CHECK(summary.validated == Numbers{2});
    CHECK(summary.unsafe_output);
    LowProcess low;
    low.valid_sn = impl::shared_number(2);
    CHECK(of_process(l1, low).valid == Numbers{2});
}

} // namespace mdcd::tests
