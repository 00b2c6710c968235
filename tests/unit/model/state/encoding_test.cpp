// Bytes of a struct and back: for random values of every struct that states and messages are made of.
// The structs are filled through the same field lists; that a list names every field is checked by counting.
#include <doctest/doctest.h>

#include <csignal>
#include <limits>
#include <type_traits>

#include "checker/random.hpp"
#include "model/state/encoding.hpp"
#include "model/state/local.hpp"
#include "model/state/script.hpp"
#include "tests/support/death.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

// Fills a struct through its field list. Numbers are small, middling or as large as their type allows.
class RandomFill {
public:
    explicit RandomFill(checker::Random& random) : random_(random) {}

    template <class T> void operator()(const char*, T& value) {
        ++fields;
        fill(value);
    }

    unsigned fields = 0;

private:
    template <class T>
    requires std::integral<T> || std::is_enum_v<T>
    void fill(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = random_.below(2) == 1;
        } else if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(random_.below(4));
        } else {
            const std::uint64_t kind = random_.below(4);
            value = kind == 0   ? T{0}
                    : kind == 1 ? std::numeric_limits<T>::max()
                    : kind == 2 ? static_cast<T>(random_.below(4))
                                : static_cast<T>(random_.below(std::numeric_limits<T>::max()));
        }
    }
    template <class T, std::size_t Count> void fill(std::array<T, Count>& values) {
        for (T& value : values)
            fill(value);
    }
    template <class T, std::size_t Capacity> void fill(impl::FixedVector<T, Capacity>& values) {
        values.clear();
        for (std::uint64_t left = random_.below(4); left > 0; --left) {
            T value{};
            fill(value);
            values.push_back(value, "a test");
        }
    }
    template <class T>
    requires std::is_class_v<T>
    void fill(T& value) {
        RandomFill inner(random_);
        T::visit_fields(value, inner);
    }

    checker::Random& random_;
};

template <class T> T random_value(checker::Random& random) {
    T value{};
    RandomFill fill(random);
    T::visit_fields(value, fill);
    return value;
}

// How many fields an aggregate has: as many as it can be initialised with.
struct Anything {
    template <class T> operator T() const;
};
template <class T, class... Fields> constexpr std::size_t field_count() {
    if constexpr (requires { T{Fields{}..., Anything{}}; })
        return field_count<T, Fields..., Anything>();
    else
        return sizeof...(Fields);
}

// Of these, how many are deliberately no part of a state (ADR 42).
template <class T> constexpr std::size_t outside_state() {
    if constexpr (requires { T::fields_outside_state; })
        return T::fields_outside_state;
    else
        return 0;
}

} // namespace

TEST_CASE_TEMPLATE("encoding", T, impl::ProcessId, impl::SequenceVector, MessageId, History, Payload, Message,
                   Checkpoint, impl::InputEntry<GhostApplication>, Guarded, impl::OutputEntry<GhostApplication>,
                   LowProcess, ShadowProcess, ActiveProcess, ReclamationGhost, ShadowLocal, ActiveLocal, Budget,
                   Validated) {
    checker::Random random(17);
    std::string previous_bytes;
    T previous{};
    for (int round = 0; round < 200; ++round) {
        const T value = random_value<T>(random);
        const std::string bytes = encode(value);
        const T again = decode<T>(bytes);
        CHECK(again == value);
        CHECK(encode(again) == bytes);
        if (round > 0)
            CHECK((bytes == previous_bytes) == (value == previous)); // equal values have equal bytes, and only they
        previous = value;
        previous_bytes = bytes;
    }
    T value{};
    RandomFill counter(random);
    T::visit_fields(value, counter);
    CHECK(counter.fields + outside_state<T>() ==
          field_count<T>()); // a field that the list forgets would not be part of the state
}

TEST_CASE("small numbers cost a byte, large ones as many as they need") {
    CHECK(encode(Budget{0}) == std::string(1, '\0'));
    CHECK(encode(Budget{127}) == "\x7f");
    CHECK(encode(Budget{128}) == "\x80\x01");
    CHECK(encode(Budget{255}) == "\xff\x01");
    ReclamationGhost ghost;
    ghost.purged = std::numeric_limits<MessageSet>::max();
    CHECK(encode(ghost).size() == 1 + 10);
    CHECK(decode<ReclamationGhost>(encode(ghost)).purged == ghost.purged);
}

TEST_CASE("the initial value of a list is its length, and order counts") {
    Script script;
    CHECK(encode(script) == std::string(1, '\0'));
    script.entries.push_back({0, 1}, "a test");
    script.entries.push_back({0, 0}, "a test");
    CHECK(encode(script) == std::string("\x02\x00\x01\x00\x00", 5));
}

TEST_CASE("what a script has forgotten is written where it has forgotten something") {
    Script script;
    script.entries.push_back({0, 1}, "a test");
    for (const std::uint8_t forgotten : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{5}}) {
        script.forgotten = forgotten;
        const std::string bytes = encode(script);
        CHECK(bytes.size() == (forgotten == 0 ? 3 : 4));
        CHECK(decode<Script>(bytes) == script);
    }
}

TEST_CASE("bytes that end too soon or go on end the process") {
    const std::string bytes = encode(Budget{});
    for (const std::string& wrong : {std::string(), std::string("\x80"), std::string("\x80\x80"), bytes + bytes}) {
        const Death death = death_of([&] { static_cast<void>(decode<Budget>(wrong)); });
        CHECK(death.signal == SIGABRT);
        CHECK(death.message.find("the bytes of a value") != std::string::npos);
    }
    CHECK(death_of([&] { static_cast<void>(decode<Budget>(bytes)); }).signal == 0);
}

} // namespace mdcd::tests
