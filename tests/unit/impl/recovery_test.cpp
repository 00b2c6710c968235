// Error recovery: where a process rolls back to, what it replays, and what a shadow re-sends or suppresses when it
// takes over.
#include <doctest/doctest.h>

#include "recorder.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

constexpr Rules published_recovery{};

Active active_after(const std::vector<Message>& messages, const Rules& rules = published_recovery) {
    Active process;
    process.id = a1;
    receive_all(process, messages, rules);
    return process;
}

Notes recover_active(Active& process, SequenceNumber validated, const Rules& rules = published_recovery) {
    Notes notes;
    recover(process, shared_number(validated), rules, notes);
    return notes;
}

// Generates x, absorbs cluster message 2, generates y and z.
Shadow shadow_with_checkpoint(const Rules& rules = published_recovery) {
    Shadow process;
    process.id = s1;
    Notes notes;
    suppress(process, a2, 'x', rules, notes);
    receive(process, dirty(a1, 2, 'd'), rules, notes);
    suppress(process, a2, 'y', rules, notes);
    suppress(process, a1, 'z', rules, notes);
    return process;
}

// Has generated so many messages and received nothing.
Shadow clean_shadow(SequenceNumber generated) {
    Shadow process;
    process.id = s1;
    Notes notes;
    for (SequenceNumber number = 1; number <= generated; ++number)
        suppress(process, a2, static_cast<char>('a' + number - 1), published_recovery, notes);
    return process;
}

struct Recovered {
    std::string resent;
    SequenceNumber suppress_through = 0;
    std::vector<NoteKind> notes;
};

Recovered recover_shadow(Shadow& process, SequenceNumber validated, const Rules& rules = published_recovery) {
    Notes notes;
    const TakeOver take_over = recover(process, shared_number(validated), rules, notes);
    Recovered result{"", take_over.suppress_through, kinds(notes)};
    for (const auto& entry : take_over.resent)
        result.resent += entry.payload;
    return result;
}

} // namespace

TEST_CASE("only a dirty process has somewhere to roll back to: its oldest checkpoint") {
    CHECK(!rollback_target(active_after({}).guarded).has_value());
    CHECK(!rollback_target(active_after({clean(a2, 1, 'c')}).guarded).has_value());
    const Active process = active_after({dirty(a2, 1, 'd'), dirty(a2, 3, 'e')});
    const auto target = rollback_target(process.guarded);
    REQUIRE(target.has_value());
    CHECK(target->index == shared_number(1));
}

TEST_CASE("a clean process stays where it is and learns the number") {
    Active process = active_after({clean(a2, 1, 'c')});
    const Notes notes = recover_active(process, 2);
    CHECK(summary(process.guarded) == "clean, low 1, checkpoints , log , letters c");
    CHECK(process.guarded.valid_sn == shared_number(2));
    CHECK(kinds(notes) == std::vector{NoteKind::not_rolled_back});
}

TEST_CASE("a dirty process goes back to before the first dirty message and replays what was clean") {
    Active process =
        active_after({clean(a2, 0, 'b'), dirty(l1, 1, 'd'), clean(a2, 0, 'c'), dirty(l1, 2, 'e'), clean(a2, 0, 'f')});
    const Notes notes = recover_active(process, 0);
    CHECK(summary(process.guarded) == "clean, low 0, checkpoints , log , letters bcf");
    CHECK(kinds(notes) ==
          std::vector{NoteKind::stayed_dirty, NoteKind::rolled_back, NoteKind::replayed, NoteKind::replayed});
    const Active once = process;
    CHECK(kinds(recover_active(process, 0)) == std::vector{NoteKind::not_rolled_back});
    CHECK(process == once);
}

