// One end of a link, handler by handler: what leaves, when, what is kept, what is dropped, and every value of every
// rule on the smallest run that shows it. Two ends together, with all that goes wrong between them:
// tests/differential/link.
#include "impl/link.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

namespace mdcd::tests {

using namespace impl;

namespace {

using End = LinkEnd<char, 2>;
using Frame = LinkFrame<char>;

constexpr LinkRules right;
constexpr LinkNumber last_number = std::numeric_limits<LinkNumber>::max();

void store(End& end, const LinkRules& rules = right) {
    was_stored(end, to_store(end, rules));
}

// "1a/0 ": message 1 with content a, and acknowledgement 0; "-/1 ": nothing but an acknowledgement.
std::string frames_of(End& end, const LinkRules& rules = right) {
    std::string text;
    while (const auto frame = next_frame(end, rules))
        text += (frame->number == 0 ? "-" : std::to_string(frame->number) + frame->payload) + "/" +
                std::to_string(frame->acknowledged) + " ";
    return text;
}

End sender_of(const std::string& contents, const LinkRules& rules = right) {
    End end;
    begin_session(end, rules);
    for (const char content : contents)
        CHECK(submit(end, content, rules) == LinkSubmission::accepted);
    return end;
}

Frame message(LinkNumber number, char content) {
    return {.number = number, .payload = content};
}

std::string all_taken(End& end) {
    std::string text;
    while (const auto content = take(end))
        text += *content;
    return text;
}

} // namespace

TEST_CASE("nothing leaves before it has been stored, and then once") {
    End end = sender_of("ab");
    CHECK(frames_of(end).empty());
    store(end);
    CHECK(frames_of(end) == "1a/0 2b/0 ");
    CHECK(frames_of(end).empty());
}

TEST_CASE("a transaction that ends late lets out what was in it, and no more") {
    End end = sender_of("a");
    CHECK(receive(end, message(1, 'x'), right) == LinkReceipt::arrived);
    const auto content = to_store(end, right);
    CHECK(all_taken(end) == "x");
    CHECK(submit(end, 'b', right) == LinkSubmission::accepted);
    was_stored(end, content);
    CHECK(frames_of(end) == "1a/0 ");
    store(end);
    CHECK(frames_of(end) == "2b/1 ");
}

TEST_CASE("rule durability: what waits for storage, and what storage is given") {
    const LinkRules after_send{.durability = Durability::after_send};
    End end = sender_of("a", after_send);
    CHECK(frames_of(end, after_send) == "1a/0 ");
    CHECK(to_store(end, after_send) == end.stable);
    const LinkRules never{.durability = Durability::never};
    end = sender_of("a", never);
    CHECK(frames_of(end, never) == "1a/0 ");
    CHECK(to_store(end, never) == LinkStable<char, 2>{});
    CHECK(to_store(end, right) == end.stable);
}

TEST_CASE("a full window refuses and changes nothing; an acknowledgement makes room and leaves no trace") {
    End end = sender_of("ab");
    CHECK(room(end) == 0);
    const End before = end;
    CHECK(submit(end, 'c', right) == LinkSubmission::full);
    CHECK(end == before);
    CHECK(receive(end, {.acknowledged = 1}, right) == LinkReceipt::no_message);
    CHECK(room(end) == 1);
    CHECK(submit(end, 'c', right) == LinkSubmission::accepted);
    store(end);
    CHECK(frames_of(end) == "2b/0 3c/0 ");
    CHECK_FALSE(is_idle(end));
    CHECK(receive(end, {.acknowledged = 3}, right) == LinkReceipt::no_message);
    CHECK(is_idle(end));
    CHECK(end.stable.unacknowledged == std::array<char, 2>{});
    CHECK(receive(end, {.acknowledged = 1}, right) == LinkReceipt::no_message); // a late one
    CHECK(end.stable.acknowledged == 3);
}

TEST_CASE("rule when_full: the oldest is gone") {
    const LinkRules dropping{.when_full = WhenLinkFull::drop_oldest};
    End end = sender_of("ab", dropping);
    CHECK(submit(end, 'c', dropping) == LinkSubmission::accepted);
    store(end);
    CHECK(frames_of(end, dropping) == "2b/0 3c/0 ");
}

TEST_CASE("messages are taken in order, each once, whatever the order and number of frames") {
    End end;
    CHECK_FALSE(has_arrived(end));
    CHECK(receive(end, message(2, 'b'), right) == LinkReceipt::arrived);
    CHECK_FALSE(has_arrived(end));
    CHECK(all_taken(end).empty());
    CHECK(receive(end, message(2, 'b'), right) == LinkReceipt::duplicate);
    CHECK(receive(end, message(3, 'c'), right) == LinkReceipt::no_room);
    CHECK(receive(end, message(1, 'a'), right) == LinkReceipt::arrived);
    CHECK(has_arrived(end));
    CHECK_FALSE(is_idle(end));
    CHECK(all_taken(end) == "ab");
    CHECK(is_idle(end));
    CHECK(receive(end, message(1, 'a'), right) == LinkReceipt::duplicate);
    CHECK(receive(end, message(4, 'd'), right) == LinkReceipt::arrived);
    CHECK(receive(end, message(3, 'c'), right) == LinkReceipt::arrived);
    CHECK(all_taken(end) == "cd");
    CHECK(end.arrived == decltype(end.arrived){});
}

TEST_CASE("rule gap: what is missing is given up") {
    const LinkRules skipping{.gap = LinkGap::skip};
    End end;
    CHECK(receive(end, message(2, 'b'), skipping) == LinkReceipt::arrived);
    CHECK(all_taken(end) == "b");
}

TEST_CASE("what has been taken and stored is acknowledged, once, and again for a duplicate and for a session") {
    End end;
    CHECK(receive(end, message(1, 'a'), right) == LinkReceipt::arrived);
    store(end);
    CHECK(frames_of(end).empty());
    CHECK(all_taken(end) == "a");
    CHECK(frames_of(end).empty());
    store(end);
    CHECK(frames_of(end) == "-/1 ");
    CHECK(frames_of(end).empty());
    CHECK(receive(end, message(1, 'a'), right) == LinkReceipt::duplicate);
    CHECK(frames_of(end) == "-/1 ");
    begin_session(end, right);
    CHECK(frames_of(end) == "-/1 ");
}

TEST_CASE("rule acknowledgement: what has arrived, as far as none is missing") {
    const LinkRules early{.acknowledgement = LinkAcknowledgement::arrived};
    End end;
    CHECK(receive(end, message(2, 'b'), early) == LinkReceipt::arrived);
    CHECK(frames_of(end, early).empty());
    CHECK(receive(end, message(1, 'a'), early) == LinkReceipt::arrived);
    CHECK(frames_of(end, early) == "-/2 ");
}

TEST_CASE("a new session, and a timer, begin with what is not acknowledged") {
    End end = sender_of("ab");
    store(end);
    CHECK(frames_of(end) == "1a/0 2b/0 ");
    CHECK(receive(end, {.acknowledged = 1}, right) == LinkReceipt::no_message);
    begin_session(end, right);
    CHECK(frames_of(end) == "2b/0 ");
    resend(end);
    CHECK(frames_of(end) == "2b/0 ");
    const LinkRules unsent{.resumption = LinkResumption::unsent};
    begin_session(end, unsent);
    CHECK(frames_of(end, unsent).empty());
}

TEST_CASE("rule numbering: a session begins with 1 on both sides") {
    const LinkRules renumbering{.numbering = LinkNumbering::each_session};
    End end = sender_of("ab", renumbering);
    store(end);
    CHECK(receive(end, {.number = 1, .acknowledged = 1, .payload = 'x'}, renumbering) == LinkReceipt::arrived);
    CHECK(all_taken(end) == "x");
    begin_session(end, renumbering);
    CHECK(frames_of(end, renumbering) == "1b/0 ");
    CHECK(receive(end, message(1, 'y'), renumbering) == LinkReceipt::arrived);
}

TEST_CASE("after a crash it goes on from what was stored") {
    End end = sender_of("a");
    CHECK(receive(end, message(1, 'x'), right) == LinkReceipt::arrived);
    CHECK(receive(end, message(2, 'y'), right) == LinkReceipt::arrived);
    CHECK(take(end) == 'x');
    const auto disk = to_store(end, right);
    CHECK(take(end) == 'y');
    CHECK(submit(end, 'b', right) == LinkSubmission::accepted);
    end = restarted<2>(disk);
    begin_session(end, right);
    CHECK(frames_of(end) == "1a/1 ");
    CHECK_FALSE(has_arrived(end));
    CHECK(receive(end, message(2, 'y'), right) == LinkReceipt::arrived);
    CHECK(all_taken(end) == "y");
    CHECK(receive(end, {.acknowledged = 1}, right) == LinkReceipt::no_message);
    const auto later = to_store(end, right);
    end = restarted<2>(later);
    begin_session(end, right);
    CHECK(frames_of(end) == "-/2 ");
}

TEST_CASE("an end that knows less than its peer has been told says so, and changes nothing") {
    End end = sender_of("a");
    const End before = end;
    CHECK(receive(end, {.acknowledged = 2}, right) == LinkReceipt::forgotten);
    CHECK(receive(end, {.number = 2, .confirmed = 1, .payload = 'b'}, right) == LinkReceipt::forgotten);
    CHECK(end == before);
    CHECK(receive(end, {.number = 1, .payload = 'a'}, right) == LinkReceipt::arrived);
    CHECK(take(end) == 'a');
    CHECK(receive(end, {.acknowledged = 1, .confirmed = 1}, right) == LinkReceipt::no_message);
    store(end);
    CHECK(submit(end, 'b', right) == LinkSubmission::accepted);
    store(end);
    CHECK(next_frame(end, right) == Frame{.number = 2, .acknowledged = 1, .confirmed = 1, .payload = 'b'});
}

TEST_CASE("any number is bearable") {
    for (const LinkNumber number : {LinkNumber{3}, LinkNumber{1} << 32, LinkNumber{1} << 63, last_number}) {
        End end;
        CHECK(receive(end, message(number, 'x'), right) == LinkReceipt::no_room);
        CHECK(receive(end, {.number = number, .acknowledged = number}, right) == LinkReceipt::forgotten);
        CHECK(receive(end, {.number = number, .confirmed = number}, right) == LinkReceipt::forgotten);
        CHECK(end == End{});
    }
}

TEST_CASE("when the numbers end, submit refuses, and the last messages still arrive") {
    End sender;
    sender.stable.accepted = sender.stable.acknowledged = sender.sent = last_number - 2;
    End receiver;
    receiver.stable.taken = last_number - 2;
    CHECK(submit(sender, 'y', right) == LinkSubmission::accepted);
    CHECK(submit(sender, 'z', right) == LinkSubmission::accepted);
    CHECK(submit(sender, '!', right) == LinkSubmission::exhausted);
    store(sender);
    while (const auto frame = next_frame(sender, right))
        CHECK(receive(receiver, *frame, right) == LinkReceipt::arrived);
    CHECK(all_taken(receiver) == "yz");
    CHECK_FALSE(has_arrived(receiver));
    store(receiver);
    CHECK(receive(sender, next_frame(receiver, right).value(), right) == LinkReceipt::no_message);
    CHECK(is_idle(sender));
    CHECK(submit(sender, '!', right) == LinkSubmission::exhausted);
}

} // namespace mdcd::tests
