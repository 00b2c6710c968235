// Two ends of impl/link.hpp and all that can go wrong between them, as a model: frames that are lost, repeated and
// overtaken, sessions that break, processes that crash, transactions that end late. What goes wrong is counted.
// Knows no scope and no search.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/actors/codec.hpp"
#include "checker/model.hpp"
#include "tests/differential/link/link_claims.hpp"
#include "tests/differential/link/link_side.hpp"

namespace mdcd::tests::link {

template <std::size_t Outgoing, std::size_t Incoming> struct Windows { using TheSide = Side<Outgoing, Incoming>; };
template <class W> using SideOf = typename W::TheSide;

// Calls visit(windows) with those of the scope.
template <class Visit> auto with_windows(const Scope& scope, Visit visit) {
    if (scope.outgoing == 1)
        return visit(Windows<1, 1>());
    if (scope.incoming == 1)
        return visit(Windows<2, 1>());
    return visit(Windows<2, 2>());
}

class LinkSystem {
public:
    struct Summary {
        SideFacts side; // of the slots of sides
        Frames frames;  // of the channels
    };
    using Summaries = std::span<const Summary* const>;

    explicit LinkSystem(Scope scope) : scope_(scope) {
        for (const std::string& side : {std::string("A"), std::string("B")}) {
            const checker::SlotIndex self = side == "A" ? a : b;
            const checker::SlotIndex peer = side == "A" ? b : a;
            const checker::SlotIndex out = side == "A" ? a_to_b : b_to_a;
            const checker::SlotIndex in = side == "A" ? b_to_a : a_to_b;
            add(side + " decides", {self});
            add(side + " stores", {self});
            add(side + " learns that it has stored", {self});
            add(side + " sends", {self, out});
            add(side + " receives", {self, in});
            add(side + " takes", {self});
            add(side + " sends again", {self});
            add(side + " begins a session", {self, peer});
            add(side + " restarts", {self});
            add("a frame from " + side + " is lost", {out, faults});
            add("a frame from " + side + " is repeated", {out, faults});
            add("a frame from " + side + " overtakes", {out, faults});
            add(side + " crashes", {self, peer, a_to_b, b_to_a, faults});
        }
        add("the session breaks", {a, b, a_to_b, b_to_a, faults});
    }

    std::span<const checker::Slot> slots() const { return slots_; }
    std::span<const checker::Step> steps() const { return steps_; }
    std::span<const checker::Property> properties() const { return properties_; }
    std::span<const std::string> coverage_points() const { return points_; }
    std::vector<checker::GlobalState> initial_states() const {
        const std::string side = with_windows(scope_, [](auto windows) { return text(SideOf<decltype(windows)>{}); });
        return {{side, side, text(Frames{}), text(Frames{}), text(scope_.faults)}};
    }
    // Those that may be put off for ever: what processes decide, and faults.
    std::vector<checker::StepIndex> unfair_steps() const {
        std::vector<checker::StepIndex> unfair;
        for (std::size_t step = 0; step < steps_.size(); ++step)
            if (step % steps_of_side == decides || step % steps_of_side >= loses || step >= breaks)
                unfair.push_back(static_cast<checker::StepIndex>(step));
        return unfair;
    }

    void fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        const bool is_b = step / steps_of_side == 1;
        const unsigned kind = step >= breaks ? end_of_session : step % steps_of_side;
        if (kind >= loses && kind <= overtakes)
            return disturb(kind, is_b, inputs, outcomes);
        with_windows(scope_, [&](auto windows) {
            using TheSide = SideOf<decltype(windows)>;
            if (kind == crashes || kind == end_of_session)
                end_session<TheSide>(kind == crashes, is_b, inputs, outcomes);
            else if (kind == sends || kind == receives)
                exchange<TheSide>(kind, is_b, inputs, outcomes);
            else if (kind == stores)
                store<TheSide>(is_b, inputs, outcomes);
            else
                step_of_side<TheSide>(kind, is_b, inputs, outcomes);
        });
    }

