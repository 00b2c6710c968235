// One function for each path. Mistakes in a request are thrown by the readers and become an answer in one place.
// Knows no HTTP library.
#include "checker/cli/explore/answers.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "checker/cli/explore/walked_run.hpp"
#include "checker/version.hpp"
#include "model/check/check.hpp"
#include "model/claims/properties.hpp"
#include "model/inputs/library.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/markup.hpp"
#include "traces/render_svg.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli::explore {

using traces::Reader;
using traces::Value;

namespace {

constexpr double legend_width = 560;
constexpr std::uint64_t check_memory_bytes_max = 2ULL << 30U;

class Busy : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

Value number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Value texts(std::span<const std::string_view> words) {
    Value::List list;
    for (const std::string_view word : words)
        list.emplace_back(std::string(word));
    return list;
}

Value shipped_scopes() {
    Value::List list;
    for (const std::string& name : model::scope_names()) {
        const model::Scope scope = model::load_scope(name);
        list.emplace_back(Value::Record{{"name", name}, {"scope", model::to_value(scope)}});
    }
    return list;
}

Value presets() {
    Value::List list;
    for (const std::string& name : model::preset_names()) {
        const model::NamedRules& preset = model::preset(name);
        list.emplace_back(Value::Record{
            {"name", name}, {"description", preset.description}, {"rules", model::to_value(preset.rules)}});
    }
    return list;
}

Value rules() {
    Value::List list;
    for (const impl::RuleDescription& rule : impl::rule_table())
        list.emplace_back(Value::Record{{"name", std::string(rule.name)},
                                        {"values", texts(rule.values)},
                                        {"source", std::string(rule.source)},
                                        {"gap", std::string(rule.gap)}});
    return list;
}

std::string extent(const Report& report) {
    if (report.exhaustive)
        return "exhaustive";
    return report.limit.empty() ? "ended early" : "bounded by " + report.limit;
}

std::string file_name(const model::Scope& scope, const std::string& rules_name, const std::string& property) {
    std::string name = scope.name + "." + rules_name + "." + property + ".json";
    for (char& each : name)
        if (std::string_view("/\\ <>:\"|?*").find(each) != std::string_view::npos ||
            static_cast<unsigned char>(each) < 32)
            each = '_';
    return name;
}

Value told_check(const model::Check& check) {
    Value::List properties;
    for (const model::CheckedProperty& each : check.properties) {
        Value::Record record{{"name", each.property.name},
                             {"kind", each.property.kind == PropertyKind::reachable ? "reachable" : "always"},
                             {"verdict", checker::name_of(each.verdict)},
                             {"reason", each.reason}};
        if (each.trace) {
            Value::List steps;
            for (const traces::Step& step : each.trace->steps)
                steps.emplace_back(step.action.text);
            record.emplace_back("steps", std::move(steps));
        }
        properties.emplace_back(std::move(record));
    }
    return Value::Record{{"extent", extent(check.report)},
                         {"exhaustive", check.report.exhaustive},
                         {"distinct_states", number(check.report.distinct_states)},
                         {"depth", number(check.report.depth)},
                         {"milliseconds", static_cast<std::int64_t>(check.report.seconds * 1000)},
                         {"properties", std::move(properties)}};
}

// What a search or Z3 freed goes back to the system at the end, which the C library would keep for next time.
struct GivingBack {
    GivingBack() = default;
    GivingBack(const GivingBack&) = delete;
    GivingBack& operator=(const GivingBack&) = delete;
    ~GivingBack() {
#ifdef __GLIBC__
        malloc_trim(0);
#endif
    }
};

void expect_nothing(const Reader& request) {
    request.only_fields({});
}

} // namespace

Answer error_answer(int status, const std::string& message) {
    return {status, traces::to_text(Value::Record{{"error", message}})};
}

Answers::Answers(PageRun start, std::vector<std::string> notes, std::string id, unsigned workers,
                 std::vector<std::string> z3_asker)
    : start_(std::move(start)), notes_(std::move(notes)), id_(std::move(id)), workers_(workers),
      z3_asker_(std::move(z3_asker)) {}

const Answers::Route* Answers::find_route(std::string_view path) {
    static constexpr std::array routes = {
        Route{"/api/start", &Answers::start}, Route{"/api/run", &Answers::run},   Route{"/api/z3", &Answers::z3},
        Route{"/api/trace", &Answers::trace}, Route{"/api/open", &Answers::open}, Route{"/api/check", &Answers::check},
        Route{"/api/stop", &Answers::stop},
    };
    const auto found = std::ranges::find(routes, path, &Route::path);
    return found == routes.end() ? nullptr : &*found;
}

