// Values as text: names of types and enumerators as in the source, and what is different between two values.
// Knows no system.
#include "checker/actors/picture.hpp"

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

using namespace mdcd::checker::actors;

namespace {

namespace store {
enum class Mode { idle, busy = 5, unusual = 100 };
enum Plain { first, second };

template <class Key> struct Put {
    Key key{};
    Id by;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("key", self.key);
        visit("by", self.by);
    }
};
struct Stop {};
} // namespace store

struct Log {
    store::Mode mode = store::Mode::idle;
    std::vector<int> entries;
    std::map<std::string, int> counts;
    std::set<int> seen;
    std::optional<bool> vote;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("mode", self.mode);
        visit("entries", self.entries);
        visit("counts", self.counts);
        visit("seen", self.seen);
        visit("vote", self.vote);
    }
};

const std::vector<std::string> actor_names = {"server", "client 1"};

template <class T> std::string text(const T& value) {
    return to_text(picture_of(value, actor_names));
}

} // namespace

TEST_CASE("as in the source") {
    CHECK(text(store::Put<int>{3, Id(1)}) == "Put{key 3, by client 1}");
    CHECK(text(std::variant<int, store::Stop>(store::Stop{})) == "Stop");
    CHECK(text(store::Mode::busy) == "busy");
    CHECK(text(static_cast<store::Mode>(4)) == "4");
    CHECK(text(store::Mode::unusual) == "100"); // beyond the table of names
    CHECK(text(store::second) == "1");
    CHECK(text('a') == "'a'");
    CHECK(text('\n') == "10");
    CHECK(names_of_values<std::variant<store::Stop, store::Put<int>, store::Mode>>() ==
          std::vector<std::string>{"Stop", "Put", "idle", "busy"});
    CHECK(text(Id()) == "nobody");
    CHECK(text(Id(7)) == "actor 7, which does not exist");
    CHECK(text(std::string("a b")) == "\"a b\"");
    CHECK(text(std::map<int, std::string>{{2, "x"}}) == "{2: \"x\"}");
    CHECK(text(std::vector<bool>{true, false}) == "[true, false]");
    CHECK(text(std::pair<int, double>{-1, 0.5}) == "[-1, 0.5]");
    CHECK(text(Log{}) == "Log{mode idle, entries [], counts {}, seen {}, vote none}");
}

TEST_CASE("what became different") {
    const Log before{
        .mode = store::Mode::idle, .entries = {1, 2}, .counts = {{"a", 1}, {"b", 2}}, .seen = {1}, .vote = {}};
    const Log after{
        .mode = store::Mode::busy, .entries = {1, 3, 4}, .counts = {{"a", 5}, {"c", 2}}, .seen = {2}, .vote = true};
    const auto lines = differences(picture_of(before, actor_names), picture_of(after, actor_names));
    CHECK(lines == std::vector<std::string>{"mode: idle -> busy", "entries[1]: 2 -> 3", "entries[2]: 4",
                                            "counts[\"a\"]: 1 -> 5", "counts[\"b\"]: 2 is gone", "counts[\"c\"]: 2",
                                            "seen: without 1", "seen: with 2", "vote: none -> true"});
    CHECK(differences(picture_of(after, actor_names), picture_of(after, actor_names)).empty());
    CHECK(differences(picture_of(1, actor_names), picture_of(2, actor_names)) == std::vector<std::string>{"1 -> 2"});
}