TEST_CASE("what is validated is reclaimed first: the rollback is to the first checkpoint after it") {
    const std::vector<Message> messages = {dirty(a2, 1, 'd'), dirty(a2, 2, 'e'), dirty(a2, 3, 'f')};
    const std::vector<std::string> expected = {"", "d", "de", "def"};
    for (SequenceNumber validated = 0; validated < 4; ++validated) {
        CAPTURE(validated);
        Active process = active_after(messages);
        REQUIRE(checkpoints(process.guarded) == "1 2 3");
        recover_active(process, validated);
        CHECK(letters(process.guarded.application) == expected[validated]);
        CHECK(process.guarded.low_sn == shared_number(validated));
        CHECK(!process.guarded.dirty);
    }
}

TEST_CASE("replay advances the number by what it replays") {
    Active process = active_after({dirty(l1, 1, 'd'), clean(a2, 1, 'c')});
    recover_active(process, 0);
    CHECK(summary(process.guarded) == "clean, low 1, checkpoints , log , letters c");
}

TEST_CASE("with every message logged, those that are validated are replayed and the others left out") {
    const Rules rules{.reclamation = Reclamation::by_cover, .receiver_log = ReceiverLog::while_dirty};
    const std::vector<Message> messages = {dirty(l1, 1, 'd'), dirty(l1, 2, 'e'), clean(a2, 0, 'c')};
    Active process = active_after(messages, rules);
    REQUIRE(input_log(process.guarded) == "d0 e1 c2");
    const Notes notes = recover_active(process, 1, rules);
    CHECK(summary(process.guarded) == "clean, low 1, checkpoints , log , letters dc");
    CHECK(kinds(notes) == std::vector{NoteKind::stayed_dirty, NoteKind::rolled_back, NoteKind::replayed,
                                      NoteKind::not_replayed, NoteKind::replayed});
    process = active_after(messages, rules);
    recover_active(process, 0, rules);
    CHECK(summary(process.guarded) == "clean, low 0, checkpoints , log , letters c");
}

TEST_CASE("rolling back restores the protocol's own state, or the application alone") {
    const Rules alone{.rollback_scope = RollbackScope::application_only};
    const std::vector<Message> messages = {dirty(a2, 1, 'd'), dirty(l1, 2, 'e')};
    Active process = active_after(messages);
    REQUIRE(!process.guarded.propagating);
    recover_active(process, 1);
    CHECK(summary(process.guarded) == "clean, low 1, checkpoints , log , letters d");
    CHECK(process.guarded.propagating); // as it was when checkpoint 2 was taken

    process = active_after(messages, alone);
    recover_active(process, 1, alone);
    CHECK(summary(process.guarded) == "dirty, low 2, checkpoints 2, log , letters d");
    CHECK(!process.guarded.propagating);
    CHECK(kinds(recover_active(process, 1, alone)) == std::vector{NoteKind::stayed_dirty, NoteKind::rolled_back});
}

TEST_CASE("a shadow rolls back with its counter and its log of suppressed messages") {
    Shadow process = shadow_with_checkpoint();
    const Recovered recovered = recover_shadow(process, 0);
    CHECK(process.shadow_sn == 1);
    CHECK(output_log(process.output_log) == "x1");
    CHECK(summary(process.guarded) == "clean, low 0, checkpoints , log , letters ");
    CHECK(recovered.resent == "x");
    CHECK(recovered.suppress_through == 0);
    CHECK(recovered.notes == std::vector{NoteKind::stayed_dirty, NoteKind::rolled_back, NoteKind::resent});

    const Rules alone{.rollback_scope = RollbackScope::application_only};
    process = shadow_with_checkpoint(alone);
    CHECK(recover_shadow(process, 0, alone).resent == "xyz");
    CHECK(process.shadow_sn == 3);
}

