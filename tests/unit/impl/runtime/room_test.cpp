// A seat whose checkpoint array is full: what would make room goes past the messages that wait for it, whatever dies
// and breaks meanwhile. A new version sends messages to A1 and is tested after some of them; each message says its
// number, so A1 knows what was lost or came twice.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "impl/upgrade_room.hpp"
#include "tests/unit/impl/runtime/net.hpp"
#include "tests/unit/impl/runtime/vector_system.hpp"

namespace mdcd::tests::unit::impl_runtime {
namespace {

constexpr std::size_t old_seat = 0, new_seat = 1, receiver = 2;

// The component's state is how many messages it has made, and what is to be sent: a message, an output, nothing. That
// of A1 is what it has received.
class Chatter : public Program {
public:
    Chatter(std::size_t messages, std::size_t test_after) : messages_(messages), test_after_(test_after) {}

    std::string first_state(const Place& self) const override { return is_chatter(self) ? "0-" : ""; }
    void deliver(const Place&, std::string& state, std::string_view message) const override {
        state += std::string(message) + " ";
    }
    bool wants_ticks(const Place& self, std::string_view state) const override {
        return is_chatter(self) && made(state) < messages_;
    }
    void tick(const Place&, std::string& state, std::uint64_t) const override {
        state = std::to_string(made(state) + 1) + "m";
    }
    std::optional<Intention> next(const Place& self, std::string_view state) const override {
        if (!is_chatter(self) || state.back() == '-')
            return std::nullopt;
        return Intention{state.back() == 'm' ? Intention::To::active : Intention::To::device, 0,
                         std::to_string(made(state))};
    }
    void was_sent(const Place&, std::string& state) const override {
        const bool is_tested = made(state) % test_after_ == 0 || made(state) == messages_;
        state.back() = state.back() == 'm' && is_tested ? 'd' : '-';
    }
    bool acceptance_test(const Place&, std::string_view, std::string_view) const override { return true; }
    bool compensate(const Place&, std::string_view, std::string&) const override { return false; }

private:
    static bool is_chatter(const Place& self) { return self.process.group != Group::active; }
    static std::size_t made(std::string_view state) {
        return std::stoul(std::string(state.substr(0, state.size() - 1)));
    }

    std::size_t messages_;
    std::size_t test_after_;
};

SystemDescription one_component(Capacities capacities, WhenFull when_full = WhenFull::go_past) {
    SystemDescription system = vector_system();
    system.members = {1, 1};
    system.upgrades = true;
    system.capacities = capacities;
    system.upgrade_rules.when_full = when_full;
    return system;
}

using Numbers = std::vector<std::size_t>;

Numbers received(Net& net) {
    const ProcessCore& core = net.core(receiver).core();
    std::istringstream text(*core.contents().at(core.summary().application));
    Numbers numbers;
    for (std::size_t number = 0; text >> number;)
        numbers.push_back(number);
    return numbers;
}

Numbers numbers_to(std::size_t last) {
    Numbers numbers;
    for (std::size_t number = 1; number <= last; ++number)
        numbers.push_back(number);
    return numbers;
}

// The messages of one process that A1 took before others of smaller numbers.
std::size_t gone_past(const Net& net, const std::string& from) {
    std::vector<std::uint64_t> taken;
    const std::string before = R"("kind":"receive","from":")" + from + R"(","number":)";
    for (const std::string& line : net.lines(receiver))
        if (const std::size_t at = line.find(before); at != std::string::npos)
            taken.push_back(std::stoull(line.substr(at + before.size())));
    std::size_t count = 0;
    for (std::size_t one = 0; one < taken.size(); ++one)
        count += std::any_of(taken.begin() + static_cast<std::ptrdiff_t>(one), taken.end(),
                             [&](std::uint64_t later) { return later < taken[one]; })
                     ? 1U
                     : 0U;
    return count;
}

void begin(Net& net) {
    CHECK(net.command(receiver, "begin C1") == "accepted");
}

void begin_and_settle(Net& net) {
    begin(net);
    net.settle();
}

// Each once. Those of C1a that were under way when the upgrade began may come among those of C1b.
void check_all_received(Net& net, std::size_t messages) {
    Numbers all = received(net);
    std::ranges::sort(all);
    CHECK(all == numbers_to(messages));
    CHECK_FALSE(net.forgotten);
    for (std::size_t position = 0; position < net.size(); ++position) {
        INFO(name_in(net.system(), net.core(position).core().self()), " waits for ", net.core(position).waits_for());
        CHECK(net.core(position).is_idle());
        CHECK(net.stored_contents(position) <= 8);
    }
}

} // namespace

TEST_CASE("a notification goes past the messages that wait for just that") {
    for (const std::size_t checkpoints : {std::size_t{1}, std::size_t{3}, checkpoint_count_max}) {
        CAPTURE(checkpoints);
        const Chatter program(40, checkpoints + 3);
        Net net(one_component({.checkpoints = checkpoints}), program);
        begin_and_settle(net);
        CHECK(gone_past(net, "C1b") > 0);
        CHECK(received(net) == numbers_to(40)); // the messages themselves keep their order
        CHECK(net.command(old_seat, "commit") == "accepted");
        net.settle();
        CHECK(net.core(receiver).core().summary().endings == "begun committed");
        check_all_received(net, 40);
    }
}

TEST_CASE("rule when_full: whoever lets nothing go past waits for ever") {
    const Chatter program(40, 4);
    Net net(one_component({.checkpoints = 1}, WhenFull::wait), program);
    begin_and_settle(net);
    CHECK(gone_past(net, "C1b") == 0);
    CHECK(received(net) == numbers_to(2)); // the first one before the upgrade
    CHECK(net.core(receiver).waits_for().starts_with("the checkpoint array is full"));
    // Not even an operator helps, at the process whose messages wait.
    CHECK(net.command(new_seat, "abort") == "accepted");
    net.settle();
    CHECK(net.core(receiver).core().summary().endings == "begun");
}

TEST_CASE("a version that says too much before its test waits for an operator, at whatever seat") {
    for (const std::size_t at : {old_seat, new_seat, receiver})
        for (const std::string words : {"commit", "abort"}) {
            CAPTURE(at);
            CAPTURE(words);
            const Chatter program(60, 1000);
            Net net(one_component({.checkpoints = 2}), program);
            begin_and_settle(net);
            CHECK(received(net) == numbers_to(3)); // the first one before the upgrade
            CHECK(net.core(receiver).waits_for().starts_with("the checkpoint array is full"));
            CHECK(net.core(new_seat).core().sent_to({Group::active, 0}) < 2 + node_window);
            CHECK(net.command(at, words) == "accepted");
            net.settle();
            check_all_received(net, 60);
        }
}

TEST_CASE("crashes and broken sessions do not bring back what has gone past others") {
    std::size_t past = 0, crashes = 0;
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        INFO("seed ", seed);
        const Chatter program(40, 3 + seed % 5);
        Net net(one_component({.checkpoints = 1 + seed % 3}), program);
        begin(net);
        net.disturb(seed, 1500, seed % 2 == 0 ? 30 : 5);
        for (std::size_t one = 0; one < net.size(); ++one)
            for (std::size_t other = 0; other < one; ++other)
                net.break_session(one, other);
        net.settle();
        check_all_received(net, 40);
        past += gone_past(net, "C1b");
        crashes += net.crashes;
    }
    CHECK(past > 50);
    CHECK(crashes > 100);
}

} // namespace mdcd::tests::unit::impl_runtime
