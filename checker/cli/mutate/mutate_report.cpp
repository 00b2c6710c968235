// The report of a campaign: one row for each mutant, and the score.
// Knows nothing of how it was found out.
#include "checker/cli/mutate/mutate_report.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <ostream>

#include "checker/cli/text_table.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli::mutate {
namespace {

using traces::Value;

constexpr std::array layers{Layer::property, Layer::stopped, Layer::count,
                            Layer::survived, Layer::not_run, Layer::undecided};
constexpr std::array kinds{Matters::yes, Matters::no, Matters::not_said};

const char* word_of(Matters matters) {
    switch (matters) {
    case Matters::yes:
        return "yes";
    case Matters::no:
        return "no";
    case Matters::not_said:
        return "not said";
    }
    return "";
}

std::string seen_by(const Outcome& outcome) {
    if (outcome.layer == Layer::property)
        return outcome.property + ": " + outcome.found +
               (outcome.steps ? " in " + plural(static_cast<std::uint64_t>(*outcome.steps), "step") : "") +
               (outcome.expected == "holds" || outcome.expected == "reached" ? "" : ", expected " + outcome.expected);
    return outcome.found;
}

Cell::Tone tone_of(const Trial& trial, const Outcome& outcome) {
    if (is_caught(outcome))
        return Cell::Tone::good;
    return trial.matters == Matters::yes ? Cell::Tone::bad : Cell::Tone::plain;
}

std::size_t count(const std::vector<Trial>& trials, const Campaign& campaign, Layer layer,
                  const std::function<bool(const Trial&)>& is_meant) {
    std::size_t number = 0;
    for (std::size_t index = 0; index < trials.size(); ++index) {
        const std::optional<Outcome>& outcome = campaign.outcomes[index];
        number += outcome && outcome->layer == layer && is_meant(trials[index]) ? 1U : 0U;
    }
    return number;
}

std::size_t score(const std::vector<Trial>& trials, const Campaign& campaign, Layer layer, Matters kind) {
    return count(trials, campaign, layer, [kind](const Trial& trial) { return trial.matters == kind; });
}

void print_score(std::ostream& out, const std::vector<Trial>& trials, const Campaign& campaign) {
    TextTable table({"seen by", "matters", "does not matter", "not said"});
    for (const Layer layer : layers) {
        std::vector<Cell> row{{name_of(layer)}};
        for (const Matters kind : kinds)
            row.push_back({std::to_string(score(trials, campaign, layer, kind))});
        table.add(std::move(row));
    }
    table.print_text(out, false);
}

void print_survivors(std::ostream& out, const std::vector<Trial>& trials, const Campaign& campaign) {
    for (std::size_t index = 0; index < trials.size(); ++index) {
        const Trial& trial = trials[index];
        const std::optional<Outcome>& outcome = campaign.outcomes[index];
        if (!outcome || is_caught(*outcome) || trial.matters != Matters::yes)
            continue;
        out << trial.name << ": " << name_of(outcome->layer)
            << (outcome->found.empty() ? "" : " (" + outcome->found + ")") << "\n    " << trial.fault << '\n';
        if (!trial.function.empty())
            out << "    in " << trial.function << '\n';
    }
}

std::size_t untried(const Campaign& campaign) {
    return static_cast<std::size_t>(std::ranges::count_if(
        campaign.outcomes, [](const std::optional<Outcome>& outcome) { return !outcome.has_value(); }));
}

} // namespace

ExitCode exit_code_of(const std::vector<Trial>& trials, const Campaign& campaign) {
    if (campaign.interrupted)
        return ExitCode::interrupted;
    const auto any = [&](const std::function<bool(const Outcome&)>& is_meant) {
        for (std::size_t index = 0; index < trials.size(); ++index)
            if (trials[index].matters == Matters::yes && campaign.outcomes[index] &&
                is_meant(*campaign.outcomes[index]))
                return true;
        return false;
    };
    if (any([](const Outcome& outcome) { return !is_caught(outcome) && outcome.layer != Layer::undecided; }))
        return ExitCode::violated;
    const bool is_open = !is_whole(campaign) || any([](const Outcome& outcome) { return !is_caught(outcome); });
    return is_open ? ExitCode::inconclusive : ExitCode::as_expected;
}