TEST_CASE("a shadow that is ahead of what is validated re-sends, one that is behind suppresses") {
    struct Row {
        SequenceNumber generated;
        SequenceNumber validated;
        std::string resent;
        SequenceNumber inclusive;
        SequenceNumber exclusive;
    };
    const std::vector<Row> table = {
        {0, 0, "", 0, 0}, {2, 0, "ab", 0, 0}, {2, 1, "b", 0, 0}, {2, 2, "", 0, 0}, {1, 2, "", 2, 1}, {0, 3, "", 3, 2},
    };
    for (const Row& row : table) {
        CAPTURE(row.generated);
        CAPTURE(row.validated);
        Shadow process = clean_shadow(row.generated);
        const Recovered recovered = recover_shadow(process, row.validated);
        CHECK(recovered.resent == row.resent);
        CHECK(recovered.suppress_through == row.inclusive);
        process = clean_shadow(row.generated);
        const Rules exclusive{.suppress_until = SuppressUntil::exclusive};
        CHECK(recover_shadow(process, row.validated, exclusive).suppress_through == row.exclusive);
        const bool behind = row.validated > row.generated;
        CHECK((recovered.notes.back() == NoteKind::suppressing) == behind);
    }
}

TEST_CASE("a shadow uses what it knows itself where that is more than what was decided") {
    Shadow process = clean_shadow(3);
    receive_all(process, {passed_at(l1, 2)});
    CHECK(recover_shadow(process, 0).resent == "c");
    CHECK(process.guarded.valid_sn == shared_number(2));
    process = clean_shadow(1);
    receive_all(process, {passed_at(l1, 3)});
    CHECK(recover_shadow(process, 2).suppress_through == 3);
}

TEST_CASE("three ways to choose what is re-sent, after a rollback and without one") {
    struct Row {
        Resend resend;
        std::string with_target;
        std::string without;
    };
    const std::vector<Row> table = {
        {Resend::all_in_log, "xyz", "ab"},
        {Resend::from_checkpoint_index, "yz", "ab"},           // index of the log entry at least that of checkpoint 2
        {Resend::before_checkpoint_above_validated, "x", "b"}, // generated before it, and not validated
    };
    for (const Row& row : table) {
        CAPTURE(static_cast<int>(row.resend));
        Rules rules{.resend = row.resend, .rollback_scope = RollbackScope::application_only};
        Shadow process = shadow_with_checkpoint(rules);
        CHECK(recover_shadow(process, 0, rules).resent == row.with_target);

        rules.shadow_output_index = ShadowOutputIndex::low_sn; // message 1 stays in the log when 1 is validated
        process = Shadow{};
        process.id = s1;
        process.guarded.low_sn = shared_number(2);
        Notes notes;
        suppress(process, a2, 'a', rules, notes);
        suppress(process, a2, 'b', rules, notes);
        CHECK(recover_shadow(process, 1, rules).resent == row.without);
    }
}

TEST_CASE("which messages under way survive a recovery") {
    const Rules deliver{.in_transit = InTransit::deliver};
    for (const SequenceNumber validated : {0U, 1U, 2U, 3U}) {
        CAPTURE(validated);
        const SequenceVector number = shared_number(validated);
        CHECK(survives_recovery(dirty(l1, 2, 'd'), number, published_recovery) == (validated >= 2));
        CHECK(survives_recovery(clean(a2, 2, 'c'), number, published_recovery));
        CHECK(survives_recovery(dirty(l1, 2, 'd'), number, deliver));
        CHECK(survives_recovery(clean(a2, 2, 'c'), number, deliver));
    }
}

TEST_CASE("what all agree on is the largest that anyone knows") {
    CHECK(agreed_validated({}) == SequenceVector{});
    SequenceVector other;
    other[1] = 4;
    const std::vector<SequenceVector> known = {shared_number(1), shared_number(3), other, shared_number(2)};
    const SequenceVector agreed = agreed_validated(known);
    CHECK(agreed[0] == 3);
    CHECK(agreed[1] == 4);
}

