// Values of every kind go through bytes and come back the same; equal values have equal bytes, whatever way they were
// made; what is no encoded value is refused.
#include "checker/actors/codec.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "checker/model_error.hpp"
#include "checker/random.hpp"

using namespace mdcd::checker::actors;
using mdcd::checker::ModelError;
using mdcd::checker::Random;

namespace {

enum class Color : std::int8_t { red = -3, green, blue };
struct Empty {
    friend bool operator==(const Empty&, const Empty&) = default;
};

struct Inner {
    std::int64_t number = 0;
    std::optional<Color> color;
    friend auto operator<=>(const Inner&, const Inner&) = default;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("color", self.color);
    }
};

struct Everything {
    bool truth = false;
    char letter = 'a';
    std::uint64_t large = 0;
    double real = 0;
    std::string text;
    std::array<std::int16_t, 3> three{};
    std::vector<bool> bits;
    std::vector<Inner> inners;
    std::deque<std::string> lines;
    std::map<Id, Inner> by_id;
    std::set<Inner> some;
    std::variant<std::monostate, Empty, Inner, std::uint32_t> choice;
    std::pair<Id, std::tuple<int, bool>> pair;
    friend bool operator==(const Everything&, const Everything&) = default;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("truth", self.truth);
        visit("letter", self.letter);
        visit("large", self.large);
        visit("real", self.real);
        visit("text", self.text);
        visit("three", self.three);
        visit("bits", self.bits);
        visit("inners", self.inners);
        visit("lines", self.lines);
        visit("by_id", self.by_id);
        visit("some", self.some);
        visit("choice", self.choice);
        visit("pair", self.pair);
    }
};

std::int64_t any_number(Random& random) { // of any size, either sign
    const auto word = static_cast<std::int64_t>(random.next());
    return word >> random.below(64);
}

Inner any_inner(Random& random) {
    Inner inner{.number = any_number(random), .color = {}};
    if (random.one_in(2))
        inner.color = static_cast<Color>(random.below(3));
    return inner;
}

Everything any_value(Random& random) {
    Everything value;
    value.truth = random.one_in(2);
    value.letter = static_cast<char>(random.below(256));
    value.large = random.next() >> random.below(64);
    value.real = static_cast<double>(any_number(random)) / 3;
    value.text = std::string(random.below(200), static_cast<char>(random.below(256)));
    for (std::int16_t& each : value.three)
        each = static_cast<std::int16_t>(random.next());
    for (std::uint64_t left = random.below(4); left > 0; --left) {
        value.bits.push_back(random.one_in(2));
        value.inners.push_back(any_inner(random));
        value.lines.push_back(std::to_string(random.next()));
        value.by_id[random.one_in(4) ? Id() : Id(random.below(9))] = any_inner(random);
        value.some.insert(any_inner(random));
    }
    switch (random.below(4)) {
    case 1:
        value.choice = Empty{};
        break;
    case 2:
        value.choice = any_inner(random);
        break;
    case 3:
        value.choice = static_cast<std::uint32_t>(random.next());
        break;
    default:
        break;
    }
    value.pair = {Id(random.below(3)), {static_cast<int>(random.next()), random.one_in(2)}};
    return value;
}

template <class T> void check_round(const T& value) {
    CHECK(decode<T>(encode(value)) == value);
}

} // namespace

TEST_CASE("values drawn at random come back, and different ones have different bytes") {
    std::map<std::string, Everything> by_bytes;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        Random random(seed);
        const Everything value = any_value(random);
        const std::string bytes = encode(value);
        CHECK(decode<Everything>(bytes) == value);
        CHECK(encode(decode<Everything>(bytes)) == bytes);
        const auto [place, is_new] = by_bytes.emplace(bytes, value);
        CHECK(place->second == value);
    }
    CHECK(by_bytes.size() > 1900);
}

TEST_CASE("the ends of numbers") {
    for (const std::int64_t number :
         {std::numeric_limits<std::int64_t>::min(), std::int64_t{-65}, std::int64_t{-64}, std::int64_t{-1},
          std::int64_t{0}, std::int64_t{63}, std::int64_t{64}, std::numeric_limits<std::int64_t>::max()})
        check_round(number);
    check_round(std::numeric_limits<std::uint64_t>::max());
    check_round(std::numeric_limits<double>::infinity());
    CHECK(encode(-0.0) != encode(0.0)); // a handler can tell them apart
    CHECK(encode(std::int8_t{-1}).size() == 1);
}

TEST_CASE("in what order a set was filled makes no difference") {
    const std::set<int> up = {1, 2, 3};
    std::set<int> down;
    for (const int each : {3, 2, 1})
        down.insert(each);
    CHECK(encode(up) == encode(down));
}

TEST_CASE("bytes that are no value are refused, at every length") {
    Random random(7);
    const std::string bytes = encode(any_value(random));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_THROWS_AS(static_cast<void>(decode<Everything>(std::string_view(bytes).substr(0, size))), ModelError);
    CHECK_THROWS_AS(static_cast<void>(decode<Everything>(bytes + "x")), ModelError);
    CHECK_THROWS_AS(static_cast<void>(decode<std::uint64_t>(std::string(11, '\xff'))), ModelError);
    CHECK_THROWS_AS(static_cast<void>(decode<std::variant<Empty, int>>(std::string(1, '\2'))), ModelError);
}

TEST_CASE("Ids are renamed wherever they are, and sets are in order again") {
    const std::vector<std::uint16_t> turned = {2, 0, 1};
    using Value = std::pair<std::set<Id>, std::map<Id, std::vector<Id>>>;
    const Value value = {{Id(0), Id(1)}, {{Id(2), {Id(0), Id()}}}};
    const Value expected = {{Id(2), Id(0)}, {{Id(1), {Id(2), Id()}}}};
    CHECK(decode<Value>(encode(value), turned) == expected);
    CHECK(encode(decode<Value>(encode(value), turned)) == encode(expected));
    CHECK_THROWS_AS(static_cast<void>(decode<Id>(encode(Id(3)), turned)), ModelError);
}
