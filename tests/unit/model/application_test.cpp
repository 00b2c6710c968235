// The ghost application: sets of messages by source and number, and what a delivery adds to a history.
// Knows nothing of the protocol that carries them.
#include <doctest/doctest.h>

#include <bit>

#include "model/application.hpp"

namespace mdcd::tests {

using namespace model;

TEST_CASE("every bit is one message, and every message one bit") {
    for (unsigned bit = 0; bit < 64; ++bit) {
        CAPTURE(bit);
        const MessageId id = message_at(bit);
        CHECK(as_set(id) == MessageSet{1} << bit);
        CHECK(id.number >= 1);
    }
    CHECK(message_at(0) == MessageId{0, 1});
    CHECK(message_at(15) == MessageId{0, 16});
    CHECK(message_at(16) == MessageId{1, 1});
    CHECK(message_at(24) == MessageId{2, 1});
    CHECK(message_at(63) == MessageId{6, 8});
}

TEST_CASE("the first messages of a source are those with numbers up to the count") {
    for (std::uint8_t source = 0; source <= impl::active_count_max; ++source) {
        const unsigned most = source == 0 ? cluster_message_count_max : active_message_count_max;
        CHECK(first_messages(source, 0) == 0);
        for (unsigned count = 1; count <= most; ++count) {
            const MessageSet set = first_messages(source, count);
            CHECK(std::popcount(set) == static_cast<int>(count));
            CHECK((set & as_set({source, static_cast<std::uint8_t>(count)})) != 0);
            CHECK((set & ~first_messages(source, most)) == 0);
            CHECK((source == 0) == ((set & cluster_messages) != 0));
        }
    }
    CHECK(first_messages(0, cluster_message_count_max) == cluster_messages);
}

TEST_CASE("a delivery joins dependences, and notices what comes twice") {
    History history;
    GhostApplication::deliver(history, {{0, 2}, impl::shared_number(2)});
    GhostApplication::deliver(history, {{1, 1}, impl::shared_number(1)});
    CHECK(history.received == (as_set({0, 2}) | as_set({1, 1})));
    CHECK(history.duplicated == 0);
    CHECK(history.depends == impl::shared_number(2));
    CHECK(history.sent == 0);
    GhostApplication::deliver(history, {{1, 1}, impl::shared_number(5)});
    CHECK(history.duplicated == as_set({1, 1}));
    CHECK(history.received == (as_set({0, 2}) | as_set({1, 1})));
    CHECK(history.depends == impl::shared_number(5));
    GhostApplication::deliver(history, {{0, 3}, {}});
    CHECK(history.duplicated == as_set({1, 1}));
}

} // namespace mdcd::tests
