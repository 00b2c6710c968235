// Plain data in the order of Standing, then the states, as whoever keeps them writes them.
// Believes nothing that it reads.
#include "checker/engine/checkpoint.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checked_file.hpp"

namespace mdcd::checker::engine {
namespace {

// Changes with the format, and reads differently on a machine with another byte order.
constexpr std::uint64_t format = 0x6d64636400000005U;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

// Two identities, line by line: the first difference.
std::string difference(const std::string& saved, const std::string& wanted) {
    const std::vector<std::string> theirs = lines_of(saved);
    const std::vector<std::string> ours = lines_of(wanted);
    const auto [there, here] = std::ranges::mismatch(theirs, ours);
    const auto line = [](auto at, auto end) { return at == end ? std::string("nothing") : "'" + *at + "'"; };
    return "it is of another search: where it says " + line(there, theirs.end()) + ", this one says " +
           line(here, ours.end());
}

void write_standing(CheckedWriter& file, const Standing& standing) {
    for (const std::uint64_t number :
         {standing.position.initial_count, standing.position.next, standing.position.level_end, standing.position.depth,
          standing.firings, standing.followed, standing.dead_ends, standing.outside, standing.handler_calls})
        file.number(number);
    file.items(std::span(&standing.seconds, 1));
    file.number(standing.coverage.size());
    file.items(std::span(standing.coverage));
    file.number(standing.findings.size());
    for (const Finding& finding : standing.findings) {
        file.number(finding.state);
        file.number(static_cast<std::uint64_t>(finding.kind));
        file.number(finding.bits);
    }
}

Standing read_standing(CheckedReader& file, const std::string& path) {
    Standing standing;
    for (std::uint64_t* const number :
         {&standing.position.initial_count, &standing.position.next, &standing.position.level_end,
          &standing.position.depth, &standing.firings, &standing.followed, &standing.dead_ends, &standing.outside,
          &standing.handler_calls})
        *number = file.number();
    file.items(std::span(&standing.seconds, 1));
    const std::uint64_t points = file.number();
    require_fit(points <= 64, path, "it has too many coverage points");
    standing.coverage.resize(points);
    file.items(std::span(standing.coverage));
    const std::uint64_t findings = file.number();
    require_fit(findings <= (std::uint64_t{1} << 20), path, "it has too many findings");
    for (std::uint64_t i = 0; i < findings; ++i) {
        Finding finding{.state = file.number()};
        const std::uint64_t kind = file.number();
        require_fit(kind < static_cast<std::uint64_t>(Finding::Kind::failure), path, "it has a finding of no kind");
        finding.kind = static_cast<Finding::Kind>(kind);
        finding.bits = file.number();
        standing.findings.push_back(finding);
    }
    return standing;
}

} // namespace

void require_fit(bool condition, const std::string& path, const std::string& complaint) {
    if (!condition)
        throw CheckpointError("the checkpoint '" + path + "' does not fit: " + complaint);
}

std::string search_identity(const BoundModel& model, const Layout& layout, const std::string& identity) {
    std::ostringstream text;
    text << identity;
    const auto list = [&](const char* name, const auto& numbers) {
        text << name;
        for (const auto number : numbers)
            text << ' ' << number;
    };
    for (const Slot& slot : model.slots())
        text << "\nslot " << slot.name << ": kind " << static_cast<unsigned>(slot.kind) << ", capacity "
             << slot.capacity;
    for (const Step& step : model.steps()) {
        text << "\nstep " << step.name << ':';
        list(" reads", step.reads);
        if (step.takes)
            text << " takes " << *step.takes;
        list(" wants room in", step.room);
    }
    for (const Property& property : model.properties())
        text << "\nproperty " << property.name << ": kind " << static_cast<unsigned>(property.kind);
    text << "\ncoverage points: " << model.coverage_point_count()
         << "\nknows final states: " << model.knows_final_states();
    list("\nlayout", layout.order);
    for (const LayoutNode& node : layout.nodes)
        text << ", " << node.begin << " to " << node.end;
    return text.str();
}

std::string checkpoint_identity(const BoundModel& model, const Layout& layout, const SearchOptions& options,
                                const std::string& kind) {
    return search_identity(model, layout,
                           options.identity + kind + (options.use_renamings ? "\nrenamed" : "") +
                               (options.use_sleep_sets ? "" : "\nevery edge followed") +
                               "\npaths = " + std::to_string(options.paths_max));
}

void write_beginning(CheckedWriter& file, const std::string& identity, const Standing& standing) {
    file.number(format);
    file.text(identity);
    write_standing(file, standing);
}

Standing read_beginning(CheckedReader& file, const std::string& path, const std::string& identity) {
    require_fit(file.number() == format, path, "it is of another format, or of a machine with another byte order");
    const std::string found = file.text();
    require_fit(found == identity, path, difference(found, identity));
    return read_standing(file, path);
}

void expect_consistent(const Standing& standing, std::uint64_t states, const std::string& path) {
    require_fit(standing.position.next <= standing.position.level_end && standing.position.level_end <= states &&
                    standing.position.initial_count <= states,
                path, "its counters contradict each other");
    for (const Finding& finding : standing.findings)
        require_fit(finding.state < states, path, "a finding has no state");
}

void write_checkpoint(const std::string& path, const std::string& identity, const Standing& standing,
                      const StateSpace& states) {
    CheckedWriter file(path);
    write_beginning(file, identity, standing);
    states.write(file, standing.position.next);
    file.commit();
}

Standing read_checkpoint(const std::string& path, const std::string& identity, StateSpace& states,
                         const std::function<void()>& look_at_clock) {
    CheckedReader file(path, look_at_clock);
    Standing standing = read_beginning(file, path, identity);
    states.read(file, path, standing.position.next, look_at_clock);
    const std::uint64_t count = states.size();
    expect_consistent(standing, count, path);
    for (std::uint64_t number = standing.position.initial_count; number < count; ++number)
        require_fit(states.parent(number) < number, path, "a state has no parent");
    return standing;
}

} // namespace mdcd::checker::engine
