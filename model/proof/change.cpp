// The lemmas about changes in the life of an upgrade, what they imply, and the questions. docs/soundness.md tells the
// argument. Knows no state of the implementation.
#include "model/proof/change.hpp"

namespace mdcd::model::proof::change {

using Shown = Window<Symbolic>;
using P = Peer<Symbolic>;
using L = Line<Symbolic>;

namespace {

Truth all_peers(const Shown& window, const std::function<Truth(const P&)>& text) {
    Truth result = window.settled.owner().constant(true);
    for (const P& each : window.peers)
        result = result && text(each);
    return result;
}
Truth all_lines(const Shown& window, const std::function<Truth(const P& from, const P& to, const L&)>& text) {
    Truth result = window.settled.owner().constant(true);
    for (std::size_t from = 0; from < seats_shown; ++from)
        for (std::size_t to = 0; to < seats_shown; ++to)
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
Truth is_before(const Shown& window, const P& seat) {
    return seat.incarnation < window.incarnation;
}
Truth waits(const P& seat) {
    return seat.halted || seat.coordinating;
}
Truth fits(const Shown& window, Truth begin, Truth commit) {
    return begin == !window.under_way && !(begin && commit);
}
Truth is_value(const Shown& window, Number sn, Truth begin, Truth granted) {
    return window.settled && sn == window.value && begin == window.value_begin && granted == window.value_granted;
}

Truth phases(const Shown& window) {
    return all_peers(window, [&](const P& each) {
        return implies(is_before(window, each), !each.ended) &&
               implies(window.incarnation < each.incarnation, each.ended) &&
               waits(each) == (each.incarnation == window.incarnation && !each.ended) &&
               !(each.halted && each.coordinating) && implies(waits(each), !each.running) &&
               implies(each.coordinating, each.coordinator == each.id) && implies(each.decider, each.ended) &&
               implies(each.first, each.decider);
    });
}

std::vector<Lemma> lemmas_about_agreement() {
    return {
        {"phases",
         "Who is in an earlier incarnation has not ended the change, who is in a later one has; who is at it "
         "coordinates, waits, or has ended it",
         phases},
        {"intents_fit", "While an upgrade is under way nobody begins one; while none is, nobody ends one",
         [](const Shown& window) {
             return all_peers(window,
                              [&](const P& each) {
                                  return implies(waits(each), fits(window, each.wants_begin, each.wants_commit));
                              }) &&
                    all_lines(window, [&](const P&, const P&, const L& line) {
                        return implies(line.announced, fits(window, line.asks_begin, line.asks_commit));
                    });
         },
         false,
         [](const Step& step) {
             return implies(step.happening.hidden_announcement,
                            fits(step.before, step.happening.asks_begin, step.happening.asks_commit));
         }},
        {"replies_give_way", "Who has replied to somebody neither coordinates nor has decided, nor ever will",
         [](const Shown& window) {
             return all_lines(window, [&](const P& from, const P&, const L& line) {
                 return implies(line.replied || line.counted,
                                !is_before(window, from) && !from.coordinating && !from.decider);
             });
         }},
        {"one_decides", "When one has decided, none of the others has, coordinates, or has yet to halt",
         [](const Shown& window) {
             return all_lines(window, [&](const P& from, const P& to, const L&) {
                 return implies(from.decider, !to.decider && !is_before(window, to) && !to.coordinating);
             });
         }},
        {"none_is_behind", "When somebody has decided, everybody has come to this change",
         [](const Shown& window) {
             return all_peers(window, [&](const P& each) { return implies(window.settled, !is_before(window, each)); });
         },
         true},
        {"what_is_settled_is_told", "Every decision that is told, or followed, is the one that was made first",
         [](const Shown& window) {
             return all_peers(window,
                              [&](const P& each) {
                                  return implies(each.ended, is_value(window, each.decision, each.decision_begin,
                                                                      each.decision_granted));
                              }) &&
                    all_lines(window, [&](const P&, const P&, const L& line) {
                        return implies(line.decided,
                                       is_value(window, line.decision_sn, line.decision_begin, line.decision_granted));
                    });
         },
         true,
         [](const Step& step) {
             const auto& happening = step.happening;
             return implies(happening.hidden_decision,
                            is_value(step.before, happening.sn, happening.is_begin, happening.is_granted)) &&
                    implies(happening.hidden_later, step.before.settled);
         }},
        {"what_is_later_is_after", "A later incarnation begins when this change is decided",
         [](const Shown& window) { return implies(window.later, window.settled); }},
    };
}

std::vector<Lemma> lemmas_about_what_is_told() {
    return {
        {"halted_registers_stay", "Until the upgrade has ended a seat knows what it knew when it halted",
         [](const Shown& window) {
             return all_peers(window, [&](const P& each) {
                 return implies(window.under_way && waits(each), each.valid == each.offered) &&
                        implies(window.under_way && each.coordinating, each.offered <= each.known);
             });
         }},
        {"replies_carry_registers", "A reply says what its sender knew, and who has counted it knows as much",
         [](const Shown& window) {
             return all_lines(window, [&](const P& from, const P& to, const L& line) {
                 return implies(window.under_way && line.replied, line.reply_sn == from.offered) &&
                        implies(line.counted, to.coordinating && implies(window.under_way, from.offered <= to.known));
             });
         }},
        {"decisions_cover", "What ends an upgrade covers what each seat knew when it halted",
         [](const Shown& window) {
             return all_peers(window, [&](const P& each) {
                 return implies(window.under_way && window.settled, each.offered <= window.value);
             });
         },
         true},
        {"objections_stay", "Who had something against the change when it halted has it still, and counts it itself",
         [](const Shown& window) {
             return all_peers(window, [&](const P& each) {
                 return implies(waits(each) && each.refused, choose(window.under_way, each.failed, each.catching)) &&
                        implies(each.coordinating && each.refused, each.objected);
             });
         }},
        {"replies_carry_objections", "A reply of who had something against the change says so, and it is counted",
         [](const Shown& window) {
             return all_lines(window, [](const P& from, const P& to, const L& line) {
                 return implies(line.replied && from.refused, line.reply_objects) &&
                        implies(line.counted && from.refused, to.objected);
             });
         }},
        {"objections_count", "What somebody had something against is neither begun nor committed",
         [](const Shown& window) {
             return all_peers(
                 window, [&](const P& each) { return implies(window.settled && window.value_granted, !each.refused); });
         },
         true},
        {"what_is_decided_fits", "A begin is decided if no upgrade is under way, an end if one is",
         [](const Shown& window) { return implies(window.settled, window.value_begin == !window.under_way); }, true},
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
    for (std::size_t one = 0; one < seats_shown; ++one) {
        result = result && !(step.happening.sender == step.before.peers[one].id);
        for (std::size_t other = 0; other < one; ++other)
            result = result && !(step.before.peers[one].id == step.before.peers[other].id);
    }
    return result;
}

// When the change before this one is decided.
Truth initial(const Shown& window) {
    const Number zero = window.settled.owner().number(0);
    Truth nothing = !window.settled && !window.later;
    for (const P& each : window.peers)
        nothing = nothing && is_before(window, each) && !waits(each) && !each.ended && !each.decider && !each.first &&
                  each.offered == zero && !each.refused;
    return nothing && all_lines(window, [](const P&, const P&, const L& line) {
               return !line.announced && !line.replied && !line.counted && !line.decided;
           });
}

std::vector<Claim> claims_about_agreement() {
    return {
        {"one_outcome", "two seats that have ended a change have ended it with the same outcome and the same numbers",
         [](const Shown& window) {
             const P& one = window.peers[0];
             const P& other = window.peers[1];
             return implies(one.ended && other.ended, one.decision == other.decision &&
                                                          one.decision_begin == other.decision_begin &&
                                                          one.decision_granted == other.decision_granted);
         },
         "one has decided to commit, and knew something; the other one has committed",
         [](const Shown& window) {
             const P& one = window.peers[0];
             return one.ended && window.peers[1].ended && one.decider && !one.decision_begin && one.decision_granted &&
                    window.settled.owner().number(1) <= one.decision;
         }},
        {"one_decider", "two coordinators never decide one change",
         [](const Shown& window) { return !(window.peers[0].decider && window.peers[1].decider); },
         "one has decided, and the other one has given way",
         [](const Shown& window) {
             return window.peers[0].decider && window.peers[1].halted &&
                    window.peers[1].coordinator == window.peers[0].id;
         }},
        {"nobody_is_left_behind", "whoever has ended a change meets nobody who has not come to it",
         [](const Shown& window) { return implies(window.peers[0].ended, !is_before(window, window.peers[1])); },
         "one goes on in a later incarnation, another one waits in this",
         [](const Shown& window) {
             return window.peers[0].ended && window.incarnation < window.peers[0].incarnation && window.peers[1].halted;
         }},
        {"no_change_is_skipped",
         "who is in a later incarnation has ended this change, and who has ended it is in no earlier one",
         [](const Shown& window) {
             const P& seat = window.peers[0];
             return implies(window.incarnation < seat.incarnation, seat.ended) &&
                    implies(seat.ended, window.incarnation <= seat.incarnation);
         },
         "a seat is in a later incarnation, and an announcement of this one comes to it",
         [](const Shown& window) {
             return window.incarnation < window.peers[0].incarnation && window.line(1, 0).announced;
         }},
    };
}

std::vector<Claim> claims_about_what_is_decided() {
    return {
        {"one_end",
         "what ends an upgrade under way is a commit or a recovery; if none is under way nothing is committed "
         "or recovered",
         [](const Shown& window) {
             return implies(window.peers[0].ended, window.peers[0].decision_begin == !window.under_way);
         },
         "one wants to commit, and it is recovered",
         [](const Shown& window) {
             return window.peers[0].ended && !window.peers[0].decision_granted && window.peers[1].halted &&
                    window.peers[1].wants_commit;
         }},
        {"objections_are_heard",
         "nothing is committed if a test had failed at a seat when it halted, or begun if it caught up",
         [](const Shown& window) {
             return implies(window.peers[0].ended && window.peers[0].decision_granted, !window.peers[1].refused);
         },
         "it is committed, and a test has failed too late",
         [](const Shown& window) {
             return window.peers[0].ended && window.peers[0].decision_granted && window.under_way &&
                    window.peers[1].halted && window.peers[1].failed;
         }},
        {"decision_covers_all", "what ends an upgrade covers what each seat knew to be validated when it halted",
         [](const Shown& window) {
             return implies(window.under_way && window.peers[0].ended,
                            window.peers[1].offered <= window.peers[0].decision);
         },
         "the other one knew something",
         [](const Shown& window) {
             return window.under_way && window.peers[0].ended && !window.peers[0].decider &&
                    window.settled.owner().number(1) <= window.peers[1].offered;
         }},
    };
}

template <class Part> std::vector<Part> both(std::vector<Part> some, std::vector<Part> others) {
    some.insert(some.end(), others.begin(), others.end());
    return some;
}

} // namespace

std::vector<Lemma> lemmas() {
    return both(lemmas_about_agreement(), lemmas_about_what_is_told());
}

std::vector<Claim> claims() {
    return both(claims_about_agreement(), claims_about_what_is_decided());
}

Argument argument(const ProofOptions& options, const Step& step) {
    Argument argument{.structure_before = {{"ids differ", well_formed(step)}},
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

} // namespace mdcd::model::proof::change
