// Runs the search, then Z3 on what it produced, then writes the traces.
// Prints nothing.
#include "model/check/check.hpp"

#include <algorithm>
#include <chrono>

#include "checker/distributed/explore.hpp"
#include "checker/path.hpp"
#include "checker/search.hpp"
#include "model/check/number_watch.hpp"
#include "model/claims/view_text.hpp"
#include "model/inputs/request_error.hpp"
#include "model/reductions/reductions.hpp"
#include "model/runs/conclusion.hpp"
#include "model/runs/trace_writer.hpp"
#include "model/system.hpp"
#include "model/termination.hpp"
#include "model/z3/canonical_view.hpp"
#include "model/z3/view_collector.hpp"
#include "model/z3/z3_text.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {

using checker::PropertyKind;
using checker::Verdict;

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Z3 has the last word on the four properties it decides: an unknown among its answers leaves them open.
void apply_z3(CheckedProperty& property, const Z3Tallies& tallies) {
    const auto tally = std::ranges::find_if(tallies, [&](const Z3Tally& each) {
        return all_properties()[position_of(each.property)].name == property.property.name;
    });
    if (tally == tallies.end())
        return;
    property.z3 = *tally;
    if (tally->unknowns > 0 && property.verdict == Verdict::holds) {
        property.verdict = Verdict::inconclusive;
        property.reason = "Z3 gave no answer for " + std::to_string(tally->unknowns) +
                          (tally->unknowns == 1 ? " view: " : " views: ") + tally->unknown_reason;
    }
}

// The last state's explanation in Z3's words.
void explain_by_z3(traces::Trace& trace, const System& system, const checker::Path& path, const AnyProperty& asked,
                   const Z3Judge& judge) {
    const auto decided = std::ranges::find(z3_properties, asked, [](PropertyId id) { return AnyProperty(id); });
    if (decided == z3_properties.end())
        return;
    const PropertyId property = *decided;
    const checker::GlobalState last = checker::states_along(system, path).back();
    checker::ask(system, last, [&](auto summaries) {
        const View view = system.view(summaries);
        const Z3Explanation explanation = judge.explain(property, view);
        if (!explanation.answer.violated())
            return;
        std::string text;
        for (const std::string& line : explanation.lines)
            text += (text.empty() ? "" : "; ") + line;
        trace.hypothesis = traces::Hypothesis{text,
                                              property == PropertyId::minimal_rollback
                                                  ? traces::Value(traces::Value::Record{})
                                                  : hypothesis_value(view, explanation.answer.first_erroneous),
                                              "z3"};
    });
}

// Shows each state to those who want to see it.
struct Observers {
    NumberWatch* numbers = nullptr;
    ViewCollector* views = nullptr;
    CostCollector* cost = nullptr;

    void observe(unsigned worker, std::span<const SlotSummary* const> summaries, const Recovery& recovery,
                 checker::PropertyBits bits) const {
        numbers->observe(summaries);
        if (views != nullptr)
            views->observe(worker, summaries, recovery, bits);
        if (cost != nullptr)
            cost->observe(worker, summaries, bits);
    }
};

// Loops in which something is pending for ever take no step that is bound to happen: the run to where they begin says
// everything (termination.hpp).
// `spent`: seconds of the limit that are over.
checker::PropertyVerdict termination_verdict(const System& system, const checker::SearchOptions& options,
                                             double spent) {
    if (checker::distributed::world_of_searches() != nullptr)
        return {.property = {},
                .verdict = Verdict::inconclusive,
                .path = {},
                .reason = "it is about whole runs, which several ranks do not judge: ask one process",
                .more = {}};
    checker::Limits limits = options.limits;
    if (limits.seconds_max > 0)
        limits.seconds_max = std::max(limits.seconds_max - spent, 1e-3);
    const checker::ProgressVerdict found = check_termination(system, limits, options.interrupt).verdicts.front();
    return {.property = found.claim,
            .verdict = found.verdict,
            .path = found.lasso ? std::optional(found.lasso->stem) : found.path,
            .reason = found.reason,
            .more = {}};
}

