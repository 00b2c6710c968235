// The canonical form keeps every answer, under the predicates' own words, and merges what it should.
// Answers are found by trying every choice of the unknowns, not by Z3.
#include "model/z3/canonical_view.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <string>

#include "model/z3/z3_judge.hpp"
#include "tests/support/random_view.hpp"

using namespace mdcd;
using namespace mdcd::model;
using mdcd::tests::RandomView;
using mdcd::tests::violated_by_some_choice;

namespace {

std::string key_of(PropertyId property, const View& view) {
    Canonizer canonizer;
    return std::string(canonizer.key(property, view));
}

} // namespace

TEST_CASE("a canonical view is violated iff the view is") {
    std::array<unsigned, z3_properties.size()> violated{};
    std::array<std::set<std::string>, z3_properties.size()> keys;
    constexpr unsigned count = 2000;
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        const RandomView random(seed);
        for (std::size_t i = 0; i < z3_properties.size(); ++i) {
            const PropertyId property = z3_properties[i];
            CAPTURE(seed);
            CAPTURE(i);
            const std::string key = key_of(property, random.view);
            const CanonicalView canonical(property, key);
            const bool expected = violated_by_some_choice(property, random.view);
            CHECK(violated_by_some_choice(property, canonical.view()) == expected);
            CHECK(key_of(property, canonical.view()) == key); // nothing is left to be renamed
            violated[i] += expected ? 1 : 0;
            keys[i].insert(key);
        }
    }
    for (std::size_t i = 0; i < z3_properties.size(); ++i) {
        CAPTURE(i);
        CHECK(violated[i] > count / 10);
        CHECK(violated[i] < count - count / 10);
        CHECK(keys[i].size() > 20);
        MESSAGE(all_properties()[static_cast<std::size_t>(z3_properties[i])].name, ": ", keys[i].size(),
                " canonical views of ", count, ", ", violated[i], " violated");
    }
}

TEST_CASE("an answer for the canonical view, translated back, is one for the view") {
    Native logic;
    unsigned translated = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const RandomView random(seed);
        CAPTURE(seed);
        Canonizer canonizer;
        for (const PropertyId property : z3_properties) {
            const CanonicalView canonical(property, canonizer.key(property, random.view));
            const View& view = canonical.view();
            if (property == PropertyId::minimal_rollback) {
                Line<Native> line{};
                for (line[0] = 0; line[0] < view.processes[0].candidates->size(); ++line[0])
                    for (line[1] = 0; line[1] < view.processes[1].candidates->size(); ++line[1], ++translated)
                        CHECK(violates_minimal_rollback(logic, view, line) ==
                              violates_minimal_rollback(logic, random.view, canonizer.renaming().original(line)));
                continue;
            }
            Hypothesis<Native> hypothesis{};
            for (hypothesis[0] = 1; hypothesis[0] <= 8; ++hypothesis[0]) {
                for (hypothesis[1] = 1; hypothesis[1] <= 8; ++hypothesis[1]) {
                    Hypothesis<Native> within = hypothesis; // ranks that the canonical view has, and one more
                    std::array<std::uint8_t, 2> ranks{};
                    const auto look = [&](const Numbers& numbers) {
                        for (std::size_t i = 0; i < ranks.size(); ++i)
                            ranks[i] = std::max(ranks[i], numbers[i]);
                    };
                    for (unsigned process = 0; process < view.process_count; ++process) {
                        look(view.processes[process].depends);
                        look(view.processes[process].recovered_depends);
                    }
                    look(view.surviving_depends);
                    look(view.resent_depends);
                    for (std::size_t i = 0; i < ranks.size(); ++i)
                        within[i] = std::min<std::uint8_t>(within[i], static_cast<std::uint8_t>(ranks[i] + 1));
                    const Hypothesis<Native> original = canonizer.renaming().original(within);
                    ++translated;
                    switch (predicate_of(property)) {
                    case PropertyId::containment:
                        CHECK(violates_containment(logic, view, within) ==
                              violates_containment(logic, random.view, original));
                        break;
                    case PropertyId::recoverability:
                        CHECK(violates_recoverability(logic, view, within) ==
                              violates_recoverability(logic, random.view, original));
                        break;
                    default:
                        CHECK(violates_no_cascading_rollback(logic, view, within) ==
                              violates_no_cascading_rollback(logic, random.view, original));
                    }
                }
            }
        }
    }
    CHECK(translated > 10000);
}