void print_text(std::ostream& out, const std::string& gate, const std::vector<Trial>& trials, const Campaign& campaign,
                bool color) {
    out << "gate " << gate << " under " << plural(trials.size(), "mutant") << '\n';
    TextTable table({"mutant", "matters", "seen", "check", "by", "seconds"});
    for (std::size_t index = 0; index < trials.size(); ++index) {
        const std::optional<Outcome>& outcome = campaign.outcomes[index];
        if (!outcome) {
            table.add({{trials[index].name}, {word_of(trials[index].matters)}, {"not tried"}});
            continue;
        }
        table.add({{trials[index].name},
                   {word_of(trials[index].matters)},
                   {name_of(outcome->layer), tone_of(trials[index], *outcome)},
                   {outcome->check},
                   {seen_by(*outcome)},
                   {decimal(outcome->seconds, 1)}});
    }
    table.print_text(out, color);
    out << '\n';
    print_survivors(out, trials, campaign);
    out << '\n';
    print_score(out, trials, campaign);
    if (const std::size_t left = untried(campaign); left > 0)
        out << (campaign.interrupted ? "interrupted: " : "the time was over: ") << plural(left, "mutant")
            << " not tried\n";
    const ExitCode code = exit_code_of(trials, campaign);
    out << "verdict: "
        << (code == ExitCode::violated ? "a mutant that matters is seen by no property"
            : code == ExitCode::inconclusive
                ? "inconclusive: a limit was hit before a property saw every mutant that matters"
            : code == ExitCode::interrupted ? "interrupted"
                                            : "every mutant that matters is seen by a property")
        << '\n';
}

void print_json(std::ostream& out, const std::string& gate, const std::vector<Trial>& trials,
                const Campaign& campaign) {
    Value::List mutants;
    for (std::size_t index = 0; index < trials.size(); ++index) {
        const Trial& trial = trials[index];
        Value::Record record{{"name", trial.name}, {"matters", word_of(trial.matters)}, {"fault", trial.fault}};
        if (!trial.reason.empty())
            record.emplace_back("reason", trial.reason);
        if (!trial.function.empty())
            record.emplace_back("function", trial.function);
        const std::optional<Outcome>& outcome = campaign.outcomes[index];
        record.emplace_back("seen", outcome ? name_of(outcome->layer) : std::string("not tried"));
        if (outcome) {
            record.emplace_back("checks_run", static_cast<std::int64_t>(outcome->checks_run));
            for (const auto& [field, text] : {std::pair{"check", outcome->check},
                                              {"property", outcome->property},
                                              {"expected", outcome->expected},
                                              {"found", outcome->found}})
                if (!text.empty())
                    record.emplace_back(field, text);
            if (outcome->steps)
                record.emplace_back("steps", *outcome->steps);
        }
        mutants.emplace_back(std::move(record));
    }
    Value::List functions;
    std::vector<std::string> run;
    for (const CheckRun& check : campaign.checks)
        run.insert(run.end(), check.functions.begin(), check.functions.end());
    std::ranges::sort(run);
    run.erase(std::unique(run.begin(), run.end()), run.end());
    for (const std::string& each : run)
        functions.emplace_back(each);
    Value::Record scores;
    for (const Layer layer : layers) {
        Value::Record row;
        for (const Matters kind : kinds)
            row.emplace_back(word_of(kind), static_cast<std::int64_t>(score(trials, campaign, layer, kind)));
        scores.emplace_back(name_of(layer), std::move(row));
    }
    scores.emplace_back("not tried", static_cast<std::int64_t>(untried(campaign)));
    out << traces::to_json(Value::Record{{"gate", gate},
                                         {"interrupted", campaign.interrupted},
                                         {"out_of_time", campaign.out_of_time},
                                         {"score", std::move(scores)},
                                         {"mutants", std::move(mutants)},
                                         {"functions_run", std::move(functions)},
                                         {"exit_code", static_cast<int>(exit_code_of(trials, campaign))}});
}

} // namespace mdcd::checker::cli::mutate
