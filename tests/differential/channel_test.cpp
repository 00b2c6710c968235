// The bytes of a channel against containers of the standard library, under random sends and takes of
// random messages; and, for bags, equal bytes exactly when the multisets are equal.
#include "checker/channel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>

#include "checker/random.hpp"

using namespace mdcd::checker;

namespace {

// Often empty, short or equal to another; now and then longer than one length byte can say.
std::string random_message(Random& random) {
    const std::uint64_t length = random.one_in(40) ? 250 + random.below(500) : random.below(4);
    std::string message;
    while (message.size() < length)
        message.push_back(static_cast<char>(random.one_in(2) ? random.below(3) : 0xff - random.below(3)));
    return message;
}

template <class Container> void check_holds(const std::string& channel, const Container& expected) {
    const std::vector<std::string_view> messages = messages_of(channel);
    REQUIRE(messages.size() == expected.size());
    CHECK(std::equal(messages.begin(), messages.end(), expected.begin()));
}

} // namespace

TEST_CASE("a fifo behaves like a queue") {
    Random random(1);
    std::string channel;
    std::deque<std::string> expected;
    for (int operation = 0; operation < 20'000; ++operation) {
        if (!expected.empty() && random.below(10) < 4 + expected.size() / 4) {
            // Not only the oldest: a recovery may remove any message.
            const std::uint64_t position = random.one_in(2) ? 0 : random.below(expected.size());
            remove_message(channel, position);
            expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(position));
        } else {
            expected.push_back(random_message(random));
            append_message(channel, expected.back());
        }
        check_holds(channel, expected);
    }
}

TEST_CASE("a bag behaves like a multiset") {
    Random random(2);
    std::string channel;
    std::multiset<std::string> expected;
    for (int operation = 0; operation < 20'000; ++operation) {
        if (!expected.empty() && random.below(10) < 4 + expected.size() / 4) {
            const std::uint64_t position = random.below(expected.size());
            remove_message(channel, position);
            expected.erase(std::next(expected.begin(), static_cast<std::ptrdiff_t>(position)));
        } else {
            const std::string message = random_message(random);
            expected.insert(message);
            insert_message(channel, message);
        }
        check_holds(channel, expected);
    }
}

TEST_CASE("bags are equal as bytes exactly when they are equal as multisets, fifos exactly when as sequences") {
    Random random(3);
    std::map<std::string, std::multiset<std::string>> bag_of;
    std::map<std::multiset<std::string>, std::string> bytes_of;
    std::map<std::string, std::vector<std::string>> sequence_of;
    for (int round = 0; round < 5'000; ++round) {
        std::string bag;
        std::string fifo;
        std::vector<std::string> sequence;
        for (std::uint64_t size = random.below(4); size > 0; --size) {
            sequence.push_back(random_message(random));
            insert_message(bag, sequence.back());
            append_message(fifo, sequence.back());
        }
        const std::multiset<std::string> sorted(sequence.begin(), sequence.end());
        CHECK(bag_of.emplace(bag, sorted).first->second == sorted);
        CHECK(bytes_of.emplace(sorted, bag).first->second == bag);
        CHECK(sequence_of.emplace(fifo, sequence).first->second == sequence);
    }
    CHECK(bag_of.size() < sequence_of.size()); // some rounds drew the same messages in another order
}

TEST_CASE("the longest message fits") {
    const std::string longest(message_bytes_max, 'x');
    std::string channel;
    append_message(channel, longest);
    insert_message(channel, "after");
    insert_message(channel, "a");
    CHECK(messages_of(channel) == std::vector<std::string_view>{"a", "after", longest});
}
