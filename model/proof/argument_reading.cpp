// One evaluation for each kind of question.
// Knows no action and no lemma by name.
#include "model/proof/argument_reading.hpp"

#include <algorithm>

namespace mdcd::model::proof {

using checker::smt::Evaluation;
using Truths = std::vector<Symbolic::Truth>;

namespace {

Truths lemma_texts(const Argument& argument, Symbolic::Truth Argument::Lemma::*text) {
    Truths all;
    for (const Argument::Lemma& each : argument.lemmas)
        all.push_back(each.*text);
    return all;
}

Truths claim_texts(const Argument& argument) {
    Truths all;
    for (const Argument::Claim& claim : argument.claims) {
        all.push_back(claim.text);
        for (const Argument::Case& each : claim.cases)
            all.push_back(each.truth);
    }
    return all;
}

} // namespace

ArgumentReading::ArgumentReading(const Argument& argument)
    : kept_(lemma_texts(argument, &Argument::Lemma::kept)), held_(lemma_texts(argument, &Argument::Lemma::at_start)),
      initial_(Truths{argument.initial}), claims_(claim_texts(argument)) {
    for (const auto* part : {&argument.structure_before, &argument.structure_after})
        for (const Premise& each : *part)
            structure_names_.push_back("not so: " + each.name);
    for (const Argument::Lemma& each : argument.lemmas)
        lemma_names_.push_back(each.name);
    for (const Argument::Claim& each : argument.claims) {
        claim_names_.push_back(each.name);
        case_counts_.push_back(each.cases.size());
    }
    for (const Argument::Action& action : argument.actions) {
        Truths texts;
        for (const auto* part : {&argument.structure_before, &argument.structure_after})
            for (const Premise& each : *part)
                texts.push_back(each.truth);
        texts.push_back(action.relation);
        for (const Argument::Beside& each : action.beside)
            texts.push_back(each.truth);
        actions_.emplace_back(texts);
    }
}

std::string ArgumentReading::objection(std::size_t action, Values values) {
    const std::vector<bool> truths = actions_[action](values);
    for (std::size_t place = 0; place < truths.size(); ++place)
        if (!truths[place])
            return place < structure_names_.size()    ? structure_names_[place]
                   : place == structure_names_.size() ? "the action does not allow what the implementation does"
                                                      : "what it takes is not what the lemmas say of it";
    return "";
}

std::vector<std::string> ArgumentReading::false_lemmas(Values values) {
    const std::vector<bool> truths = kept_(values);
    std::vector<std::string> names;
    for (std::size_t place = 0; place < truths.size(); ++place)
        if (!truths[place])
            names.push_back(lemma_names_[place]);
    return names;
}

std::vector<std::string> ArgumentReading::broken_lemmas(Values values) {
    const std::vector<bool> after = kept_(values);
    std::vector<std::string> names;
    std::vector<bool> before; // few are false
    for (std::size_t place = 0; place < after.size(); ++place) {
        if (after[place])
            continue;
        if (before.empty())
            before = held_(values);
        if (before[place])
            names.push_back(lemma_names_[place]);
    }
    return names;
}

bool ArgumentReading::is_initial(Values values) {
    return initial_(values)[0];
}

std::vector<ArgumentReading::ClaimReading> ArgumentReading::claims_of(Values values) {
    const std::vector<bool> truths = claims_(values);
    std::vector<ClaimReading> all;
    std::size_t next = 0;
    for (const std::size_t count : case_counts_) {
        ClaimReading& claim = all.emplace_back(ClaimReading{truths[next++], {}});
        for (std::size_t left = count; left > 0; --left)
            claim.cases.push_back(truths[next++]);
    }
    return all;
}

std::vector<std::string> ArgumentReading::false_claims(Values values) {
    std::vector<std::string> names;
    const std::vector<ClaimReading> all = claims_of(values);
    for (std::size_t place = 0; place < all.size(); ++place)
        if (!all[place].holds)
            names.push_back(claim_names_[place]);
    return names;
}

void FailureWatch::note(const std::string& failure, const std::vector<std::string>& run) {
    if (std::ranges::find(failures_, failure) == failures_.end())
        return;
    std::vector<std::string>& shortest = runs_[failure];
    if (shortest.empty() || run.size() < shortest.size())
        shortest = run;
}

Occurrences FailureWatch::found(const std::string& place, std::uint64_t states) const {
    Occurrences all;
    for (const std::string& failure : failures_) {
        Occurrence& each = all[failure];
        each.looked = {{place, states, false}};
        if (const auto run = runs_.find(failure); run != runs_.end()) {
            each.reached = true;
            each.run = run->second;
        }
    }
    return all;
}

} // namespace mdcd::model::proof
