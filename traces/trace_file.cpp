// Trace documents as JSON text. The list of fields of each struct is written once (each_field) and used thrice: to
// write, to read, and to know which names are known. Knows nothing of what the texts mean.
#include "traces/trace_file.hpp"

#include <algorithm>
#include <concepts>
#include <limits>
#include <set>
#include <string_view>
#include <type_traits>

#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::traces {

namespace {

template <class T, class Struct>
concept Either = std::same_as<std::remove_const_t<T>, Struct>; // Struct or const Struct

// A text that must be one of some names, or digits of a hash.
struct Among {
    const std::vector<std::string>* names;
};
struct Hexadecimal {};

template <class Visit> void each_field(Visit& visit, Either<MessageEvent> auto& event) {
    visit("message", event.message);
    visit("peer", event.peer);
    visit("label", event.label);
    visit("dirty", event.dirty);
}

template <class Visit> void each_field(Visit& visit, Either<Action> auto& action) {
    visit("process", action.process);
    visit("kind", action.kind);
    visit("text", action.text);
    visit("taken", action.taken);
    visit("sent", action.sent);
    visit("fired", action.fired);
    visit("checkpoint_taken", action.checkpoint_taken);
    visit("checkpoints_dropped", action.checkpoints_dropped);
}

template <class Visit> void each_field(Visit& visit, Either<Difference> auto& change) {
    visit("path", change.path);
    visit("before", change.before);
    visit("after", change.after);
    visit.flag("gone", change.gone);
}

template <class Visit> void each_field(Visit& visit, Either<Step> auto& step) {
    visit("action", step.action);
    visit("digest", step.digest, Hexadecimal());
    visit("changes", step.changes);
    visit("state", step.state);
}

template <class Visit> void each_field(Visit& visit, Either<RecoveredProcess> auto& recovered) {
    visit("process", recovered.process);
    visit("text", recovered.text);
    visit("checkpoint", recovered.checkpoint);
    visit("after_step", recovered.after_step);
}

template <class Visit> void each_field(Visit& visit, Either<Finding> auto& finding) {
    visit("kind", finding.kind);
    visit("process", finding.process);
    visit("message", finding.message);
    visit("text", finding.text);
}

template <class Visit> void each_field(Visit& visit, Either<Hypothesis> auto& hypothesis) {
    visit("text", hypothesis.text);
    visit("assignment", hypothesis.assignment);
    visit("found_by", hypothesis.found_by, Among{&hypothesis_finders()});
}

template <class Visit> void each_field(Visit& visit, Either<Trace> auto& trace) {
    visit("format", trace.format);
    visit("tool_version", trace.tool_version);
    visit("scope_name", trace.scope_name);
    visit("rules_name", trace.rules_name);
    visit("scope", trace.scope);
    visit("rules", trace.rules);
    visit("property", trace.property);
    visit("claim", trace.claim);
    visit("verdict", trace.verdict, Among{&trace_verdicts()});
    visit("processes", trace.processes);
    visit("initial_digest", trace.initial_digest, Hexadecimal());
    visit("initial_state", trace.initial_state);
    visit("steps", trace.steps);
    visit("hypothesis", trace.hypothesis);
    visit("recovery", trace.recovery);
    visit("findings", trace.findings);
}

template <class T>
concept Scalar = std::same_as<T, Value> || std::same_as<T, std::string> || std::same_as<T, bool> ||
    std::same_as<T, int> || std::same_as<T, std::int64_t>;

class FieldWriter {
public:
    template <Scalar T> void operator()(const char* name, const T& field) { fields_.emplace_back(name, field); }
    template <class Constraint> void operator()(const char* name, const std::string& field, Constraint) {
        fields_.emplace_back(name, field);
    }
    template <class T> void operator()(const char* name, const std::vector<T>& field) {
        Value::List items;
        items.reserve(field.size());
        for (const T& item : field) {
            items.push_back(written(item));
        }
        fields_.emplace_back(name, std::move(items));
    }
    template <class T> void operator()(const char* name, const std::optional<T>& field) {
        if (field) {
            fields_.emplace_back(name, written(*field));
        }
    }
    void operator()(const char* name, const Action& field) { fields_.emplace_back(name, written(field)); }
    void flag(const char* name, bool field) {
        if (field) {
            fields_.emplace_back(name, true);
        }
    }

    template <class T> static Value written(const T& item) {
        if constexpr (Scalar<T>) {
            return Value(item);
        } else {
            FieldWriter writer;
            each_field(writer, item);
            return Value(std::move(writer.fields_));
        }
    }

private:
    Value::Record fields_;
};

class FieldNames {
public:
    void operator()(const char* name, auto&&...) { names.emplace_back(name); }
    void flag(const char* name, bool) { names.emplace_back(name); }
    std::vector<std::string> names;
};

class FieldReader {
public:
    explicit FieldReader(const Reader& reader) : reader_(reader) {}