// Questions as files, for people and for other solvers.
class QuestionWriter {
public:
    QuestionWriter(const Scope& scope, const NamedRules& rules, const Z3Judge& judge)
        : origin_("scope " + scope.name + ", rules " + rules.name), judge_(judge) {}

    [[nodiscard]] QuestionFile asked(const AskedQuestion& question) const {
        const std::string states =
            std::to_string(question.views) + (question.views == 1 ? " state asks" : " states ask");
        return {name(question.property, question.key, ".smt2"),
                text(question.property, *question.specimen,
                     {.origin = origin_ + "; " + states + " this question, up to renaming",
                      .expected = question.violated ? checker::smt::Answer::satisfiable
                                                    : checker::smt::Answer::unsatisfiable})};
    }

    [[nodiscard]] QuestionFile unanswered(const Z3Judge::Unanswered& question) const {
        const CanonicalView canonical(question.property, question.key);
        return {name(question.property, question.key, ".unknown.smt2"),
                text(question.property, canonical.view(),
                     {.origin = origin_ + "\nZ3 gave no answer: " + question.reason, .canonical = true})};
    }

private:
    // Z3 prints it, and Z3 may be what is broken.
    [[nodiscard]] std::string text(PropertyId property, const View& view, const QuestionNotes& notes) const {
        try {
            return judge_.text(property, view, notes);
        } catch (const std::exception& error) {
            return in_comments(notes.origin + "\nit cannot be printed: " + error.what() + "\n" + to_text(view));
        }
    }

    [[nodiscard]] static std::string in_comments(const std::string& text) {
        std::string commented = "; ";
        for (const char each : text)
            commented += each == '\n' ? "\n; " : std::string(1, each);
        return commented + "\n";
    }

    [[nodiscard]] static std::string name(PropertyId property, const std::string& key, const char* ending) {
        return all_properties()[static_cast<std::size_t>(property)].name + "." + digest_of_key(key) + ending;
    }

    std::string origin_;
    const Z3Judge& judge_;
};

// Asks Z3, and keeps what it said and what it did not say.
Z3Tallies ask_z3(ViewCollector& views, const Z3Judge& judge, const CheckOptions& options, Check& result) {
    const auto start = std::chrono::steady_clock::now();
    const Z3Tallies tallies = views.ask_all();
    result.z3_seconds = seconds_since(start);
    for (const Z3Tally& tally : tallies)
        result.z3_seconds += options.z3 == Z3Use::every ? tally.seconds : 0;
    const QuestionWriter writer(result.scope, result.rules, judge);
    for (const Z3Judge::Unanswered& question : judge.unanswered())
        result.unanswered.push_back(writer.unanswered(question));
    for (std::size_t i = 0; options.on_question && i < views.questions().size(); ++i)
        options.on_question(writer.asked(views.questions()[i]));
    return tallies;
}

// What was explored is not lost for a full disk.
void save_answers(AnswerStore& store, const Z3Judge& judge, Check& result) {
    try {
        store.save(judge.fresh_answers());
    } catch (const std::runtime_error& error) { // it cannot be written, or has become something else
        result.z3_cache_warning = error.what();
    }
}

} // namespace

std::vector<std::string> wanted_properties(const Scope& scope, const impl::Rules& rules, const CheckOptions& options) {
    const std::vector<std::string> known = property_names(scope);
    std::vector<std::string> applicable;
    for (std::size_t position = 0; position < known.size(); ++position)
        if (applies(property_at(position), scope, rules))
            applicable.push_back(known[position]);
    const auto& asked = options.properties.empty() ? scope.properties : options.properties;
    const auto fail = [&](const std::string& name, const std::string& what) {
        if (options.properties.empty()) // the scope's own
            throw traces::FileError(scope.name, "property " + name, what);
        throw RequestError("property " + name, what);
    };
    for (const std::string& name : asked) {
        if (std::ranges::find(known, name) == known.end())
            fail(name, "no such property" + traces::did_you_mean(name, known));
        if (std::ranges::find(applicable, name) == applicable.end())
            fail(name,
                 "is not applicable: it says nothing about the runs of scope " + scope.name + " under these rules");
    }
    if (asked.empty() && applicable.empty())
        throw RequestError("scope " + scope.name, "no property applies to it: the check would say nothing");
    return asked.empty() ? applicable : asked;
}

