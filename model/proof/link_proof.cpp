// What the two ends of a link do in one direction, by the guards of impl/link_rules.hpp, the lemmas, and the questions.
// Knows no end of the implementation.
#include "model/proof/link_proof.hpp"

#include <algorithm>

#include "model/proof/fields.hpp"
#include "model/proof/guard_logic.hpp"

namespace mdcd::model::proof::link {

using Shown = Window<Symbolic>;
using checker::smt::larger;
namespace guards = impl::link_guards;

namespace {

Truth truth(const Shown& window, bool value) {
    return window.frame.owner().constant(value);
}
Number none(const Shown& window) {
    return window.number.owner().number(0);
}
template <class Part> Truth fields_equal(const Part& one, const Part& other) {
    Truth result;
    bool first = true;
    visit_both(one, other, [&](const auto& mine, const auto& its) {
        result = first ? mine == its : result && mine == its;
        first = false;
    });
    return result;
}

// As expected; frames under way stay, are lost, or repeated.
Truth becomes(const Step& step, Shown expected) {
    const Shown& after = step.after;
    const Shown& before = step.before;
    const Truth frame = implies(after.frame, before.frame && after.frame_number == before.frame_number &&
                                                 after.frame_payload == before.frame_payload &&
                                                 after.frame_confirmed == before.frame_confirmed);
    const Truth acknowledgement =
        implies(after.acknowledgement, before.acknowledgement && after.acknowledged == before.acknowledged);
    const Truth new_frame = expected.frame && after.frame && after.frame_number == expected.frame_number &&
                            after.frame_payload == expected.frame_payload &&
                            after.frame_confirmed == expected.frame_confirmed;
    const Truth new_acknowledgement =
        expected.acknowledgement && after.acknowledgement && after.acknowledged == expected.acknowledged;
    const Truth ways = (frame || new_frame) && (acknowledgement || new_acknowledgement);
    expected.frame = after.frame;
    expected.frame_number = after.frame_number;
    expected.frame_payload = after.frame_payload;
    expected.frame_confirmed = after.frame_confirmed;
    expected.acknowledgement = after.acknowledgement;
    expected.acknowledged = after.acknowledged;
    return ways && fields_equal(expected, after);
}
// What an action begins with: nothing new under way.
Shown as_before(const Step& step) {
    Shown expected = step.before;
    expected.frame = expected.acknowledgement = truth(step.before, false);
    return expected;
}

// impl::detail::drop_through.
void drop_through(Shown& window, Number number) {
    window.now.acknowledged = larger(window.now.acknowledged, number);
    window.now.kept = choose(window.number <= window.now.acknowledged, none(window), window.now.kept);
    window.sent = larger(window.sent, window.now.acknowledged);
}

Truth submits(const Step& step, const impl::LinkRules& rules) {
    Shown expected = as_before(step);
    const Truth is_full =
        guards::is_full<LinkFormulas>(step.before.now.accepted, step.before.now.acknowledged, step.before.capacity);
    if (guards::drops_oldest(rules)) {
        Shown dropped = expected;
        drop_through(dropped, expected.now.acknowledged + 1);
        visit_both(expected, dropped, [&](auto& mine, const auto& its) { mine = choose(is_full, its, mine); });
    }
    expected.now.accepted = step.before.now.accepted + 1;
    const Truth is_shown = expected.now.accepted == step.before.number;
    expected.now.said = choose(is_shown, step.payload, expected.now.said);
    expected.now.kept = choose(is_shown, step.payload, expected.now.kept);
    const Truth may = guards::drops_oldest(rules) ? truth(step.before, true) : !is_full;
    return may && step.before.number.owner().number(1) <= step.payload && becomes(step, expected);
}

Truth sender_writes(const Step& step) {
    Shown expected = as_before(step);
    expected.storing = truth(step.before, true);
    expected.written = step.before.now;
    return !step.before.storing && becomes(step, expected);
}
Truth sender_stores(const Step& step) {
    Shown expected = as_before(step);
    expected.storing = truth(step.before, false);
    expected.stored = step.before.written;
    return step.before.storing && becomes(step, expected);
}
Truth sender_is_told(const Step& step) {
    Shown expected = as_before(step);
    expected.marked = step.before.stored.accepted;
    return becomes(step, expected);
}
Truth sender_crashes(const Step& step) {
    Shown expected = as_before(step);
    expected.now = step.before.stored;
    expected.storing = truth(step.before, false);
    expected.marked = step.before.stored.accepted;
    expected.sent = step.before.stored.acknowledged;
    return becomes(step, expected);
}

// impl::next_frame, with a message.
Truth sends(const Step& step, const impl::LinkRules& rules) {
    Shown expected = as_before(step);
    const Number may_leave = guards::may_leave<LinkFormulas>(step.before.marked, step.before.now.accepted, rules);
    expected.sent = step.before.sent + 1;
    expected.frame = truth(step.before, true);
    expected.frame_number = expected.sent;
    expected.frame_payload = choose(expected.sent == step.before.number, step.before.now.kept, none(step.before));
    expected.frame_confirmed = step.before.now.acknowledged;
    return guards::has_more<LinkFormulas>(step.before.sent, may_leave) && becomes(step, expected);
}
Truth sends_again(const Step& step) {
    Shown expected = as_before(step);
    expected.sent = step.before.now.acknowledged;
    return becomes(step, expected);
}
Truth hears_acknowledgement(const Step& step) {
    Shown expected = as_before(step);
    drop_through(expected, step.heard);
    return becomes(step, expected);
}

// impl::receive, of a frame with a message: held unless it is known, or too far ahead.
Truth receives(const Step& step, const impl::LinkRules& rules) {
    const Truth is_shown = step.heard == step.before.number;
    const Shown ignored = as_before(step);
    Shown held = ignored;
    const Truth is_new = !guards::is_known<LinkFormulas>(step.heard, step.before.taking.taken);
    if (guards::skips_gaps(rules)) { // unless the next one has arrived
        held.taking.taken =
            choose(step.after.taking.taken == step.before.taking.taken, held.taking.taken, step.after.taking.taken);
        held.arrived = choose(is_shown && step.before.arrived == none(step.before), step.heard_payload, held.arrived);
        return becomes(step, ignored) ||
               (is_new && (held.taking.taken == step.before.taking.taken || held.taking.taken + 1 == step.heard) &&
                becomes(step, held));
    }
    held.arrived = choose(is_shown && step.before.arrived == none(step.before), step.heard_payload, held.arrived);
    return becomes(step, ignored) || (is_new && becomes(step, held));
}

Truth takes(const Step& step) {
    Shown expected = as_before(step);
    expected.taking.taken = step.before.taking.taken + 1;
    const Truth is_shown = expected.taking.taken == step.before.number;
    expected.taking.got = choose(is_shown, step.before.arrived, expected.taking.got);
    expected.arrived = choose(is_shown, none(step.before), expected.arrived);
    const Number one = step.before.number.owner().number(1);
    return one <= step.heard_payload && implies(is_shown, step.before.arrived == step.heard_payload) &&
           step.heard == expected.taking.taken && becomes(step, expected);
}

Truth receiver_writes(const Step& step) {
    Shown expected = as_before(step);
    expected.taking_storing = truth(step.before, true);
    expected.taking_written = step.before.taking;
    return !step.before.taking_storing && becomes(step, expected);
}
Truth receiver_stores(const Step& step) {
    Shown expected = as_before(step);
    expected.taking_storing = truth(step.before, false);
    expected.taking_stored = step.before.taking_written;
    return step.before.taking_storing && becomes(step, expected);
}
Truth receiver_is_told(const Step& step) {
    Shown expected = as_before(step);
    expected.taken_marked = step.before.taking_stored.taken;
    return becomes(step, expected);
}
Truth receiver_crashes(const Step& step) {
    Shown expected = as_before(step);
    expected.taking = step.before.taking_stored;
    expected.taking_storing = truth(step.before, false);
    expected.taken_marked = step.before.taking_stored.taken;
    expected.arrived = none(step.before);
    return becomes(step, expected);
}

Truth acknowledges(const Step& step, const impl::LinkRules& rules) {
    Shown expected = as_before(step);
    expected.acknowledgement = truth(step.before, true);
    expected.acknowledged = guards::may_leave<LinkFormulas>(step.before.taken_marked, step.before.taking.taken, rules);
    if (!guards::acknowledges_the_arrived(rules))
        return becomes(step, expected);
    // What has arrived without a gap: of one message the window shows whether it has.
    const Number more = expected.acknowledged + 1;
    Shown arrived = expected;
    arrived.acknowledged = more;
    return becomes(step, expected) ||
           (implies(more == step.before.number, !(step.before.arrived == none(step.before))) && becomes(step, arrived));
}

} // namespace

std::vector<Action> actions(const impl::LinkRules& rules) {
    return {
        {"submits", "the sender's process has a message", [rules](const Step& step) { return submits(step, rules); }},
        {"sender_writes", "a transaction of the sender begins, with what there is", sender_writes},
        {"sender_stores", "it ends", sender_stores},
        {"sender_is_told", "the sender is told what is stored", sender_is_told},
        {"sender_crashes", "the sender crashes, and goes on from what is stored", sender_crashes},
        {"sends", "a frame with a message leaves", [rules](const Step& step) { return sends(step, rules); }},
        {"sends_again", "a new session, or the sender begins again with what is not acknowledged", sends_again},
        {"hears_acknowledgement", "an acknowledgement arrives", hears_acknowledgement},
        {"receives", "a frame with a message arrives", [rules](const Step& step) { return receives(step, rules); }},
        {"takes", "the receiver's process takes the next message", takes},
        {"receiver_writes", "a transaction of the receiver begins", receiver_writes},
        {"receiver_stores", "it ends", receiver_stores},
        {"receiver_is_told", "the receiver is told what is stored", receiver_is_told},
        {"receiver_crashes", "the receiver crashes, and goes on from what is stored", receiver_crashes},
        {"acknowledges", "an acknowledgement leaves", [rules](const Step& step) { return acknowledges(step, rules); }},
    };
}

std::vector<Statement> lemmas() {
    const auto both_orders = [](const Sending<Symbolic>& older, const Sending<Symbolic>& newer) {
        return older.accepted <= newer.accepted && older.acknowledged <= newer.acknowledged;
    };
    const auto kept_rightly = [](const Shown& window, const Sending<Symbolic>& part) {
        const Truth is_there = window.number <= part.accepted;
        const Truth is_kept = is_there && !(window.number <= part.acknowledged);
        return (part.said == none(window)) == !is_there && part.kept == choose(is_kept, part.said, none(window));
    };
    return {
        {"storage_follows", "What is stored is no newer than what is written, nor that than what there is",
         [=](const Shown& window) {
             return both_orders(window.stored, window.now) &&
                    implies(window.storing,
                            both_orders(window.stored, window.written) && both_orders(window.written, window.now)) &&
                    window.marked <= window.stored.accepted && window.taken_marked <= window.taking_stored.taken &&
                    window.taking_stored.taken <= window.taking.taken &&
                    implies(window.taking_storing, window.taking_stored.taken <= window.taking_written.taken &&
                                                       window.taking_written.taken <= window.taking.taken);
         }},
        {"history_grows", "A message that is stored is the same in all that is newer",
         [=](const Shown& window) {
             return implies(window.number <= window.stored.accepted,
                            window.now.said == window.stored.said &&
                                implies(window.storing, window.written.said == window.stored.said)) &&
                    implies(window.storing && window.number <= window.written.accepted,
                            window.now.said == window.written.said);
         }},
        {"what_is_open_is_kept", "The sender keeps exactly what it has accepted and the peer has not acknowledged",
         [=](const Shown& window) {
             return kept_rightly(window, window.now) && kept_rightly(window, window.stored) &&
                    implies(window.storing, kept_rightly(window, window.written)) &&
                    window.now.acknowledged <= window.sent;
         }},
        {"frames_are_stored",
         "A frame has a message that is stored, as it is stored, and confirms what is taken for good",
         [](const Shown& window) {
             return implies(window.frame, window.frame_number <= window.stored.accepted &&
                                              window.frame_confirmed <= window.taking_stored.taken &&
                                              implies(window.frame_number == window.number,
                                                      window.frame_payload == window.stored.said));
         }},
        {"acknowledged_is_taken", "What is acknowledged the receiver has taken, for good",
         [](const Shown& window) {
             return window.now.acknowledged <= window.taking_stored.taken &&
                    implies(window.acknowledgement, window.acknowledged <= window.taking_stored.taken);
         }},
        {"taken_is_stored", "What the receiver holds or has taken is stored by the sender, and is what that says",
         [](const Shown& window) {
             const auto rightly = [&](const Taking<Symbolic>& part) {
                 return part.taken <= window.stored.accepted &&
                        part.got == choose(window.number <= part.taken, window.stored.said, none(window));
             };
             return rightly(window.taking) && rightly(window.taking_stored) &&
                    implies(window.taking_storing, rightly(window.taking_written)) &&
                    implies(!(window.arrived == none(window)), window.number <= window.stored.accepted &&
                                                                   window.arrived == window.stored.said &&
                                                                   !(window.number <= window.taking.taken));
         }},
    };
}

std::vector<Statement> claims() {
    return {
        {"exactly_once_in_order",
         "what a process has taken is, number for number, what the other one has said; nothing else, and nothing twice",
         [](const Shown& window) {
             return window.taking.got == choose(window.number <= window.taking.taken, window.now.said, none(window)) &&
                    window.taking.taken <= window.now.accepted;
         }},
        {"nothing_lost", "what a process has said is taken for good, or still kept for the other one",
         [](const Shown& window) {
             return implies(window.number <= window.now.accepted,
                            window.number <= window.taking_stored.taken ||
                                (window.now.kept == window.now.said && !(window.now.kept == none(window))));
         }},
        {"never_forgotten", "no frame says more than the end that it comes to knows",
         [](const Shown& window) {
             const auto is_beyond = guards::is_beyond<LinkFormulas>;
             return !(window.acknowledgement && is_beyond(window.acknowledged, window.now.accepted)) &&
                    !(window.frame && is_beyond(window.frame_confirmed, window.taking.taken));
         }},
    };
}

std::vector<Argument::Beside> beside(const Step& step, ActionId action) {
    const auto said_of = [](const char* lemma, const Shown& window) {
        const std::vector<Statement> all = lemmas();
        return Argument::Beside{lemma, std::ranges::find(all, std::string(lemma), &Statement::name)->text(window)};
    };
    Shown window = step.before;
    if (action == ActionId::receives) {
        window.frame = truth(window, true);
        window.frame_number = step.heard;
        window.frame_payload = step.heard_payload;
        window.frame_confirmed = none(window); // what it confirms is taken when it is an acknowledgement that arrives
        return {said_of("frames_are_stored", window)};
    }
    if (action == ActionId::hears_acknowledgement) {
        window.acknowledgement = truth(window, true);
        window.acknowledged = step.heard;
        return {said_of("acknowledged_is_taken", window)};
    }
    if (action != ActionId::takes)
        return {};
    // It is held, and so it is not taken, and is what the sender has stored: that is a window, too.
    window.number = step.heard;
    window.arrived = window.stored.said = step.heard_payload;
    window.taking.got = window.taking_stored.got = window.taking_written.got = none(window);
    return {said_of("taken_is_stored", window)};
}

Truth well_formed(const Shown& window) {
    const Number one = window.number.owner().number(1);
    return one <= window.number && one <= window.capacity;
}

Truth initial(const Shown& window) {
    Truth nothing = !window.storing && !window.taking_storing && !window.frame && !window.acknowledgement;
    for (const Number each :
         {window.now.accepted, window.now.acknowledged, window.now.said, window.now.kept, window.stored.accepted,
          window.stored.acknowledged, window.stored.said, window.stored.kept, window.marked, window.sent,
          window.taking.taken, window.taking.got, window.taking_stored.taken, window.taking_stored.got,
          window.taken_marked, window.arrived})
        nothing = nothing && each == none(window);
    return nothing;
}

Argument argument(const ProofOptions& options, const Step& step) {
    const Shown& window = step.before;
    Argument argument{.structure_before = {{"messages have numbers, and there is room for one", well_formed(window)}},
                      .structure_after = {},
                      .initial = initial(window),
                      .acts = truth(window, true),
                      .lemmas = {},
                      .actions = {},
                      .claims = {}};
    for (const Statement& each : lemmas())
        argument.lemmas.push_back(
            {each.name, each.sentence, each.text(window), each.text(window), each.text(step.after)});
    for (std::size_t action = 0; action < options.actions.size(); ++action) {
        const Action& each = options.actions[action];
        argument.actions.push_back(
            {each.name, each.sentence, each.relation(step), beside(step, static_cast<ActionId>(action))});
    }
    const Truth is_telling =
        window.number <= window.taking.taken && window.frame && window.acknowledgement && !window.storing;
    for (const Statement& each : claims())
        argument.claims.push_back({each.name, each.sentence, each.text(window), {{"can_happen", is_telling}}});
    argument.leave_out(options.without);
    return argument;
}

Proof prove(const ProofOptions& options) {
    checker::smt::Formulas formulas;
    Step step;
    make_unknown(formulas, step);
    const Argument asked = argument(options, step);
    return prove_argument<Transition<Concrete>>(formulas, asked, options.induction);
}

} // namespace mdcd::model::proof::link