    Summary summarise(checker::SlotIndex slot, std::string_view bytes) const {
        Summary summary;
        if (slot == a || slot == b)
            summary.side = with_windows(scope_, [&](auto windows) {
                return value<SideOf<decltype(windows)>>(bytes).facts(scope_, answers(slot == b));
            });
        else if (slot != faults)
            summary.frames = value<Frames>(bytes);
        return summary;
    }

    checker::PropertyBits judge(Summaries all) const {
        checker::PropertyBits bits = 0;
        const auto set = [&](Claim claim, bool holds) {
            bits |= checker::PropertyBits{holds} << static_cast<unsigned>(claim);
        };
        const SideFacts& first = all[a]->side;
        const SideFacts& second = all[b]->side;
        set(Claim::once_and_in_order, is_prefix(second.taken, first.decided) && is_prefix(first.taken, second.decided));
        set(Claim::nothing_before_storage,
            is_stored(first, all[a_to_b]->frames) && is_stored(second, all[b_to_a]->frames));
        set(Claim::kept_until_taken, keeps(first, second) && keeps(second, first));
        set(Claim::within_bounds, first.is_within_bounds && second.is_within_bounds);
        set(Claim::nobody_forgets, !first.has_forgotten && !second.has_forgotten);
        set(Claim::quiet_is_done, !is_quiet(all) || is_done(all));
        set(Claim::back_pressure, wants_room(first, 0) || wants_room(second, 1));
        set(Claim::beyond_the_window,
            std::max(first.taken.size(), second.taken.size()) > scope_.outgoing && is_done(all));
        return bits;
    }

    // It is quiet and done: nothing more happens by itself.
    bool is_at_rest(Summaries all) const { return is_done(all) && is_quiet(all); }

    // Everything decided has been taken, and nobody keeps anything, nor does stable storage.
    bool is_done(Summaries all) const {
        const SideFacts& first = all[a]->side;
        const SideFacts& second = all[b]->side;
        return first.taken == second.decided && second.taken == first.decided && first.keeps_nothing &&
               second.keeps_nothing;
    }

    // Nothing is left to be done, but for new decisions and faults.
    bool is_quiet(Summaries all) const {
        const auto rests = [this](const SideFacts& self, const SideFacts& peer, const Frames& out, const Frames& in) {
            return self.rests && (self.in_session ? in.empty() && !(self.has_frame && out.size() < scope_.under_way_max)
                                                  : !peer.is_up);
        };
        return rests(all[a]->side, all[b]->side, all[a_to_b]->frames, all[b_to_a]->frames) &&
               rests(all[b]->side, all[a]->side, all[b_to_a]->frames, all[a_to_b]->frames);
    }

private:
    enum : checker::SlotIndex { a, b, a_to_b, b_to_a, faults };
    enum : unsigned {
        decides,
        stores,
        learns,
        sends,
        receives,
        takes,
        sends_again,
        begins,
        restarts,
        loses,
        repeats,
        overtakes,
        crashes,
        steps_of_side,
        breaks = 2 * steps_of_side,
        end_of_session,
    };

    template <class T> static std::string text(const T& value) { return checker::actors::encode(value); }
    template <class T> static T value(std::string_view bytes) { return checker::actors::decode<T>(bytes); }
    static std::uint64_t bit(Point point, bool passed = true) {
        return std::uint64_t{passed} << static_cast<unsigned>(point);
    }
    void add(const std::string& name, std::vector<checker::SlotIndex> reads) {
        steps_.push_back({.name = name, .reads = std::move(reads), .takes = {}, .room = {}});
    }
    bool answers(bool is_b) const { return is_b ? scope_.answers : scope_.answers_back; }