namespace {

// A line for each field, so that a checkpoint of another search can say what differs.
std::string identity_of(const std::string& name, const traces::Value& value) {
    if (value.record() == nullptr)
        return "\n" + name + " = " + traces::to_text(value);
    std::string lines;
    for (const auto& [field, content] : *value.record())
        lines += identity_of(name + "." + field, content);
    return lines;
}

// One check, in the order of its functions: prepare, search, ask Z3, report.
class Checking {
public:
    Checking(const Scope& scope, const NamedRules& rules, const CheckOptions& options)
        : options_(options), wanted_(wanted_properties(scope, rules.rules, options)),
          reductions_(reductions_for(scope, rules.rules, options.symmetry, options.renumbering)),
          system_(scope, rules.rules, reductions_) {
        result_.scope = scope;
        result_.rules = rules;
        result_.symmetry = options.symmetry;
        result_.reductions = reductions_;
        result_.process_renamings = system_.process_renamings();
        const auto points = system_.coverage_points();
        result_.coverage_points.assign(points.begin(), points.end());
        if (options.leave_out_states)
            expect_reducible();
        if (!options.z3_cache.empty() && options.z3 != Z3Use::off) {
            store_.emplace(options.z3_cache, Z3Judge::identity(options.tool_version));
            result_.z3_cache_warning = store_->warning();
        }
        judge_.emplace(z3_options());
    }

    Check run() {
        std::optional<ViewCollector> views;
        std::optional<CostCollector> cost;
        if (options_.z3 != Z3Use::off && !options_.leave_out_states)
            views.emplace(*judge_, static_cast<bool>(options_.on_question));
        if (options_.cost)
            cost.emplace(system_, *options_.cost);
        NumberWatch numbers(system_);
        result_.report = checker::search(
            system_, search_options(),
            Observers{.numbers = &numbers, .views = views ? &*views : nullptr, .cost = cost ? &*cost : nullptr});
        const auto ranks = checker::distributed::world_of_searches(); // each has seen the states that it has
        if (ranks != nullptr ? ranks->anywhere(numbers.ran_out()) : numbers.ran_out())
            note_numbers_ran_out(result_.report);
        if (views)
            tallies_ = asked(*views);
        if (store_)
            save_answers(*store_, *judge_, result_);
        if (cost)
            result_.cost = cost->cost(result_.report);
        for (std::size_t position = 0; position < system_.properties().size(); ++position)
            if (is_wanted(system_.properties()[position].name))
                report(position);
        return std::move(result_);
    }

private:
    [[nodiscard]] Z3Tallies asked(ViewCollector& views) {
        try {
            return ask_z3(views, *judge_, options_, result_);
        } catch (const Disagreement& error) {
            if (!store_ || store_->size() == 0)
                throw;
            throw traces::FileError(options_.z3_cache, "",
                                    std::string("an answer in it may be wrong, was it changed? ") + error.what() +
                                        "; without the file Z3 is asked anew");
        }
    }

    [[nodiscard]] Z3Options z3_options() const {
        return {.mode = options_.z3 == Z3Use::every ? Z3Mode::every : Z3Mode::distinct,
                .timeout_ms = options_.z3_timeout_ms,
                .effort_max = options_.z3_effort_max,
                .workers = options_.search.workers,
                .interrupt = options_.search.interrupt,
                .seconds_max = options_.search.limits.seconds_max,
                .store = store_ ? &*store_ : nullptr,
                .asker = options_.z3_asker,
                .before_attempt = options_.z3_before_attempt};
    }

    [[nodiscard]] bool is_wanted(const std::string& property) const {
        return std::ranges::find(wanted_, property) != wanted_.end();
    }