bool Answers::knows(std::string_view path) {
    return find_route(path) != nullptr;
}

Answer Answers::answer(std::string_view path, const std::string& body, Gone& gone) {
    const Route* route = find_route(path);
    if (route == nullptr)
        return error_answer(404, "there is nothing at " + traces::shortened(path, 100));
    try {
        const Value request = traces::parse_json(body, "request");
        return {200, traces::to_text((this->*route->give)(Reader(request, "request"), gone))};
    } catch (const traces::FileError& error) {
        return error_answer(400, error.what());
    } catch (const Busy& busy) {
        return error_answer(409, busy.what());
    } catch (const std::exception& error) {
        return error_answer(500, std::string("internal error: ") + error.what());
    }
}

Value Answers::start(const Reader& request, Gone&) {
    expect_nothing(request);
    Value::List properties;
    for (const Property& property : model::all_properties())
        properties.emplace_back(property.name);
    Value::List notes;
    for (const std::string& note : notes_)
        notes.emplace_back(note);
    return Value::Record{{"id", id_},
                         {"version", version},
                         {"scopes", shipped_scopes()},
                         {"presets", presets()},
                         {"rules", rules()},
                         {"properties", std::move(properties)},
                         {"legend", traces::render_svg_legend("", legend_width, true)},
                         {"run", to_value(start_)},
                         {"notes", std::move(notes)}};
}

Value Answers::run(const Reader& request, Gone&) {
    return WalkedRun(page_run_from(request)).told();
}

Value Answers::z3(const Reader& request, Gone& gone) {
    const std::unique_lock alone(z3_, std::try_to_lock);
    if (!alone)
        throw Busy("Z3 is being asked already");
    const GivingBack giving_back;
    return WalkedRun(page_run_from(request)).asked_z3(gone, z3_asker_);
}

Value Answers::trace(const Reader& request, Gone&) {
    const traces::Trace trace = WalkedRun(page_run_from(request)).trace(true);
    return Value::Record{{"name", file_name(model::scope_from(trace.scope, ""), trace.rules_name, trace.property)},
                         {"text", traces::write_trace(trace)}};
}

Value Answers::open(const Reader& request, Gone&) {
    static const std::array<std::string, 3> known{"name", "text", "around"};
    request.only_fields(known);
    std::vector<std::string> notes;
    const PageRun run = opened(request.field("text").text(), request.field("name").text(),
                               page_run_from(request.field("around")), notes);
    Value::List told;
    for (const std::string& note : notes)
        told.emplace_back(note);
    return Value::Record{{"run", to_value(run)}, {"notes", std::move(told)}};
}

Value Answers::check(const Reader& request, Gone& gone) {
    static const std::array<std::string, 3> known{"run", "max_states", "max_seconds"};
    request.only_fields(known);
    const PageRun run = page_run_from(request.field("run"));
    model::CheckOptions options;
    options.search.workers = workers_;
    options.search.limits.states_max =
        static_cast<std::uint64_t>(request.field("max_states").integer(1, check_states_max));
    options.search.limits.seconds_max = static_cast<double>(request.field("max_seconds").integer(1, check_seconds_max));
    options.search.limits.memory_bytes_max = check_memory_bytes_max;
    options.search.interrupt = &gone;
    options.z3 = model::Z3Use::off; // the page asks it of single states
    options.tool_version = version;
    begin_check(gone);
    const GivingBack giving_back;
    struct Finally {
        Answers& answers;
        ~Finally() { answers.end_check(); }
    } const finally{*this};
    return told_check(model::check(run.scope, run.rules, options));
}

Value Answers::stop(const Reader& request, Gone&) {
    expect_nothing(request);
    const std::lock_guard lock(mutex_);
    if (checking_ != nullptr)
        *checking_ = true;
    return Value::Record{{"checking", checking_ != nullptr}};
}

void Answers::begin_check(Gone& gone) {
    const std::lock_guard lock(mutex_);
    if (checking_ != nullptr)
        throw Busy("a check is running already; stop it, or wait for its end");
    checking_ = &gone;
    if (shut_down_)
        gone = true;
}

void Answers::end_check() {
    const std::lock_guard lock(mutex_);
    checking_ = nullptr;
}

void Answers::shut_down() {
    const std::lock_guard lock(mutex_);
    shut_down_ = true;
    if (checking_ != nullptr)
        *checking_ = true;
}

} // namespace mdcd::checker::cli::explore
