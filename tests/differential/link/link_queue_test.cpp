// Two ends of a link against two plain queues, on long random runs with every fault: what is taken is what the queue
// gives, and at the end nothing is kept. Numbers go far beyond the windows, and up to the last one there is.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <vector>

#include "checker/random.hpp"
#include "impl/link.hpp"

using namespace mdcd::impl;
using mdcd::checker::Random;

namespace {

constexpr std::size_t window = 5; // no divisor of 2^64: nothing works by chance when numbers end
using End = LinkEnd<std::uint64_t, window>;
using Frame = LinkFrame<std::uint64_t>;
constexpr LinkRules queue_rules;

// The queue from one process to the other, and how much of it a crash would leave.
struct Queue {
    std::deque<std::uint64_t> entries; // not yet taken for good
    std::size_t submitted_stored = 0;  // of the entries
    std::size_t taken = 0;             // of the entries: a crash of the receiver gives them back
    std::uint64_t in_all = 0;
};

struct Process {
    End end;
    decltype(End::stable) disk;
    decltype(End::stable) in_transaction;
    std::size_t submitted_in_transaction = 0; // the marks of its queues when the transaction began
    std::size_t taken_in_transaction = 0;
    bool writes = false;
};

struct Counts {
    std::uint64_t taken = 0, refused = 0, lost = 0, repeated = 0, overtaken = 0, crashes = 0, undone = 0, breaks = 0,
                  dropped = 0, exhausted = 0;
    void add(const Counts& other) {
        taken += other.taken, refused += other.refused, lost += other.lost, repeated += other.repeated;
        overtaken += other.overtaken, crashes += other.crashes, undone += other.undone, breaks += other.breaks;
        dropped += other.dropped, exhausted += other.exhausted;
    }
};

class Run {
public:
    Run(std::uint64_t seed, LinkNumber first) : random_(seed) {
        for (Process& each : processes_) {
            each.disk.accepted = each.disk.acknowledged = each.disk.taken = first;
            each.end = restarted<window>(each.disk);
        }
    }

    Counts run(unsigned steps) {
        for (unsigned step = 0; step < steps && is_right_; ++step)
            disturb_or_work();
        for (unsigned round = 0; round < 200 && is_right_; ++round)
            settle();
        return counts_;
    }

    [[nodiscard]] bool is_right() const { return is_right_; }
    [[nodiscard]] bool is_idle() const {
        for (const unsigned each : {0U, 1U})
            if (!impl_idle(processes_[each]) || !queues_[each].entries.empty() || !under_way_[each].empty())
                return false;
        return true;
    }

private:
    static bool impl_idle(const Process& process) {
        return mdcd::impl::is_idle(process.end) && process.disk == process.end.stable &&
               process.disk.unacknowledged == decltype(process.disk.unacknowledged){};
    }

    void disturb_or_work() {
        const auto self = static_cast<unsigned>(random_.below(2));
        std::vector<Frame>& out = under_way_[self];
        switch (random_.below(400)) {
        case 0:
            return crash(self);
        case 1:
            return end_session();
        case 2:
        case 3:
            if (!out.empty()) {
                out.erase(out.begin() + static_cast<std::ptrdiff_t>(random_.below(out.size())));
                ++counts_.lost;
            }
            return;
        case 4:
        case 5:
            if (!out.empty()) {
                out.push_back(Frame(out[random_.below(out.size())]));
                ++counts_.repeated;
            }
            return;
        case 6:
            return resend(processes_[self].end);
        default:
            return work(self, true);
        }
    }

    void work(unsigned self, bool may_submit) {
        switch (random_.below(7)) {
        case 0:
            if (may_submit)
                submit_next(self);
            break;
        case 1:
            begin_transaction(self);
            break;
        case 2:
            end_transaction(self);
            break;
        case 3:
            if (const auto frame = next_frame(processes_[self].end, queue_rules))
                under_way_[self].push_back(*frame);
            break;
        case 4:
        case 5:
            receive_from(1 - self);
            break;
        default:
            take_next(self);
        }
    }

    void submit_next(unsigned self) {
        const std::uint64_t content = random_.next();
        switch (submit(processes_[self].end, content, queue_rules)) {
        case LinkSubmission::accepted:
            queues_[self].entries.push_back(content);
            ++queues_[self].in_all;
            break;
        case LinkSubmission::full:
            ++counts_.refused;
            break;
        case LinkSubmission::exhausted:
            ++counts_.exhausted;
        }
    }