    [[nodiscard]] checker::SearchOptions search_options() const {
        checker::SearchOptions search = options_.search;
        search.use_renamings = reductions_.any();
        search.reduce_states = options_.leave_out_states;
        if (search.reduce_states)
            search.reduce_for = wanted_;
        search.identity = "build " + options_.build + identity_of("scope", to_value(result_.scope)) +
                          identity_of("rules", to_value(result_.rules.rules)) +
                          "\nrenamed active processes = " + std::to_string(reductions_.actives) +
                          "\nrenamed components = " + std::to_string(reductions_.components) +
                          "\nrenamed numbers = " + std::to_string(reductions_.renumbering);
        if (options_.stop_at_first)
            search.stop_at = wanted_;
        if (options_.search.decided)
            search.decided = [this](const checker::PropertyVerdict& verdict) {
                if (is_wanted(verdict.property))
                    options_.search.decided(verdict);
            };
        return search;
    }

    void expect_reducible() const {
        const auto refuse = [&](const std::string& why) { throw RequestError("partial order for states", why); };
        if (reductions_.any())
            refuse("states are merged up to renaming already, and both together have not been proved");
        if (options_.cost)
            refuse("a cost is a mean over all states");
        std::string possible;
        const std::span<const checker::Property> properties = system_.properties();
        for (std::size_t position = 0; position < property_count; ++position)
            if (!system_.reads_everything(position) &&
                applies(property_at(position), result_.scope, result_.rules.rules))
                possible += (possible.empty() ? "" : ", ") + properties[position].name;
        for (std::size_t position = 0; position < properties.size(); ++position)
            if (is_wanted(properties[position].name) && system_.reads_everything(position))
                refuse("'" + properties[position].name + "' is about " +
                       (properties[position].kind == PropertyKind::eventually
                            ? "whole runs"
                            : "all processes and all that is under way at once") +
                       ", so that no two states are the same to it; in scope " + result_.scope.name +
                       " it can be asked for --property " + possible);
    }

    void report(std::size_t position) {
        const AnyProperty id = property_at(position);
        const bool of_whole_runs = id == AnyProperty(PropertyId::recovery_terminates);
        const checker::PropertyVerdict found =
            of_whole_runs ? termination_verdict(system_, options_.search, seconds_since(start_))
                          : result_.report.verdicts[position];
        checker::Report& whole = result_.report;
        if (of_whole_runs && found.reason == "interrupted" && whole.limit.empty()) {
            whole.limit = found.reason; // of the check: its search had ended, its look at whole runs had not
            whole.exhaustive = false;
        }
        CheckedProperty& checked = result_.properties.emplace_back();
        checked.property = system_.properties()[position];
        checked.verdict = found.verdict;
        checked.reason = found.reason;
        if (tallies_)
            apply_z3(checked, *tallies_);
        if (!found.path)
            return;
        checked.trace = trace_of(*found.path, id, found.verdict);
        for (const checker::Path& path : found.more)
            checked.more_traces.push_back(trace_of(path, id, found.verdict));
    }

    [[nodiscard]] traces::Trace trace_of(const checker::Path& path, const AnyProperty& id, Verdict verdict) const {
        traces::Trace trace = make_trace(system_, path, id, verdict,
                                         {.tool_version = options_.tool_version,
                                          .rules_name = result_.rules.name,
                                          .whole_states = options_.whole_states});
        if (tallies_ && verdict == Verdict::violated)
            explain_by_z3(trace, system_, path, id, *judge_);
        return trace;
    }

    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    const CheckOptions& options_;
    std::vector<std::string> wanted_;
    Reductions reductions_;
    System system_;
    std::optional<AnswerStore> store_;
    std::optional<Z3Judge> judge_;
    std::optional<Z3Tallies> tallies_;
    Check result_;
};

} // namespace

Check check(const Scope& scope, const NamedRules& rules, const CheckOptions& options) {
    return Checking(scope, rules, options).run();
}

} // namespace mdcd::model
