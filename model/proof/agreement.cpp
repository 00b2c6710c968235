// The lemmas about recovery by messages, what they imply, and the questions. docs/soundness.md tells the argument.
// Knows no state of the implementation.
#include "model/proof/agreement.hpp"

#include <algorithm>

#include "model/proof/fields.hpp"

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
        {"one_decides", "When one has decided, all others have halted, none coordinates, and none has decided",
         [](const Shown& window) {
             return all_lines(window, [](const P& from, const P& to, const Line<Symbolic>&) {
                 return implies(from.decider, !to.is_before && !is_coordinating(to) && !to.decider);
             });
         }},
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
        {"decisions_cover", "What was decided covers what each process knew when it halted",
         [](const Shown& window) {
             return all_peers(window,
                              [&](const P& each) { return implies(window.settled, each.offered <= window.value); });
         },
         true},
    };
}

Truth concluded(const Lemma& lemma, const Shown& window) {
    const Truth text = lemma.text(window);
    return lemma.needs_decider ? implies(implies(window.settled, shows_decider(window)), text) : text;
}

Truth well_formed(const Step& step) {
    Truth result = step.before.settled.owner().constant(true);
    for (std::size_t one = 0; one < peers_shown; ++one) {
        result = result && !(step.happening.sender == step.before.peers[one].id);
        for (std::size_t other = 0; other < one; ++other)
            result = result && !(step.before.peers[one].id == step.before.peers[other].id);
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
        {"decision_covers_all", "a decision covers what each process knew to be validated when it halted",
         [](const Shown& window) {
             return implies(window.peers[0].ended, window.peers[1].offered <= window.peers[0].decision);
         },
         "the other one knew something",
         [](const Shown& window) {
             return window.peers[0].ended && !window.peers[0].decider &&
                    window.settled.owner().number(1) <= window.peers[1].offered;
         }},
    };
}

Proof prove(const ProofOptions& options) {
    using checker::smt::Finding;
    using checker::smt::ObligationGroup;
    checker::smt::Formulas formulas;
    Step step;
    make_unknown(formulas, step);
    std::vector<Lemma> kept = lemmas();
    std::erase_if(kept, [&](const Lemma& each) {
        return std::ranges::find(options.without, each.name) != options.without.end();
    });
    std::vector<Truth> assumed{well_formed(step)};
    for (const Lemma& each : kept) {
        assumed.push_back(each.text(step.before));
        if (each.of_hidden)
            assumed.push_back(each.of_hidden(step));
    }
    std::vector<ObligationGroup> groups;
    const auto add = [&](const std::string& name, std::vector<Truth> premises) -> ObligationGroup& {
        groups.push_back({name, std::move(premises), {}});
        return groups.back();
    };
    const auto add_lemmas = [&](ObligationGroup& group, const Shown& window) {
        for (const Lemma& each : kept)
            group.obligations.push_back({each.name, concluded(each, window)});
    };
    add_lemmas(add("start", {well_formed(step), initial(step.before)}), step.before);
    for (const Action& each : options.actions) {
        std::vector<Truth> premises = assumed;
        premises.push_back(each.relation(step));
        ObligationGroup& group = add(each.name, std::move(premises));
        add_lemmas(group, step.after);
        group.obligations.push_back({"can_happen", !step.happening.acts[0], false}); // to be refuted
    }
    for (const Claim& each : claims()) {
        ObligationGroup& group = add(each.name, assumed);
        group.obligations.push_back({"follows", each.text(step.before)});
        group.obligations.push_back({"can_happen", !each.telling(step.before), false});
        add(each.name, {well_formed(step)}).obligations.push_back({"can_fail", each.text(step.before), false});
    }
    const checker::smt::Findings findings = checker::smt::prove(formulas, groups, options.induction);
    Proof proof;
    proof.statistics = findings.statistics;
    for (std::size_t group = 0; group < groups.size(); ++group)
        for (std::size_t place = 0; place < groups[group].obligations.size(); ++place) {
            const checker::smt::Obligation& asked = groups[group].obligations[place];
            const Finding::Verdict verdict = findings.groups[group][place].verdict;
            const std::string name = groups[group].name + ": " + asked.name;
            const bool expected = (verdict == Finding::Verdict::proved) == asked.wants_witness;
            if (verdict == Finding::Verdict::unknown)
                proof.unknown.push_back(name);
            else if (!expected)
                proof.refuted.push_back(name);
            else if (asked.name == "follows")
                proof.proved_claims.push_back(groups[group].name);
        }
    return proof;
}

} // namespace mdcd::model::proof::agreement