    void take_next(unsigned self) {
        Queue& queue = queues_[1 - self];
        const auto content = take(processes_[self].end);
        if (!content)
            return;
        is_right_ = is_right_ && queue.taken < queue.entries.size() && queue.entries[queue.taken] == *content;
        ++queue.taken;
        ++counts_.taken;
    }

    void begin_transaction(unsigned self) {
        Process& process = processes_[self];
        if (process.writes)
            return;
        process.writes = true;
        process.in_transaction = to_store(process.end, queue_rules);
        process.submitted_in_transaction = queues_[self].entries.size();
        process.taken_in_transaction = queues_[1 - self].taken;
    }

    void end_transaction(unsigned self) {
        Process& process = processes_[self];
        if (!process.writes)
            return;
        process.writes = false;
        process.disk = process.in_transaction;
        was_stored(process.end, process.disk);
        queues_[self].submitted_stored = process.submitted_in_transaction;
        Queue& incoming = queues_[1 - self];
        for (std::size_t entry = 0; entry < process.taken_in_transaction; ++entry)
            incoming.entries.pop_front();
        incoming.taken -= process.taken_in_transaction;
        is_right_ = is_right_ && incoming.submitted_stored >= process.taken_in_transaction;
        incoming.submitted_stored -= process.taken_in_transaction;
        Process& peer = processes_[1 - self];
        if (peer.writes)
            peer.submitted_in_transaction -= process.taken_in_transaction;
    }

    void receive_from(unsigned sender) {
        std::vector<Frame>& frames = under_way_[sender];
        if (frames.empty())
            return;
        const std::size_t place = random_.one_in(10) ? random_.below(frames.size()) : 0;
        counts_.overtaken += place > 0 ? 1 : 0;
        const Frame frame = frames[place];
        frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(place));
        const LinkReceipt receipt = receive(processes_[1 - sender].end, frame, queue_rules);
        is_right_ = is_right_ && receipt != LinkReceipt::forgotten && receipt != LinkReceipt::no_room;
        counts_.dropped += receipt == LinkReceipt::duplicate ? 1 : 0;
    }

    void crash(unsigned self) {
        Process& process = processes_[self];
        Queue& out = queues_[self];
        counts_.undone += out.entries.size() - out.submitted_stored + queues_[1 - self].taken;
        while (out.entries.size() > out.submitted_stored)
            out.entries.pop_back();
        is_right_ = is_right_ && out.taken <= out.entries.size();
        queues_[1 - self].taken = 0;
        process.writes = false;
        process.end = restarted<window>(process.disk);
        ++counts_.crashes;
        end_session();
    }

    void end_session() {
        ++counts_.breaks;
        for (std::vector<Frame>& frames : under_way_)
            std::erase_if(frames, [this](const Frame&) { return random_.one_in(2); });
        for (Process& each : processes_)
            begin_session(each.end, queue_rules);
    }

    // Without faults and new messages.
    void settle() {
        for (const unsigned self : {0U, 1U}) {
            for (unsigned step = 0; step < 50; ++step)
                work(self, false);
            resend(processes_[self].end);
        }
        if (is_idle())
            return;
    }

    Random random_;
    Process processes_[2];
    Queue queues_[2];
    std::vector<Frame> under_way_[2]; // from each
    Counts counts_;
    bool is_right_ = true;
};

} // namespace

TEST_CASE("what is taken is what a queue gives, on long runs with every fault") {
    Counts all;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Run run(seed, 0);
        const Counts counts = run.run(200'000);
        CHECK(run.is_right());
        CHECK(run.is_idle());
        CHECK(counts.taken > 1000 * window);
        all.add(counts);
    }
    for (const std::uint64_t count :
         {all.refused, all.lost, all.repeated, all.overtaken, all.crashes, all.undone, all.breaks, all.dropped})
        CHECK(count > 1000);
    CHECK(all.exhausted == 0);
    MESSAGE("taken ", all.taken, ", refused ", all.refused, ", lost ", all.lost, ", repeated ", all.repeated,
            ", overtaken ", all.overtaken, ", crashes ", all.crashes, ", steps undone ", all.undone, ", breaks ",
            all.breaks, ", duplicates dropped ", all.dropped);
}

TEST_CASE("the numbers end: the last messages arrive, the next one is refused") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Run run(seed, std::numeric_limits<LinkNumber>::max() - 200);
        const Counts counts = run.run(50'000);
        CHECK(run.is_right());
        CHECK(run.is_idle());
        CHECK(counts.exhausted > 0);
        CHECK(counts.taken >= 400);
    }
}
