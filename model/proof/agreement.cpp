// The lemmas about recovery by messages, what they imply, and the questions. docs/soundness.md tells the argument.
// Knows no state of the implementation.
#include "model/proof/agreement.hpp"

namespace mdcd::model::proof::agreement {

using Shown = Window<Symbolic>;
using P = Peer<Symbolic>;

namespace {

Number zero(const Shown& window) {
    return window.settled.owner().number(0);
}
Truth all_peers(const Shown& window, const std::function<Truth(const P&)>& text) {
    Truth result = window.settled.owner().constant(true);
    for (const P& each : window.peers)
        result = result && text(each);
    return result;
}
// text(from, to, line)
template <class Text> Truth all_lines(const Shown& window, Text text) {
    Truth result = window.settled.owner().constant(true);
    for (std::size_t from = 0; from < peers_shown; ++from)
        for (std::size_t to = 0; to < peers_shown; ++to)
            if (from != to)
                result = result && text(window.peers[from], window.peers[to], window.line(from, to));
    return result;
}
Truth shows_decider(const Shown& window) {
    Truth shown = window.settled.owner().constant(false);
    for (const P& each : window.peers)
        shown = shown || each.first;
    return shown;
}
Truth is_coordinating(const P& process) {
    return process.at && process.coordinating;
}

} // namespace

std::vector<Lemma> lemmas() {
    return {
        {"phases",
         "Who has not come to the recovery has not ended it; who is at it coordinates, waits, or has ended it",
         [](const Shown& window) {
             return all_peers(window, [](const P& each) {
                 return !(each.is_before && (each.at || each.ended)) && implies(each.at, each.running == each.ended) &&
                        (each.is_before || each.at || each.ended) && implies(each.gone, each.is_before) &&
                        implies(each.coordinating, each.at && !each.running && each.coordinator == each.id) &&
                        implies(each.decider, each.ended) && implies(each.first, each.decider);
             });
         }},
        {"replies_give_way", "Who has replied to somebody neither coordinates nor has decided, nor ever will",
         [](const Shown& window) {
             return all_lines(window, [](const P& from, const P&, const Line<Symbolic>& line) {
                 return implies(line.replied || line.counted,
                                !from.is_before && !is_coordinating(from) && !from.decider);
             });
         }},
        {"one_decides",
         "When one has decided, none of the others has, and none that takes part coordinates or has yet to halt",
         [](const Shown& window) {
             return all_lines(window, [](const P& from, const P& to, const Line<Symbolic>&) {
                 return implies(from.decider, !to.decider && (to.outside || (!to.is_before && !is_coordinating(to))));
             });
         }},
        {"none_is_behind", "When somebody has decided, whoever takes part has begun this recovery",
         [](const Shown& window) {
             return all_peers(window,
                              [&](const P& each) { return implies(window.settled, each.outside || !each.is_before); });
         },
         true},
        {"what_is_settled_is_told", "Every decision that is told, or followed, is the one that was made first",
         [](const Shown& window) {
             return all_peers(window,
                              [&](const P& each) {
                                  return implies(each.ended, window.settled && each.decision == window.value);
                              }) &&
                    all_lines(window, [&](const P&, const P&, const Line<Symbolic>& line) {
                        return implies(line.decided, window.settled && line.decision_sn == window.value);
                    });
         },
         true,
         [](const Step& step) {
             return implies(step.happening.hidden_decision,
                            step.before.settled && step.happening.decision_sn == step.before.value);
         }},
        {"halted_registers_stay", "Until it has ended the recovery a process knows what it knew when it halted",
         [](const Shown& window) {
             return all_peers(window, [](const P& each) {
                 return implies(each.at && !each.running, each.valid == each.offered) &&
                        implies(is_coordinating(each), each.offered <= each.known);
             });
         }},
        {"replies_carry_registers", "A reply says what its sender knew, and who has counted it knows as much",
         [](const Shown& window) {
             return all_lines(window, [](const P& from, const P& to, const Line<Symbolic>& line) {
                 return implies(line.replied, line.reply_sn == from.offered) &&
                        implies(line.counted, is_coordinating(to) && from.offered <= to.known);
             });
         }},
        {"decisions_cover", "What was decided covers what each process that takes part knew when it halted",
         [](const Shown& window) {
             return all_peers(window, [&](const P& each) {
                 return implies(window.settled && !each.outside, each.offered <= window.value);
             });
         },
         true},
    };
}

Truth assumed(const Lemma& lemma, const Step& step) {
    const Truth text = lemma.text(step.before);
    return lemma.of_hidden ? text && lemma.of_hidden(step) : text;
}

Truth concluded(const Lemma& lemma, const Shown& window) {
    const Truth text = lemma.text(window);
    return lemma.needs_decider ? implies(implies(window.settled, shows_decider(window)), text) : text;
}

Truth well_formed(const Step& step) {
    Truth result = step.before.settled.owner().constant(true);
    for (std::size_t one = 0; one < peers_shown; ++one) {
        const P& process = step.before.peers[one];
        result = result && !(step.happening.sender == process.id) && implies(process.outside, process.is_new) &&
                 implies(process.gone, process.outside);
        for (std::size_t other = 0; other < one; ++other)
            result = result && !(process.id == step.before.peers[other].id) &&
                     !(process.outside && !process.gone && step.before.peers[other].outside &&
                       !step.before.peers[other].gone);
    }
    return result;
}

Truth initial(const Shown& window) {
    Truth nothing = !window.settled;
    for (const P& each : window.peers)
        nothing = nothing && each.is_before && !each.at && !each.running && !each.coordinating && !each.ended &&
                  !each.decider && !each.first && each.valid == zero(window) && each.offered == zero(window);
    return nothing && all_lines(window, [](const P&, const P&, const Line<Symbolic>& line) {
               return !line.announced && !line.replied && !line.counted && !line.decided;
           });
}

std::vector<Claim> claims() {
    const auto both_ended = [](const Shown& window) { return window.peers[0].ended && window.peers[1].ended; };
    return {
        {"one_outcome", "two processes that have ended a recovery have ended it with the same decision",
         [=](const Shown& window) {
             return implies(both_ended(window), window.peers[0].decision == window.peers[1].decision);
         },
         "one of them has decided, and more than nothing",
         [=](const Shown& window) {
             return both_ended(window) && window.peers[0].decider &&
                    window.settled.owner().number(1) <= window.peers[0].decision;
         }},
        {"one_decider", "two coordinators never decide in one recovery",
         [](const Shown& window) { return !(window.peers[0].decider && window.peers[1].decider); },
         "one has decided, and the other one has given way",
         [](const Shown& window) {
             return window.peers[0].decider && window.peers[1].at && !window.peers[1].running &&
                    window.peers[1].coordinator == window.peers[0].id;
         }},
        {"nobody_is_left_behind", "whoever has ended a recovery meets nobody who takes part and has not begun it",
         [](const Shown& window) {
             return implies(window.peers[0].ended, window.peers[1].outside || !window.peers[1].is_before);
         },
         "one goes on in a later recovery, another one has ended this",
         [](const Shown& window) { return window.peers[0].ended && !window.peers[0].at && window.peers[1].running; }},
        {"decision_covers_all",
         "a decision covers what each process that takes part knew to be validated when it halted",
         [](const Shown& window) {
             return implies(window.peers[0].ended && !window.peers[1].outside,
                            window.peers[1].offered <= window.peers[0].decision);
         },
         "the other one knew something",
         [](const Shown& window) {
             return window.peers[0].ended && !window.peers[0].decider &&
                    window.settled.owner().number(1) <= window.peers[1].offered;
         }},
    };
}

Argument argument(const ProofOptions& options, const Step& step) {
    Argument argument{.structure_before = {{"ids differ, and one new version at the most announces without taking part",
                                            well_formed(step)}},
                      .structure_after = {},
                      .initial = initial(step.before),
                      .acts = step.happening.acts[0],
                      .lemmas = {},
                      .actions = {},
                      .claims = {}};
    for (const Lemma& each : lemmas())
        argument.lemmas.push_back(
            {each.name, each.sentence, assumed(each, step), concluded(each, step.before), concluded(each, step.after)});
    for (const Action& each : options.actions)
        argument.actions.push_back({each.name, each.sentence, each.relation(step)});
    for (const Claim& each : claims())
        argument.claims.push_back(
            {each.name, each.sentence, each.text(step.before), {{"can_happen", each.telling(step.before)}}});
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

} // namespace mdcd::model::proof::agreement
