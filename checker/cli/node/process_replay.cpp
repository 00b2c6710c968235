// A line is compared as text: what the same step writes now must be what was written then.
// Knows no other process.
#include "checker/cli/node/process_replay.hpp"

#include "checker/cli/node/log_line_scanner.hpp"
#include "impl/runtime/bytes.hpp"
#include "impl/runtime/log_line.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli::node {
namespace {

using impl::runtime::Input;
using impl::runtime::name_in;
using impl::runtime::StepRecord;
using traces::Value;

constexpr std::size_t replay_contents_more = 32; // may gather before what nobody refers to is forgotten

std::string brief(const Value& value) {
    return value.is_null() ? "nothing" : traces::cut(traces::to_text(value), 200);
}

} // namespace

ProcessReplay::ProcessReplay(const std::string& file, const std::string& process)
    : process_(process), lines_(file, "the log of " + process) {
    read_next();
    if (!line_)
        throw traces::FileError(file, "", "is empty; expected a line for each step");
}

// Now and then: what is alive is looked for in the whole state.
void ProcessReplay::forget() {
    if (contents_.size() < contents_max_)
        return;
    impl::runtime::DigestSet alive;
    core_->collect(alive);
    (void)contents_.keep_only(alive);
    contents_max_ = 2 * contents_.size() + replay_contents_more;
}

void ProcessReplay::read_next() {
    line_.reset();
    if (core_)
        forget();
    if (!lines_.read(text_))
        return;
    if (!system_) {
        system_ = std::make_unique<DescribedSystem>(
            described_from(read_first_line(text_, place()), place(), "$.input.system"));
        core_ = std::make_unique<impl::runtime::ProcessCore>(system_->description, *system_->program, contents_,
                                                             process_named(*system_, process_, place()));
    }
    std::optional<LogLine> scanned = scan_log_line(text_, system_->description);
    LogLine line = scanned ? std::move(*scanned) : read_log_line(text_, place(), system_->description);
    if (line.process != process_)
        throw traces::FileError(place(), "$.process", "is " + line.process + "; this is the log of " + process_);
    const std::uint64_t expected = core_->steps() + 1;
    if (line.step != expected) {
        const std::string step = "is " + std::to_string(line.step) + "; expected " + std::to_string(expected);
        throw traces::FileError(place(), "$.step",
                                line.step + 1 == expected ? step + ": the line is there twice"
                                : line.step < expected    ? step + ": the lines are not in their order"
                                                          : step + ": " + std::to_string(line.step - expected) +
                                                             " lines are missing, or not in their place");
    }
    if ((line.input.kind == Input::Kind::start) != (expected == 1))
        throw traces::FileError(place(), "$.input.kind", "a log starts once, in its first line");
    line_ = std::move(line);
}

// What no node does, whatever the handlers would say.
void ProcessReplay::check_possible() const {
    const Input& input = line_->input;
    if (input.kind == Input::Kind::tick && !core_->can_tick())
        throw Deviation(place() + ": $.input.kind: tick, but the application does nothing by itself in this state");
    if (input.kind != Input::Kind::receive)
        return;
    const std::uint64_t first = core_->first_not_taken(input.from);
    if (input.number != first)
        return check_goes_past();
    const impl::runtime::Packet packet = impl::runtime::decode(system_->description, input.from, line_->packet);
    if (const std::string_view why = core_->blocked(packet.change, false); !why.empty())
        throw Deviation(place() + ": $.input: takes message " + std::to_string(first) + " of " +
                        name_in(system_->description, input.from) + ", but " + std::string(why));
}

void ProcessReplay::check_goes_past() const {
    const Input& input = line_->input;
    const auto fail = [&](const std::string& why) {
        throw Deviation(place() + ": $.input.number: takes message " + std::to_string(input.number) + " of " +
                        name_in(system_->description, input.from) + "; expected number " +
                        std::to_string(core_->first_not_taken(input.from)) + ": " + why);
    };
    if (core_->has_taken(input.from, input.number))
        fail("it was taken before");
    const impl::runtime::Packet packet = impl::runtime::decode(system_->description, input.from, line_->packet);
    if (const std::string_view why = core_->blocked(packet.change, true); !why.empty())
        fail("one was lost, or " + std::string(why));
}

StepRecord ProcessReplay::step() {
    check_possible();
    if (line_->input.kind == Input::Kind::receive)
        contents_.put_named(line_->input.packet, std::string(line_->packet));
    restarts_ += line_->input.kind == Input::Kind::restart ? 1U : 0U;
    StepRecord record;
    try {
        record = core_->step(line_->input);
    } catch (const impl::runtime::MalformedBytes& error) {
        throw Deviation(place() + ": $.input: " + error.what());
    } catch (const std::invalid_argument& error) { // of the application
        throw Deviation(place() + ": $.input.content: " + error.what());
    }
    const std::string expected = log_line(*core_, record);
    if (expected != text_)
        explain(expected, record);
    return record;
}

void ProcessReplay::explain(const std::string& expected, const StepRecord& record) const {
    const std::vector<traces::Difference> all =
        traces::differences(traces::parse_json(text_, place()), traces::parse_json(expected, "handlers"));
    if (all.empty())
        throw traces::FileError(place(), "", "says what it should, but is not written as mdcd writes it");
    const traces::Difference& first = all.front();
    std::string guards;
    for (const impl::runtime::NamedNote& note : record.notes)
        guards += (guards.empty() ? "" : ", ") + std::string(note.name);
    throw Deviation(place() + ": " + process_ + " did in step " + std::to_string(record.step) +
                    " what the handlers do not do: " + traces::printable(first.path) + ": the log says " +
                    brief(first.before) + ", the handlers say " + brief(first.after) +
                    (all.size() > 1 ? " (and " + std::to_string(all.size() - 1) + " more differences)" : "") +
                    (first.path == "digest" ? " (the state differs in what the line does not show)" : "") +
                    "; what they did: " + (guards.empty() ? "nothing that is noted" : guards));
}

} // namespace mdcd::checker::cli::node
