// The checkpoint array and the receiver log: what is news, what a checkpoint holds, what is logged, and what
// memory reclamation drops from both under each of its rules.
#include <doctest/doctest.h>

#include "recorder.hpp"

namespace mdcd::tests {

using namespace impl;

namespace {

constexpr Rules published_rules{};
constexpr Rules by_cover{.reclamation = Reclamation::by_cover};
constexpr Rules while_dirty{.receiver_log = ReceiverLog::while_dirty};

// Checkpoint number `index` of a process that had number `low` and a log of that length.
void put_checkpoint(Guarded& process, SequenceNumber index, SequenceNumber low, std::uint32_t log_length) {
    Checkpoint<Recorder> checkpoint;
    checkpoint.index = shared_number(index);
    checkpoint.low_sn = shared_number(low);
    checkpoint.log_length = log_length;
    process.checkpoints.push_back(checkpoint, "a test");
    process.dirty = true;
}

void put_input(Guarded& process, SequenceNumber index, char letter) {
    process.input_log.push_back({shared_number(index), clean(a2, 0, letter)}, "a test");
}

std::string log_lengths(const Guarded& process) {
    std::string text;
    for (const auto& checkpoint : process.checkpoints)
        text += (text.empty() ? "" : " ") + std::to_string(checkpoint.log_length);
    return text;
}

} // namespace

TEST_CASE("news is a number that the own one does not cover") {
    Guarded process;
    process.low_sn = shared_number(2);
    Notes notes;
    CHECK(!contaminates(process, dirty(l1, 1, 'x'), published_rules, notes));
    CHECK(!contaminates(process, dirty(l1, 2, 'x'), published_rules, notes));
    CHECK(contaminates(process, dirty(l1, 3, 'x'), published_rules, notes));
    CHECK(kinds(notes) == std::vector{NoteKind::no_checkpoint_not_newer, NoteKind::no_checkpoint_not_newer});
    Message sideways = dirty(l1, 1, 'x'); // smaller in one entry, larger in another
    sideways.low_sn[1] = 1;
    CHECK(contaminates(process, sideways, published_rules, notes));
}

TEST_CASE("a clean message contaminates nothing, and by rule a clean state is contaminated by any dirty one") {
    const Rules dirty_only{.first_checkpoint = FirstCheckpoint::dirty_only};
    Guarded process;
    process.low_sn = shared_number(2);
    Notes notes;
    for (const Rules& rules : {published_rules, dirty_only})
        CHECK(!contaminates(process, clean(a2, 3, 'c'), rules, notes));
    CHECK(notes.size() == 0);
    CHECK(contaminates(process, dirty(l1, 1, 'x'), dirty_only, notes));
    process.dirty = true;
    CHECK(!contaminates(process, dirty(l1, 1, 'x'), dirty_only, notes));
    CHECK(kinds(notes) == std::vector{NoteKind::no_checkpoint_not_newer});
}

TEST_CASE("with a register everywhere, what is validated is no news") {
    const Rules everywhere{.validated_register = ValidatedRegister::everywhere};
    Guarded process;
    process.valid_sn = shared_number(2);
    Notes notes;
    CHECK(contaminates(process, dirty(l1, 2, 'x'), published_rules, notes));
    CHECK(notes.size() == 0);
    CHECK(!contaminates(process, dirty(l1, 2, 'x'), everywhere, notes));
    CHECK(kinds(notes) == std::vector{NoteKind::no_checkpoint_validated});
    CHECK(contaminates(process, dirty(l1, 3, 'x'), everywhere, notes));
    Message both = dirty(l1, 1, 'x'); // one entry is known by absorption, the other by validation
    both.low_sn[1] = 1;
    CHECK(contaminates(process, both, everywhere, notes)); // validated in the first entry alone
    process.low_sn[1] = 1;
    CHECK(contaminates(process, both, published_rules, notes));
    CHECK(!contaminates(process, both, everywhere, notes));
}

TEST_CASE("a checkpoint holds what was there before its message") {
    Guarded process;
    process.low_sn = shared_number(3);
    process.propagating = true;
    Recorder::deliver(process.application, 'o');
    put_input(process, 3, 'i');
    Notes notes;
    take_checkpoint(process, dirty(l1, 5, 'x'), {7, 4}, NoteKind::checkpoint_first, published_rules, notes);
    REQUIRE(process.checkpoints.size() == 1);
    const auto& checkpoint = process.checkpoints[0];
    CHECK(checkpoint.index == shared_number(5));
    CHECK(checkpoint.low_sn == shared_number(3));
    CHECK(checkpoint.propagating);
    CHECK(checkpoint.shadow_sn == 7);
    CHECK(checkpoint.log_length == 1);
    CHECK(letters(checkpoint.application) == "o");
    CHECK(process.dirty);
    CHECK(process.low_sn == shared_number(3)); // the number is the handler's to advance
    REQUIRE(notes.size() == 1);
    CHECK(*notes.begin() == Note{NoteKind::checkpoint_first, shared_number(5)});
}

TEST_CASE("only a dirty process logs what it receives, and dirty messages by rule") {
    for (const Rules& rules : {published_rules, while_dirty}) {
        Guarded process;
        Notes notes;
        log_input(process, clean(a2, 0, 'c'), false, shared_number(1), rules, notes);
        CHECK(process.input_log.empty());
        CHECK(notes.size() == 0);
        process.dirty = true;
        log_input(process, clean(a2, 0, 'c'), false, shared_number(1), rules, notes);
        log_input(process, dirty(a2, 2, 'd'), false, shared_number(1), rules, notes);
        const bool all = rules.receiver_log == ReceiverLog::while_dirty;
        CHECK(input_log(process) == (all ? "c1 d1" : "c1"));
        CHECK(kinds(notes) ==
              std::vector{NoteKind::logged_input, all ? NoteKind::logged_input : NoteKind::unlogged_input});
    }
}

TEST_CASE("a message that caused a checkpoint is logged by rule, and nothing is said of one that is not") {
    for (const Rules& rules : {published_rules, while_dirty}) {
        Guarded process;
        process.dirty = true;
        Notes notes;
        log_input(process, dirty(a2, 2, 'd'), true, shared_number(1), rules, notes);
        const bool all = rules.receiver_log == ReceiverLog::while_dirty;
        CHECK(input_log(process) == (all ? "d1" : ""));
        CHECK(notes.size() == (all ? 1 : 0));
    }
}

TEST_CASE("by_index drops every checkpoint whose index is validated") {
    Guarded process;
    process.low_sn = shared_number(6);
    for (const SequenceNumber index : {1U, 2U, 4U})
        put_checkpoint(process, index, index - 1, 0);
    Notes notes;
    reclaim(process, shared_number(0), published_rules, notes);
    CHECK(checkpoints(process) == "1 2 4");
    CHECK(kinds(notes) == std::vector{NoteKind::stayed_dirty});
    notes = {};
    reclaim(process, shared_number(2), published_rules, notes);
    CHECK(checkpoints(process) == "4");
    CHECK(process.dirty);
    CHECK(kinds(notes) ==
          std::vector{NoteKind::checkpoint_dropped, NoteKind::checkpoint_dropped, NoteKind::stayed_dirty});
    CHECK(notes.begin()[1].number == shared_number(2));
    notes = {};
    reclaim(process, shared_number(4), published_rules, notes); // although the state depends on 6
    CHECK(checkpoints(process).empty());
    CHECK(!process.dirty);
    CHECK(kinds(notes) == std::vector{NoteKind::checkpoint_dropped, NoteKind::became_clean});
    notes = {};
    reclaim(process, shared_number(9), published_rules, notes); // a clean process has nothing to tell
    CHECK(notes.size() == 0);
}

TEST_CASE("by_cover keeps a checkpoint until all that was absorbed after it is validated") {
    const auto left = [](SequenceNumber validated) {
        Guarded process;
        put_checkpoint(process, 1, 0, 0); // then absorbed up to 3
        put_checkpoint(process, 4, 3, 0); // then up to 6
        process.low_sn = shared_number(6);
        Notes notes;
        reclaim(process, shared_number(validated), by_cover, notes);
        CHECK(process.dirty == !process.checkpoints.empty());
        return checkpoints(process);
    };
    CHECK(left(2) == "1 4");
    CHECK(left(3) == "4");
    CHECK(left(5) == "4");
    CHECK(left(6).empty());
}

TEST_CASE("numbers that are not comparable keep a checkpoint") {
    Guarded process;
    put_checkpoint(process, 1, 0, 0);
    process.checkpoints[0].index[1] = 1;
    process.low_sn = process.checkpoints[0].index;
    for (const Rules& rules : {published_rules, by_cover}) {
        Notes notes;
        reclaim(process, shared_number(9), rules, notes);
        CHECK(process.checkpoints.size() == 1);
        CHECK(process.dirty);
    }
}

TEST_CASE("with a number for each component a process reclaims by all that it has heard") {
    for (const bool by_vector : {false, true}) {
        Rules rules;
        rules.low_sn = by_vector ? LowSn::vector : LowSn::shared_atomic;
        Active active{.id = a1, .guarded = {}};
        Shadow shadow;
        shadow.id = s1;
        Message second = passed_at(l2, 0);
        second.low_sn[1] = 1;
        for (Guarded* const process : {&active.guarded, &shadow.guarded}) {
            put_checkpoint(*process, 2, 0, 0);
            process->checkpoints[0].index[1] = 1;
        }
        receive_all(active, {passed_at(l1, 2), second}, rules);
        receive_all(shadow, {second, passed_at(l1, 2)}, rules);
        for (const Guarded* const process : {&active.guarded, &shadow.guarded}) {
            CHECK(process->checkpoints.empty() == by_vector);
            CHECK(process->dirty != by_vector);
            CHECK(process->valid_sn[0] == 2);
            CHECK(process->valid_sn[1] == 1);
        }
    }
}

TEST_CASE("clean_only purges the log by index, and checkpoints know how much of theirs is left") {
    Guarded process;
    put_checkpoint(process, 1, 0, 0);
    put_input(process, 1, 'a');
    put_input(process, 1, 'b');
    put_input(process, 2, 'c');
    put_checkpoint(process, 3, 2, 3);
    put_input(process, 3, 'd');
    put_checkpoint(process, 4, 3, 4);
    process.low_sn = shared_number(4);
    Notes notes;
    reclaim(process, shared_number(1), published_rules, notes);
    CHECK(input_log(process) == "c2 d3");
    CHECK(log_lengths(process) == "1 2");
    CHECK(kinds(notes) == std::vector{NoteKind::checkpoint_dropped, NoteKind::inputs_purged, NoteKind::stayed_dirty});
    notes = {};
    reclaim(process, shared_number(1), published_rules, notes); // nothing left to do, nothing told
    CHECK(input_log(process) == "c2 d3");
    CHECK(kinds(notes) == std::vector{NoteKind::stayed_dirty});
    reclaim(process, shared_number(4), published_rules, notes);
    CHECK(input_log(process).empty());
}

TEST_CASE("while_dirty purges what the oldest checkpoint kept already contains, whatever its index") {
    Guarded process;
    put_checkpoint(process, 1, 0, 0);
    put_input(process, 9, 'a'); // indices play no role
    put_checkpoint(process, 2, 1, 1);
    put_input(process, 0, 'b');
    put_input(process, 0, 'c');
    put_checkpoint(process, 5, 4, 3);
    put_input(process, 0, 'd');
    process.low_sn = shared_number(5);
    Notes notes;
    reclaim(process, shared_number(0), while_dirty, notes);
    CHECK(input_log(process) == "a9 b0 c0 d0");
    reclaim(process, shared_number(1), while_dirty, notes);
    CHECK(checkpoints(process) == "2 5");
    CHECK(input_log(process) == "b0 c0 d0");
    CHECK(log_lengths(process) == "0 2");
    reclaim(process, shared_number(2), while_dirty, notes);
    CHECK(input_log(process) == "d0");
    CHECK(log_lengths(process) == "0");
    reclaim(process, shared_number(5), while_dirty, notes);
    CHECK(input_log(process).empty());
    CHECK(!process.dirty);
}

TEST_CASE("reclaiming twice is reclaiming once") {
    for (const Rules& rules : {published_rules, by_cover, while_dirty}) {
        Guarded process;
        put_checkpoint(process, 1, 0, 0);
        put_input(process, 1, 'a');
        put_checkpoint(process, 3, 2, 1);
        put_input(process, 3, 'b');
        process.low_sn = shared_number(3);
        Notes notes;
        reclaim(process, shared_number(2), rules, notes);
        const Guarded once = process;
        reclaim(process, shared_number(2), rules, notes);
        CHECK(process == once);
    }
}

} // namespace mdcd::tests
