// What would exceed a capacity of the protocol ends the process, and says which one, in every build.
// What a capacity is needed for is in the tests of the process kinds.
#include <doctest/doctest.h>

#include <csignal>

#include "recorder.hpp"
#include "tests/support/death.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

// An active process whose checkpoint array holds as much as it can.
Active with_full_array() {
    Active process;
    process.id = a1;
    for (SequenceNumber number = 1; number <= checkpoint_count_max; ++number)
        receive_all(process, {dirty(a2, number, 'd')});
    return process;
}

} // namespace

TEST_CASE("a full checkpoint array") {
    Active process = with_full_array();
    REQUIRE(process.guarded.checkpoints.size() == checkpoint_count_max);
    receive_all(process, {dirty(a2, checkpoint_count_max, 'd')}); // not news: no room needed
    const Death death = death_of([&] { receive_all(process, {dirty(a2, checkpoint_count_max + 1, 'd')}); });
    CHECK(death.signal == SIGABRT);
    CHECK(death.message.find("the checkpoint array is full") != std::string::npos);
    CHECK(death.message.find("impl/limits.hpp") != std::string::npos);
    const Death life = death_of([&] {
        receive_all(process, {passed_at(a2, 1), dirty(a2, checkpoint_count_max + 1, 'd')});
    });
    CHECK(life.signal == 0); // reclamation makes room
}

TEST_CASE("a full receiver log") {
    Active process;
    process.id = a1;
    receive_all(process, {dirty(l1, 1, 'd')});
    for (std::size_t count = 0; count < log_entry_count_max; ++count)
        receive_all(process, {clean(a2, 0, 'c')});
    REQUIRE(process.guarded.input_log.size() == log_entry_count_max);
    receive_all(process, {dirty(l1, 2, 'e')}); // not logged: no room needed
    const Death death = death_of([&] { receive_all(process, {clean(a2, 0, 'c')}); });
    CHECK(death.signal == SIGABRT);
    CHECK(death.message.find("the receiver log is full") != std::string::npos);
}

TEST_CASE("a full log of suppressed messages") {
    Shadow process;
    process.id = s1;
    const auto generate = [&process] {
        Notes notes;
        suppress(process, a1, 'x', Rules{}, notes);
    };
    for (std::size_t count = 0; count < log_entry_count_max; ++count)
        generate();
    const Death death = death_of(generate);
    CHECK(death.signal == SIGABRT);
    CHECK(death.message.find("the log of suppressed messages is full") != std::string::npos);
}

TEST_CASE("a full system still recovers: everything that can be replayed and re-sent fits") {
    Active active = with_full_array();
    for (std::size_t count = 0; count < log_entry_count_max; ++count)
        receive_all(active, {clean(a2, 0, 'c')});
    Notes notes;
    recover(active, {}, Rules{}, notes);
    CHECK(letters(active.guarded.application) == std::string(log_entry_count_max, 'c'));

    Shadow shadow;
    shadow.id = s1;
    for (std::size_t count = 0; count < log_entry_count_max; ++count)
        suppress(shadow, a1, 'x', Rules{}, notes);
    Notes of_recovery;
    CHECK(recover(shadow, {}, Rules{}, of_recovery).resent.size() == log_entry_count_max);
}

} // namespace mdcd::tests