    // Steps of one process alone.
    template <class TheSide>
    void step_of_side(unsigned kind, bool is_b, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        TheSide self = value<TheSide>(inputs.values[0]);
        std::uint64_t fired = 0;
        bool enabled = true;
        if (kind == decides) {
            enabled = self.is_up && self.decided.size() < scope_.messages[is_b ? 1 : 0];
            if (enabled)
                fired = submit_to(self, self.next_content());
        } else if (kind == learns) {
            enabled = self.can_learn_of_storage();
            was_stored(self.end, self.disk);
        } else if (kind == takes) {
            enabled = self.can_take(answers(is_b));
            if (enabled)
                take_from(self, answers(is_b));
        } else if (kind == sends_again) {
            enabled = self.can_send_again(scope_);
            resend(self.end);
            fired = bit(Point::sent_again);
        } else if (kind == begins) {
            enabled = self.is_up && !self.in_session && value<TheSide>(inputs.values[1]).is_up;
            begin_session(self.end, scope_.rules);
            self.in_session = true;
        } else {
            enabled = !self.is_up;
            self.end = TheSide::restarted_from(self.disk);
            self.is_up = true;
        }
        if (enabled)
            outcomes.push_back({.writes = {{is_b ? b : a, text(self)}}, .sends = {}, .fired = fired});
    }

    template <class TheSide> std::uint64_t submit_to(TheSide& self, Content content) const {
        const impl::LinkSubmission result = submit(self.end, content, scope_.rules);
        if (result == impl::LinkSubmission::accepted)
            self.decided.push_back(content);
        return bit(Point::refused, result == impl::LinkSubmission::full);
    }

    // The link and the process in one transaction, or by mistake in two, in either order.
    template <class TheSide> void store(bool is_b, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        const TheSide before = value<TheSide>(inputs.values[0]);
        if (!before.can_write(scope_))
            return;
        const std::size_t steps =
            before.decided.size() - before.decided_stored + (before.taken.size() - before.taken_stored);
        const auto add_outcome = [&](bool of_link, bool of_process) {
            TheSide self = before;
            if (of_link)
                self.disk = to_store(self.end, scope_.rules);
            if (of_process) {
                self.decided_stored = static_cast<std::uint8_t>(self.decided.size());
                self.taken_stored = static_cast<std::uint8_t>(self.taken.size());
            }
            outcomes.push_back(
                {.writes = {{is_b ? b : a, text(self)}}, .sends = {}, .fired = bit(Point::stored_many, steps > 1)});
        };
        if (!scope_.stored_apart)
            return add_outcome(true, true);
        add_outcome(true, false);
        add_outcome(false, true);
    }

    // One step, one transaction: the message is taken and the answer given to the link.
    template <class TheSide> void take_from(TheSide& self, bool with_answer) const {
        if (const std::optional<Content> content = take(self.end)) {
            self.taken.push_back(*content);
            if (with_answer)
                submit_to(self, static_cast<Content>(*content ^ 0x80));
        }
    }

    template <class TheSide>
    void exchange(unsigned kind, bool is_b, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        TheSide self = value<TheSide>(inputs.values[0]);
        Frames frames = value<Frames>(inputs.values[1]);
        std::uint64_t fired = 0;
        if (kind == sends) {
            if (!self.in_session || frames.size() >= scope_.under_way_max || !self.has_frame(scope_))
                return;
            frames.push_back(*next_frame(self.end, scope_.rules));
            fired = bit(Point::only_acknowledged, frames.back().number == 0);
        } else {
            if (!self.in_session || frames.empty())
                return;
            const impl::LinkReceipt receipt = receive(self.end, frames.front(), scope_.rules);
            fired = bit(Point::arrived, receipt == impl::LinkReceipt::arrived) |
                    bit(Point::held, receipt == impl::LinkReceipt::arrived && !has_arrived(self.end)) |
                    bit(Point::duplicate_dropped, receipt == impl::LinkReceipt::duplicate) |
                    bit(Point::no_room, receipt == impl::LinkReceipt::no_room);
            self.has_forgotten = self.has_forgotten || receipt == impl::LinkReceipt::forgotten;
            frames.erase(frames.begin());
        }
        const checker::SlotIndex channel = (kind == sends) != is_b ? a_to_b : b_to_a;
        outcomes.push_back(
            {.writes = {{is_b ? b : a, text(self)}, {channel, text(frames)}}, .sends = {}, .fired = fired});
    }