TEST_CASE("external messages are re-sent or suppressed by the counter that the rule says") {
    const auto recovered = [](ExternalIndex by, SequenceNumber validated, SequenceNumber output) {
        const Rules rules{.external_index = by};
        Notes notes;
        Shadow process;
        process.id = s1;
        suppress(process, a1, 'x', rules, notes);
        suppress_external(process, 'e', rules, notes);
        suppress(process, a1, 'y', rules, notes);
        process.valid_external = output;
        const TakeOver take_over = recover(process, shared_number(validated), rules, notes);
        std::string text;
        for (const auto& entry : take_over.resent_external)
            text += entry.payload;
        ++process.external_sn; // the next external message
        return text + (suppresses_external({process.shadow_sn, process.external_sn}, take_over.suppress_through,
                                           take_over.suppress_external_through, rules)
                           ? "-"
                           : "+");
    };
    CHECK(recovered(ExternalIndex::own_counter, 0, 0) == "e+");
    CHECK(recovered(ExternalIndex::own_counter, 0, 1) == "+");  // the new version has output it
    CHECK(recovered(ExternalIndex::own_counter, 0, 2) == "-");  // .. and the next one
    CHECK(recovered(ExternalIndex::internal_sn, 0, 1) == "e+"); // sent twice: nothing says that it was output
    CHECK(recovered(ExternalIndex::internal_sn, 1, 0) == "+");  // lost: its index is validated
    CHECK(recovered(ExternalIndex::internal_sn, 3, 0) == "-");  // until the counter matches
}

TEST_CASE("rolling back takes the shadow's counters and logs along") {
    const Rules rules;
    Notes notes;
    Shadow process;
    process.id = s1;
    suppress(process, a1, 'x', rules, notes);
    suppress_external(process, 'e', rules, notes);
    receive_all(process, {dirty(a1, 1, 'd')});
    suppress(process, a1, 'y', rules, notes);
    suppress_external(process, 'f', rules, notes);
    const TakeOver take_over = recover(process, {}, rules, notes);
    CHECK(process.shadow_sn == 1);
    CHECK(process.external_sn == 1);
    CHECK(take_over.resent.size() == 1);
    CHECK(take_over.resent_external.size() == 1);
    CHECK(process.external_log.size() == 1);
}

TEST_CASE("internal and external messages are cut each by its own counter") {
    const Rules rules{.external_index = ExternalIndex::own_counter};
    Notes notes;
    Shadow process;
    process.id = s1;
    suppress(process, a1, 'x', rules, notes);
    suppress(process, a1, 'y', rules, notes);
    suppress_external(process, 'e', rules, notes);
    receive_all(process, {dirty(a1, 1, 'd')});
    suppress_external(process, 'f', rules, notes); // the second, of as many as there were internal ones before
    static_cast<void>(recover(process, {}, rules, notes));
    REQUIRE(process.external_log.size() == 1);
    CHECK(process.external_log[0].payload == 'e');
    CHECK(process.output_log.size() == 2);
}

TEST_CASE("with numbers by component a shadow goes by what is validated of its own") {
    const Rules rules{.low_sn = LowSn::vector};
    const auto recovered = [&rules](SequenceNumber generated, SequenceNumber of_first, SequenceNumber of_own) {
        Shadow process;
        process.id = s2;
        Notes notes;
        for (SequenceNumber number = 1; number <= generated; ++number)
            suppress(process, a1, static_cast<char>('a' + number - 1), rules, notes);
        SequenceVector validated;
        validated[0] = of_first;
        validated[1] = of_own;
        const TakeOver take_over = recover(process, validated, rules, notes);
        std::string text;
        for (const auto& entry : take_over.resent)
            text += entry.payload;
        return text + std::to_string(take_over.suppress_through);
    };
    CHECK(recovered(2, 0, 1) == "b0");
    CHECK(recovered(2, 2, 1) == "b0");
    CHECK(recovered(2, 9, 0) == "ab0");
    CHECK(recovered(1, 0, 3) == "3");
    CHECK(recovered(1, 3, 1) == "0");
}

} // namespace mdcd::tests
