// The ghost application: sets of messages by source and number, and what a delivery adds to a history.
// Knows nothing of the protocol that carries them.
#include <doctest/doctest.h>

#include <bit>

#include "model/state/application.hpp"

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
    CHECK(message_at(11) == MessageId{0, 12});
    CHECK(message_at(12) == MessageId{first_component_source, 1});
    CHECK(message_at(23) == MessageId{first_component_source + 2, 4});
    CHECK(message_at(24) == MessageId{first_active_source, 1});
    CHECK(message_at(31) == MessageId{first_active_source + 1, 1});
    CHECK(message_at(52) == MessageId{first_shadow_source, 1});
    CHECK(message_at(63) == MessageId{first_shadow_source + 2, 4});
    CHECK(as_set({}) == 0); // a message that nobody asks for
}

TEST_CASE("the first messages of a source are those with numbers up to the count") {
    MessageSet of_cluster = 0;
    for (std::uint8_t source = 0; source < source_count; ++source) {
        const unsigned most = bits_of(source).count;
        const bool cluster = source == 0 || (source >= first_component_source && source < first_shadow_source);
        of_cluster |= cluster ? first_messages(source, most) : MessageSet{0};
        CHECK(first_messages(source, 0) == 0);
        for (unsigned count = 1; count <= most; ++count) {
            const MessageSet set = first_messages(source, count);
            CHECK(std::popcount(set) == static_cast<int>(count));
            CHECK((set & as_set({source, static_cast<std::uint8_t>(count)})) != 0);
            CHECK((set & ~first_messages(source, most)) == 0);
            CHECK(cluster == ((set & cluster_messages) != 0));
        }
    }
    CHECK(of_cluster == cluster_messages);
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