    void disturb(unsigned kind, bool is_b, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        const Frames before = value<Frames>(inputs.values[0]);
        auto left = value<Faults>(inputs.values[1]);
        std::uint8_t& budget = kind == loses ? left.losses : kind == repeats ? left.repetitions : left.overtakings;
        if (budget == 0)
            return;
        --budget;
        for (std::size_t place = kind == overtakes ? 1 : 0; place < before.size(); ++place) {
            Frames frames = before;
            const auto here = frames.begin() + static_cast<std::ptrdiff_t>(place);
            if (kind == loses)
                frames.erase(here);
            else if (kind == repeats)
                frames.push_back(Frame(before[place]));
            else
                std::rotate(frames.begin(), here, here + 1);
            const Point point = kind == loses ? Point::lost : kind == repeats ? Point::repeated : Point::overtaken;
            outcomes.push_back({.writes = {{is_b ? b_to_a : a_to_b, text(frames)}, {faults, text(left)}},
                                .sends = {},
                                .fired = bit(point)});
        }
    }

    // By a crash of one side or by itself. Each frame under way is lost, or arrives in the next session.
    template <class TheSide>
    void end_session(bool by_crash, bool is_b, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
        TheSide self = value<TheSide>(inputs.values[0]);
        TheSide peer = value<TheSide>(inputs.values[1]);
        const Frames to_b = value<Frames>(inputs.values[2]);
        const Frames to_a = value<Frames>(inputs.values[3]);
        auto left = value<Faults>(inputs.values[4]);
        std::uint8_t& budget = by_crash ? left.crashes : left.breaks;
        if (budget == 0 || (by_crash ? !self.is_up : !self.in_session && !peer.in_session))
            return;
        --budget;
        std::uint64_t fired = bit(Point::broke, !by_crash);
        if (by_crash) {
            fired = bit(is_b ? Point::b_crashed : Point::a_crashed) |
                    bit(Point::crash_cost_decision, self.decided.size() > self.decided_stored) |
                    bit(Point::crash_cost_taking, self.taken.size() > self.taken_stored) |
                    bit(Point::crash_cost_arrived, has_arrived(self.end));
            self.crash();
        }
        self.in_session = false;
        peer.in_session = false;
        const std::size_t count = to_b.size() + to_a.size();
        for (unsigned kept = 0; kept < 1U << count; ++kept)
            outcomes.push_back({.writes = {{is_b ? b : a, text(self)},
                                           {is_b ? a : b, text(peer)},
                                           {a_to_b, text(chosen(to_b, kept))},
                                           {b_to_a, text(chosen(to_a, kept >> to_b.size()))},
                                           {faults, text(left)}},
                                .sends = {},
                                .fired = fired | bit(Point::kept_over_break, kept != 0)});
    }

    static Frames chosen(const Frames& all, unsigned kept) {
        Frames frames;
        for (std::size_t place = 0; place < all.size(); ++place)
            if ((kept >> place & 1) != 0)
                frames.push_back(all[place]);
        return frames;
    }

    static bool is_prefix(const std::vector<Content>& shorter, const std::vector<Content>& longer) {
        return shorter.size() <= longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
    }
    static bool is_stored(const SideFacts& sender, const Frames& frames) {
        return std::ranges::all_of(frames, [&](const Frame& frame) {
            return frame.number <= sender.disk.accepted && frame.acknowledged <= sender.disk.taken;
        });
    }
    // What the sender no longer keeps has been taken by the receiver, and stored.
    static bool keeps(const SideFacts& sender, const SideFacts& receiver) {
        return sender.acknowledged <= receiver.disk.taken && sender.acknowledged <= receiver.taken_stored;
    }
    bool wants_room(const SideFacts& side, unsigned which) const {
        return side.is_full && side.decided.size() < scope_.messages[which];
    }

    Scope scope_;
    std::vector<checker::Slot> slots_ = {
        {.name = "A"}, {.name = "B"}, {.name = "A to B"}, {.name = "B to A"}, {.name = "faults"}};
    std::vector<checker::Step> steps_;
    std::vector<std::string> points_ = point_names();
    std::vector<checker::Property> properties_ = link_properties();
};

} // namespace mdcd::tests::link
