// Notes: every kind has a name of its own, and a list of notes keeps the order in which things happened.
// Which handler notes what is in the tests of the process kinds.
#include <doctest/doctest.h>

#include <csignal>
#include <set>
#include <string>

#include "impl/notes.hpp"
#include "tests/support/death.hpp"

using namespace mdcd::impl;

TEST_CASE("every kind of note has a name, and no two share one") {
    std::set<std::string_view> names;
    for (std::size_t kind = 0; kind < note_kind_count; ++kind) {
        const std::string_view name = note_name(static_cast<NoteKind>(kind));
        CAPTURE(kind);
        CHECK(!name.empty());
        CHECK(names.insert(name).second);
    }
}

TEST_CASE("names belong to their kinds") { // first, middle and last: the table is in the order of the enumeration
    CHECK(note_name(NoteKind::sent_dirty) == "sent_dirty");
    CHECK(note_name(NoteKind::checkpoint_first) == "checkpoint_first");
    CHECK(note_name(NoteKind::no_checkpoint_not_newer) == "no_checkpoint_not_newer");
    CHECK(note_name(NoteKind::no_checkpoint_unpropagated) == "no_checkpoint_unpropagated");
    CHECK(note_name(NoteKind::validated) == "validated");
    CHECK(note_name(NoteKind::rolled_back) == "rolled_back");
    CHECK(note_name(NoteKind::suppressing) == "suppressing");
}

TEST_CASE("notes keep their order and their numbers") {
    Notes notes;
    CHECK(notes.size() == 0);
    notes.add(NoteKind::validated, shared_number(3));
    notes.add(NoteKind::delivered);
    REQUIRE(notes.size() == 2);
    CHECK(notes.begin()[0] == Note{NoteKind::validated, shared_number(3)});
    CHECK(notes.begin()[1] == Note{NoteKind::delivered, {}});
    CHECK(notes.end() - notes.begin() == 2);
}

TEST_CASE("a list of notes that is full ends the process") {
    const auto death = mdcd::tests::death_of([] {
        Notes notes;
        for (std::size_t position = 0; position <= Notes::capacity; ++position)
            notes.add(NoteKind::delivered);
    });
    CHECK(death.signal == SIGABRT);
    CHECK(death.message.find("the list of notes is full") != std::string::npos);
}
