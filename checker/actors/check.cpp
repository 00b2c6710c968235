// Compiles the system, searches, and searches again if handlers used something that the model had no place for.
// The one file of this folder that sees the engine's templates.
#include "checker/actors/check.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "checker/actors/check_one.hpp"
#include "checker/actors/compile.hpp"
#include "checker/actors/failure.hpp"
#include "checker/actors/growth.hpp"
#include "checker/actors/narration.hpp"
#include "checker/actors/nearest.hpp"
#include "checker/actors/report_words.hpp"
#include "checker/actors/whole_runs.hpp"
#include "checker/decisions.hpp"
#include "checker/invariant.hpp"
#include "checker/path.hpp"
#include "checker/search.hpp"

namespace mdcd::checker::actors {
namespace {

// All that is asked. Renamings that nobody wants are not made: there can be forty thousand of them.
SystemParts asked(const SystemParts& parts, const CheckOptions& options) {
    SystemParts wanted = parts;
    if (!options.use_symmetry)
        wanted.alike.clear();
    return wanted;
}

// Whole runs are judged after a search, which such a claim cannot end.
std::vector<std::string> without_whole_runs(const SystemParts& parts, std::vector<std::string> claims) {
    std::erase_if(claims, [&](const std::string& name) {
        const auto claim = std::ranges::find(parts.claims, name, &Claim::name);
        return claim != parts.claims.end() && claim->kind >= ClaimKind::eventually;
    });
    return claims;
}

// Claims that an option names, as the search calls them.
std::vector<std::string> named(const SystemParts& parts, const std::vector<std::string>& claims, const char* option) {
    std::vector<std::string> properties;
    for (const std::string& name : claims) {
        const auto claim = std::ranges::find(parts.claims, name, &Claim::name);
        if (claim == parts.claims.end() && name != deadlock_freedom) // what a search calls it
            refuse(std::string(option) + ": the system claims nothing called '" + name + "'" +
                   nearest_claim(name, parts.claims));
        const bool is_no_deadlock = claim != parts.claims.end() && claim->kind == ClaimKind::no_deadlock;
        properties.push_back(is_no_deadlock ? std::string(deadlock_freedom) : name);
    }
    return properties;
}

// Shows states as predicates see them.
struct Shower {
    const CompiledSystem& model;
    StateObserver& observer;

    void observe(unsigned worker, std::span<const SlotView* const> summaries, PropertyBits) const {
        observer.see(worker, model.seen(summaries));
    }
};

class Check {
public:
    Check(const SystemParts& parts, const CheckOptions& options)
        : checked_(std::make_shared<CheckedModel>(asked(parts, options))), options_(options.search),
          observer_(options.observer), stop_at_first_(options.stop_at_first),
          seconds_max_(options.search.limits.seconds_max) {
        options_.use_renamings = !checked_->parts.alike.empty();
        options_.stop_at = without_whole_runs(parts, named(parts, options.search.stop_at, "stop_at"));
        options_.reduce_for = named(parts, options.search.reduce_for, "reduce_for");
        if (options.stop_at_first)
            for (const Claim& claim : parts.claims)
                if (claim.kind == ClaimKind::always || claim.kind == ClaimKind::no_deadlock)
                    options_.stop_at.push_back(claim.kind == ClaimKind::always ? claim.name
                                                                               : std::string(deadlock_freedom));
    }

    SystemReport run() {
        const SystemParts& parts = checked_->parts;
        std::unique_ptr<CompiledSystem>& model = checked_->model;
        model = compile(parts);
        look();
        while (!model->missing().empty() && !has_stopped_in_time()) {
            Findings known = model->findings();
            known.add(closed(parts, model->missing()));
            model = compile(parts, std::move(known));
            leave_what_is_left();
            look();
        }
        report_.model = checked_;
        report_.has_boundary = model->has_boundary();
        if (options_.use_renamings)
            report_.renamings = model->renamings().size();
        tell_growth();
        report_.coverage_points.assign(model->coverage_points().begin(), model->coverage_points().end());
        std::size_t property = 0;
        std::size_t whole_run = 0;
        for (const Claim& claim : parts.claims)
            if (claim.kind >= ClaimKind::eventually)
                settle_by_whole_runs(claim, whole_runs_.verdicts[whole_run++]);
            else
                add_verdict(claim,
                            report_.search.verdicts[claim.kind == ClaimKind::no_deadlock ? model->properties().size()
                                                                                         : property++]);
        return std::move(report_);
    }

private:
    // What a search says that time has ended is true although its model lacks something: nothing that it has gone
    // through needed that.
    [[nodiscard]] bool has_stopped_in_time() const {
        const Report& search = report_.search;
        return (search.limit == "seconds" || search.limit == "interrupted") &&
               std::ranges::find(search.verdicts, Verdict::error, &PropertyVerdict::verdict) == search.verdicts.end();
    }

