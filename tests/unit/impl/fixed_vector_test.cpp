// A vector without a heap: order, equality whatever was removed before, and a loud end when it is full.
// Knows no protocol.
#include <doctest/doctest.h>

#include <csignal>
#include <string>

#include "impl/fixed_vector.hpp"
#include "tests/support/death.hpp"

using namespace mdcd::impl;

namespace {

using Small = FixedVector<int, 4>;

constexpr Small made_of(std::initializer_list<int> values) {
    Small vector;
    for (const int value : values)
        vector.push_back(value, "a test");
    return vector;
}

std::string text(const Small& vector) {
    std::string all;
    for (const int value : vector)
        all += std::to_string(value) + " ";
    return all;
}

} // namespace

TEST_CASE("values stand in the order in which they came") {
    constexpr Small vector = made_of({7, 5, 7});
    static_assert(vector.size() == 3 && !vector.empty() && Small::capacity == 4);
    static_assert(Small{}.empty() && Small{}.size() == 0);
    static_assert(vector[0] == 7 && vector[1] == 5 && vector[2] == 7);
    CHECK(text(vector) == "7 5 7 ");
}

TEST_CASE("keep_if shows each entry with its old position and keeps the order") {
    Small vector = made_of({10, 11, 12, 13});
    std::string seen;
    const std::size_t removed = vector.keep_if([&](int value, std::size_t position) {
        seen += std::to_string(value) + "@" + std::to_string(position) + " ";
        return value % 2 == 1;
    });
    CHECK(removed == 2);
    CHECK(seen == "10@0 11@1 12@2 13@3 ");
    CHECK(text(vector) == "11 13 ");
    CHECK(vector.keep_if([](int, std::size_t) { return true; }) == 0);
    CHECK(text(vector) == "11 13 ");
}

TEST_CASE("equal contents are equal objects, whatever was there before") {
    Small shrunk = made_of({1, 2, 3, 4});
    shrunk.truncate(2);
    CHECK(shrunk == made_of({1, 2}));
    CHECK(*(shrunk.begin() + 2) == 0); // nothing of a removed entry is left after the end
    CHECK(*(shrunk.begin() + 3) == 0);

    Small filtered = made_of({9, 1, 9, 2});
    filtered.keep_if([](int value, std::size_t) { return value != 9; });
    CHECK(filtered == made_of({1, 2}));
    CHECK(filtered == shrunk);

    Small cleared = made_of({5});
    cleared.clear();
    CHECK(cleared == Small{});
    CHECK(made_of({1, 2}) != made_of({2, 1}));
    CHECK(made_of({0}) != Small{}); // an entry that happens to be zero counts
}

TEST_CASE("truncate does not grow") {
    Small vector = made_of({1, 2});
    vector.truncate(4);
    CHECK(vector == made_of({1, 2}));
}

TEST_CASE("one entry too many ends the process and says what is full") {
    const auto death = mdcd::tests::death_of([] {
        Small vector = made_of({1, 2, 3, 4});
        vector.push_back(5, "the box of a test");
    });
    CHECK(death.signal == SIGABRT);
    CHECK(death.message.find("the box of a test is full (capacity 4)") != std::string::npos);
    const auto life = mdcd::tests::death_of([] { static_cast<void>(made_of({1, 2, 3})); });
    CHECK(life.signal == 0);
    CHECK(life.message.empty());
}