    template <class T> void operator()(const char* name, T& field) { read(reader_.field(name), field); }
    template <class T> void operator()(const char* name, std::optional<T>& field) {
        if (reader_.has(name)) {
            read(reader_.field(name), field.emplace());
        }
    }
    void operator()(const char* name, std::string& field, Among among) {
        field = reader_.field(name).one_of(*among.names);
    }
    void operator()(const char* name, std::string& field, Hexadecimal) {
        const Reader reader = reader_.field(name);
        field = reader.text();
        constexpr std::size_t digits_min = 16;
        const bool only_digits = field.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
        if (field.size() < digits_min || !only_digits) {
            reader.fail("expected 16 hexadecimal digits or more, found " + to_text(Value(field)));
        }
    }
    void flag(const char* name, bool& field) { field = reader_.has(name) && reader_.field(name).boolean(); }

    static void read(const Reader& reader, std::string& field) { field = reader.text(); }
    static void read(const Reader& reader, bool& field) { field = reader.boolean(); }
    static void read(const Reader& reader, Value& field) { field = reader.value(); }
    static void read(const Reader& reader, int& field) {
        field = static_cast<int>(reader.integer(0, std::numeric_limits<int>::max()));
    }
    static void read(const Reader& reader, std::int64_t& field) {
        field = reader.integer(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
    }
    template <class T> static void read(const Reader& reader, std::vector<T>& field) {
        for (const Reader& item : reader.items()) {
            read(item, field.emplace_back());
        }
    }
    template <class T> static void read(const Reader& reader, T& record) {
        FieldNames known;
        each_field(known, record);
        reader.only_fields(known.names);
        FieldReader fields(reader);
        each_field(fields, record);
    }

private:
    const Reader& reader_;
};

void check_format(const Reader& root) {
    if (root.value().record() == nullptr || !root.has("format")) {
        root.fail("not a trace: expected a record with the field \"format\"");
    }
    const Reader format = root.field("format");
    const std::int64_t version = format.integer(1, std::numeric_limits<int>::max());
    if (version != format_version) {
        const Value* tool = root.value().find("tool_version");
        const std::string* tool_text = tool == nullptr ? nullptr : tool->text();
        format.fail("this is trace format " + std::to_string(version) + ", and this program reads format " +
                    std::to_string(format_version) + " only; use the version that wrote it" +
                    (tool_text == nullptr ? "" : " (" + *tool_text + ")"));
    }
}

void check_checkpoint(const Reader& name) {
    const Value::List* const entries = name.value().list();
    const bool is_name = name.value().number() != nullptr ||
                         (entries != nullptr && !entries->empty() &&
                          std::ranges::all_of(*entries, [](const Value& entry) { return entry.number() != nullptr; }));
    if (!is_name) {
        name.fail("expected the index of a checkpoint, a number or a list of numbers, found " + to_text(name.value()));
    }
}

void check_checkpoints(const Reader& step) {
    const Reader action = step.field("action");
    if (action.has("checkpoint_taken")) {
        check_checkpoint(action.field("checkpoint_taken"));
    }
    for (const Reader& dropped : action.field("checkpoints_dropped").items()) {
        check_checkpoint(dropped);
    }
}

// What the field by field reading cannot see.
void check_whole(const Reader& root, const Trace& trace) {
    const std::vector<Reader> processes = root.field("processes").items();
    std::set<std::string_view> earlier; // ordered: texts can be made that all have one hash
    for (std::size_t i = 0; i < processes.size(); ++i) {
        if (!earlier.insert(trace.processes[i]).second) {
            processes[i].fail("the process " + to_text(Value(trace.processes[i])) + " is there twice");
        }
    }
    const auto step_count = static_cast<int>(trace.steps.size());
    for (const Reader& recovered : root.field("recovery").items()) {
        if (recovered.has("checkpoint")) {
            check_checkpoint(recovered.field("checkpoint"));
        }
        if (recovered.has("after_step")) {
            static_cast<void>(recovered.field("after_step").integer(0, step_count));
        }
    }
    for (const Reader& step : root.field("steps").items()) {
        check_checkpoints(step);
        for (const Reader& change : step.field("changes").items()) {
            if (change.has("gone") && change.field("gone").boolean() && !change.field("after").value().is_null()) {
                change.field("after").fail("expected null, since \"gone\" says that nothing is left");
            }
        }
    }
}

} // namespace

const std::vector<std::string>& trace_verdicts() {
    static const std::vector<std::string> names = {"violated", "reached", "holds", "not_reached", "error"};
    return names;
}

const std::vector<std::string>& hypothesis_finders() {
    static const std::vector<std::string> names = {"z3", "native"};
    return names;
}

std::string write_trace(const Trace& trace) {
    return to_json(FieldWriter::written(trace));
}

Trace read_trace(std::string_view text, const std::string& file) {
    const Value document = parse_json(text, file);
    const Reader root(document, file);
    check_format(root);
    Trace trace;
    FieldReader::read(root, trace);
    check_whole(root, trace);
    return trace;
}

} // namespace mdcd::traces