    // The limit on time is one for all searches together.
    void leave_what_is_left() {
        if (seconds_max_ <= 0)
            return;
        constexpr double least = 1e-3; // 0 would be no limit
        options_.limits.seconds_max = std::max(least, seconds_max_ - seconds());
    }
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }

    // Within the time that is left; where time has ended the search, in another tenth of a second.
    void tell_growth() {
        const std::string& limit = report_.search.limit;
        if (limit.empty() || limit == first_violation)
            return;
        Limits limits;
        if (seconds_max_ > 0)
            limits.seconds_max = std::max(0.1, seconds_max_ - seconds());
        engine::StopWatch watch(limits, options_.interrupt);
        report_.growing = what_keeps_growing(*checked_->model, watch);
    }

    // A mistake that breaks a claim of states often makes the system endless, and then its whole runs have no end.
    void skip_whole_runs() {
        for (std::size_t number = 0; number < checked_->model->whole_run_count(); ++number)
            whole_runs_.verdicts.push_back(
                {.reason = "whole runs are not looked at once a claim of single states is violated",
                 .warning = {},
                 .path = {},
                 .loop_begin = {}});
    }

    void look() {
        if (observer_ == nullptr) {
            report_.search = search(*checked_->model, options_);
        } else {
            observer_->begin();
            report_.search = search(*checked_->model, options_, Shower{*checked_->model, *observer_});
        }
        if (checked_->model->whole_run_count() == 0)
            return;
        whole_runs_ = {};
        report_.whole_runs.reset();
        if (stop_at_first_ && report_.search.limit == first_violation)
            return skip_whole_runs();
        whole_runs_ = look_at_whole_runs(*checked_->model, options_, report_.search.seconds);
        report_.whole_runs = whole_runs_.counts;
    }

    void settle_by_whole_runs(const Claim& claim, const WholeRunVerdict& found) {
        add_verdict(claim, found);
        report_.claims.back().warning = found.warning;
        if (std::optional<Run>& run = report_.claims.back().run)
            run->loop_begin = found.loop_begin;
    }

    template <class Found> void add_verdict(const Claim& claim, const Found& found) {
        ClaimVerdict verdict{.claim = claim.name,
                             .kind = claim.kind,
                             .rationale = claim.rationale,
                             .verdict = found.verdict,
                             .reason = found.reason,
                             .warning = {},
                             .path = found.path,
                             .run = {}};
        if (found.path && (found.verdict != Verdict::error || !checked_->model->starts_wrong()))
            verdict.run = tell(*checked_->model, *found.path);
        report_.claims.push_back(std::move(verdict));
    }

    std::shared_ptr<CheckedModel> checked_;
    SearchOptions options_;
    StateObserver* observer_;
    bool stop_at_first_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    double seconds_max_; // of all searches together; 0: no limit
    SystemReport report_;
    WholeRuns whole_runs_;
};

} // namespace

void show_end(const SystemReport& report, const std::string& claim,
              const std::function<void(const SystemState& state)>& show) {
    const std::optional<Path>& path = report[claim].path;
    invariant(path.has_value(), "the claim is settled by a run");
    const CompiledSystem& model = *report.model->model;
    const GlobalState last = states_along(model, *path).back();
    ask(model, last, [&](std::span<const SlotView* const> summaries) { show(model.seen(summaries)); });
}

SystemReport check(const ActorSystem& system, const CheckOptions& options) {
    return Check(system.parts(), options).run();
}

SystemReport check_one(const SystemParts& parts, const std::string& claim, const CheckOptions& options) {
    SystemParts wanted = parts;
    std::erase_if(wanted.claims, [&](const Claim& each) { return each.name != claim; });
    return Check(wanted, options).run();
}

} // namespace mdcd::checker::actors
