// A step of the protocol needs no heap: it is meant for small machines too. Every allocation of this executable is
// counted; the handlers and recovery must make none.
#include <doctest/doctest.h>

#include <cstdlib>
#include <new>

#include "impl/recovery_protocol.hpp"
#include "recorder.hpp"

namespace {

thread_local unsigned allocations = 0;

void* counted(std::size_t size) {
    ++allocations;
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr)
        throw std::bad_alloc();
    return memory;
}

} // namespace

// The other forms of new and delete (arrays, sized, not throwing) end up here by default.
void* operator new(std::size_t size) {
    return counted(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace mdcd::tests {

using namespace impl;

namespace {

// How often `run` asks for memory.
template <class Run> unsigned allocations_of(Run run) {
    const unsigned before = allocations;
    run();
    return allocations - before;
}

// Every handler, with logs and arrays in use. Returns how much there was to note and to re-send.
std::size_t run_everything(const Rules& rules) {
    Notes notes;
    Low low;
    low.id = l1;
    Active active;
    active.id = a1;
    Shadow shadow;
    shadow.id = s1;
    for (unsigned round = 0; round < 3; ++round) {
        const Message message = send_to_active(low, 'm', rules, notes);
        receive(low, clean(a1, 0, 'c'), rules, notes);
        receive(active, message, rules, notes);
        receive(active, clean(a2, 0, 'c'), rules, notes);
        const Message passed_on = send_internal(active, Group::active, 'n', rules, notes);
        receive(shadow, passed_on, rules, notes);
        receive(shadow, clean(a2, 0, 'c'), rules, notes);
        suppress(shadow, a2, 'x', rules, notes);
        suppress_external(shadow, 'e', rules, notes);
        (void)send_to_component(shadow, s2, 'i', rules, notes);
        (void)send_to_component(low, 'i', notes);
    }
    receive(active, passed_at(a2, 1), rules, notes);
    receive(shadow, passed_at(a2, 1), rules, notes);
    Active recovering = active;
    Notes of_recovery;
    recover(recovering, shared_number(1), rules, of_recovery);
    const TakeOver take_over = recover(shadow, shared_number(1), rules, of_recovery);
    receive(active, pass_acceptance_test(low, notes), rules, notes);
    receive(shadow, pass_acceptance_test(active, rules, notes), rules, of_recovery);

    const Members members{1, 1};
    impl::RecoveryState<Recorder> of_active;
    impl::RecoveryState<Recorder> of_shadow;
    impl::Outbox<Recorder> sent;
    Notes of_protocol;
    RecoveryHandler coordinator(active, of_active, members, rules, sent, of_protocol);
    RecoveryHandler participant(shadow, of_shadow, members, rules, sent, of_protocol);
    coordinator.fail_acceptance_test();
    for (std::size_t next = 0; next < sent.size(); ++next) { // grows
        const auto [receiver, what] = sent[next];
        if (receiver == s1)
            participant.receive(what);
        else if (receiver == a1)
            coordinator.receive(what);
        else if (what.kind == MessageKind::recovery_announcement)
            coordinator.receive({.kind = MessageKind::recovery_reply, .sender = l1, .low_sn = {}, .incarnation = 1});
    }
    generate(shadow, of_shadow, a1, 'y', rules, sent, of_protocol);
    return notes.size() + of_recovery.size() + take_over.resent.size() + sent.size();
}

} // namespace

TEST_CASE("the counter counts") {
    CHECK(allocations_of([] { std::vector<int>(100).front() = 1; }) >= 1);
    CHECK(allocations_of([] {}) == 0);
}

TEST_CASE("no handler and no recovery allocates, under any value of any rule") {
    for (const RuleDescription& rule : rule_table())
        for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
            Rules rules;
            rule.set(rules, value);
            CAPTURE(rule.name);
            std::size_t happened = 0;
            const unsigned asked = allocations_of([&] { happened = run_everything(rules); });
            CHECK(asked == 0);
            CHECK(happened > 30); // it was no empty run
        }
}

} // namespace mdcd::tests
