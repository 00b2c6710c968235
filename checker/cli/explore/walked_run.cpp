// Executes the run on the implementation and tells what is there.
// Decides nothing: the verdicts are the model's, the words those of traces.
#include "checker/cli/explore/walked_run.hpp"

#include <algorithm>

#include "checker/cli/explore/state_cards.hpp"
#include "checker/version.hpp"
#include "model/check/check.hpp"
#include "model/runs/conclusion.hpp"
#include "model/runs/trace_writer.hpp"
#include "model/state/state_value.hpp"
#include "model/z3/z3_judge.hpp"
#include "traces/changes.hpp"
#include "traces/render_svg.hpp"

namespace mdcd::checker::cli::explore {

using model::Move;
using model::PropertyId;
using traces::Value;

namespace {

constexpr unsigned z3_timeout_ms = 3000;

Value count_value(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

Value texts(const std::vector<std::string>& lines) {
    Value::List list;
    for (const std::string& line : lines)
        list.emplace_back(line);
    return list;
}

std::string not_enabled(const std::string& text, const std::vector<Move>& moves) {
    std::string message = "'" + text + "' is not enabled there; enabled " + (moves.empty() ? "is nothing" : "are:");
    for (const Move& move : moves)
        message += "\n" + move.action.text;
    return message;
}

} // namespace

WalkedRun::WalkedRun(PageRun run)
    : run_(std::move(run)), system_(std::make_unique<model::System>(run_.scope, run_.rules.rules)),
      whole_(std::make_unique<model::RunWriter>(*system_)) {
    const auto reach = [&](std::size_t position) {
        if (position <= run_.at)
            bits_.push_back(checker::judge(*system_, whole_->state()));
        if (position == run_.at)
            here_ = std::make_unique<model::RunWriter>(*whole_);
    };
    before_ = model::state_value(system_->layout(), system_->number_entries(), whole_->state());
    reach(0);
    for (std::size_t position = 0; position < run_.steps.size(); ++position) {
        const std::string& text = run_.steps[position];
        const std::vector<Move> moves = whole_->moves();
        const auto move = std::ranges::find_if(moves, [&](const Move& each) { return each.action.text == text; });
        if (move == moves.end()) {
            cut_ = "step " + std::to_string(position + 1) + ": " + not_enabled(text, moves);
            run_.steps.resize(position);
            break;
        }
        if (position + 1 == run_.at)
            before_ = model::state_value(system_->layout(), system_->number_entries(), whole_->state());
        path_.firings.push_back(move->firing);
        whole_->advance(*move);
        reach(position + 1);
    }
    if (!here_) { // cut before the page stands
        run_.at = run_.steps.size();
        here_ = std::make_unique<model::RunWriter>(*whole_);
    }
}

const Property& WalkedRun::property_at(std::size_t position) const {
    return system_->properties()[position];
}

bool WalkedRun::is_claim(std::size_t property) const {
    return property_at(property).kind != PropertyKind::reachable;
}

checker::Verdict WalkedRun::verdict_of(std::size_t property) const {
    const bool truth = is_true(property);
    if (is_claim(property))
        return truth ? Verdict::holds : Verdict::violated;
    return truth ? Verdict::reached : Verdict::not_reached;
}

bool WalkedRun::is_true(std::size_t property) const {
    return (bits_.back() >> property & 1) != 0;
}

std::size_t WalkedRun::chosen_property() const {
    for (std::size_t property = 0; property < system_->properties().size(); ++property)
        if (property_at(property).name == run_.property)
            return property;
    for (std::size_t property = 0; property < system_->properties().size(); ++property)
        if (is_claim(property) && !is_true(property))
            return property;
    return static_cast<std::size_t>(PropertyId::recoverability);
}

traces::Trace WalkedRun::trace(bool whole_states) const {
    const std::size_t property = chosen_property();
    checker::Path path;
    path.firings.assign(path_.firings.begin(), path_.firings.begin() + static_cast<std::ptrdiff_t>(run_.at));
    return model::make_trace(*system_, path, model::property_at(property), verdict_of(property),
                             {.tool_version = version, .rules_name = run_.rules.name, .whole_states = whole_states});
}

Value WalkedRun::told_steps() const {
    Value::List list;
    Value before = model::state_value(system_->layout(), system_->number_entries(), system_->initial_states().front());
    for (const traces::Step& step : whole_->steps()) {
        const std::optional<Value> after = traces::apply_differences(before, step.changes);
        Value::List changes;
        for (const traces::ChangeGroup& group : traces::readable_changes(step, &before, after ? &*after : nullptr))
            for (const std::string& change : group.changes)
                changes.emplace_back(group.place.empty() ? change : group.place + ": " + change);
        list.emplace_back(Value::Record{{"text", step.action.text},
                                        {"process", step.action.process},
                                        {"fired", texts(step.action.fired)},
                                        {"changes", std::move(changes)}});
        before = after.value_or(before);
    }
    return list;
}

Value WalkedRun::told_moves() const {
    Value::List list;
    for (const Move& move : here_->moves())
        list.emplace_back(Value::Record{{"text", move.action.text},
                                        {"process", move.action.process},
                                        {"kind", move.action.kind},
                                        {"fired", texts(move.action.fired)}});
    return list;
}

Value WalkedRun::told_properties() const {
    Value::List list;
    for (std::size_t property = 0; property < system_->properties().size(); ++property) {
        if (!model::applies(model::property_at(property), run_.scope, run_.rules.rules))
            continue; // it would hold of any run of this scope
        const bool truth = is_true(property);
        const bool striking = truth != is_claim(property); // violated, or reached
        Value::Record record{{"name", property_at(property).name},
                             {"claim", property_at(property).rationale},
                             {"kind", is_claim(property) ? "always" : "reachable"},
                             {"verdict", checker::name_of(verdict_of(property))},
                             {"striking", striking}};
        const auto first = std::ranges::find_if(
            bits_, [&](checker::PropertyBits bits) { return ((bits >> property & 1) != 0) != is_claim(property); });
        if (first != bits_.end())
            record.emplace_back("first", count_value(static_cast<std::size_t>(first - bits_.begin())));
        Value::List findings;
        if (striking && is_claim(property))
            for (const traces::Finding& finding :
                 model::conclude(*system_, *here_, model::property_at(property)).findings)
                findings.emplace_back(finding.text);
        record.emplace_back("findings", std::move(findings));
        list.emplace_back(std::move(record));
    }
    return list;
}

Value WalkedRun::told_recovery() const {
    Value::List list;
    for (const traces::RecoveredProcess& each :
         model::conclude(*system_, *here_, model::property_at(chosen_property())).recovery)
        list.emplace_back(
            Value::Record{{"process", each.process}, {"text", each.text}, {"rolls_back", each.checkpoint.has_value()}});
    return list;
}

Value WalkedRun::told() const {
    const Value now = model::state_value(system_->layout(), system_->number_entries(), here_->state());
    Value::Record record{{"run", to_value(run_)},
                         {"steps", told_steps()},
                         {"enabled", told_moves()},
                         {"state", state_cards(system_->layout(), run_.at == 0 ? now : before_, now)},
                         {"properties", told_properties()},
                         {"recovery", told_recovery()},
                         {"property", property_at(chosen_property()).name},
                         {"diagram", traces::render_svg(trace(false), {.frame = false, .dark_too = true})}};
    if (!cut_.empty())
        record.emplace_back("cut", cut_);
    return record;
}

Value WalkedRun::asked_z3(const std::atomic<bool>& gone, const std::vector<std::string>& asker) const {
    model::Z3Judge judge({.timeout_ms = z3_timeout_ms, .workers = 1, .asker = asker});
    Value::List answers;
    for (const PropertyId property : model::z3_properties) {
        if (gone)
            break;
        const auto position = static_cast<std::size_t>(property);
        checker::ask(*system_, here_->state(), [&](auto summaries) {
            if (!model::System::asks(property, system_->stage(summaries)))
                return true; // it says nothing of this state
            const model::View view = system_->view(summaries);
            const model::Z3Answer answer = judge.ask(property, view);
            const bool unknown = answer.answer == checker::smt::Answer::unknown;
            std::vector<std::string> lines;
            if (answer.violated())
                lines = judge.explain(property, view).lines;
            else if (unknown)
                lines.push_back(answer.reason);
            answers.emplace_back(Value::Record{{"property", property_at(position).name},
                                               {"answer", unknown             ? "unknown"
                                                          : answer.violated() ? "violated"
                                                                              : "holds"},
                                               {"agrees", unknown || answer.violated() != is_true(position)},
                                               {"lines", texts(lines)}});
            return true;
        });
    }
    return Value::Record{{"answers", std::move(answers)}};
}

} // namespace mdcd::checker::cli::explore