TEST_CASE("numbers are merged by rank, processes by order, messages by role") {
    const RandomView random(11);
    View view = random.view;
    view.components = 1;
    view.process_count = 3;
    view.validated = {3};
    const std::array<Numbers, 3> depends = {Numbers{5}, Numbers{2}, Numbers{9}};
    for (unsigned process = 0; process < 3; ++process) {
        view.processes[process].recovered_depends = depends[process];
        view.processes[process].clean = false;
    }
    view.surviving_depends = view.resent_depends = {};
    view.active_sent = 0b1100;
    view.received_active = 0b0110;
    View other = view;
    other.validated = {1};
    other.processes[0].recovered_depends = {7};
    other.processes[1].recovered_depends = {4};
    other.processes[2].recovered_depends = {0};
    other.active_sent = 0b1110'0000;
    other.received_active = 0b0011'0000;
    const PropertyId property = PropertyId::no_cascading_rollback;
    CHECK(key_of(property, other) == key_of(property, view));

    other.processes[1].recovered_depends = {7}; // equal now
    CHECK(key_of(property, other) != key_of(property, view));
    other.processes[1].recovered_depends = {4};
    other.received_active = 0b0010'0000; // the orphan is gone
    CHECK(key_of(property, other) != key_of(property, view));
}

TEST_CASE("components are merged whatever their names, where their ranks tell them apart") {
    unsigned asked = 0, merged = 0;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        const RandomView random(seed);
        if (random.view.components == 1)
            continue;
        const auto exchange = [](Numbers& numbers) { std::swap(numbers[0], numbers[1]); };
        View other = random.view;
        std::array<std::vector<Candidate>, high_confidence_count_max> candidates;
        for (unsigned process = 0; process < other.process_count; ++process) {
            exchange(other.processes[process].depends);
            exchange(other.processes[process].recovered_depends);
            candidates[process] = *other.processes[process].candidates;
            for (Candidate& candidate : candidates[process])
                exchange(candidate.depends);
            other.processes[process].candidates = &candidates[process];
        }
        for (Numbers* const numbers : {&other.validated, &other.surviving_depends, &other.resent_depends})
            exchange(*numbers);
        for (const PropertyId property : z3_properties) {
            const bool same = key_of(property, other) == key_of(property, random.view);
            ++asked;
            merged += same;
            CHECK((same || property != PropertyId::minimal_rollback)); // reads of no component by itself
        }
    }
    CHECK(asked > 2000);
    CHECK(merged > asked - asked / 50);
}

TEST_CASE("what a property does not read does not divide its views") {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const RandomView random(seed);
        View changed = random.view;
        changed.resent_in_order = !changed.resent_in_order;
        changed.surviving = ~changed.surviving;
        changed.surviving_depends[0] = 40;
        CHECK(key_of(PropertyId::containment, changed) == key_of(PropertyId::containment, random.view));
        CHECK(key_of(PropertyId::no_cascading_rollback, changed) ==
              key_of(PropertyId::no_cascading_rollback, random.view));
        CHECK(key_of(PropertyId::minimal_rollback, changed) == key_of(PropertyId::minimal_rollback, random.view));
        changed = random.view;
        changed.processes[0].clean = !changed.processes[0].clean;
        changed.processes[0].depends[0] = 40;
        CHECK(key_of(PropertyId::recoverability, changed) == key_of(PropertyId::recoverability, random.view));
    }
}
