// Plain data in the order of Standing, then the tables in the order of their numbers: interned again in
// that order, every value gets the number it had.
#include "checker/engine/checkpoint.hpp"

#include <algorithm>
#include <sstream>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checked_file.hpp"

namespace mdcd::checker::engine {
namespace {

// Changes with the format, and reads differently on a machine with another byte order.
constexpr std::uint64_t format = 0x6d64636400000005U;

void require(bool condition, const std::string& path, const std::string& complaint) {
    if (!condition)
        throw CheckpointError("the checkpoint '" + path + "' does not fit: " + complaint);
}

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
         {standing.initial_count, standing.next, standing.level_end, standing.depth, standing.firings,
          standing.followed, standing.dead_ends, standing.outside, standing.handler_calls})
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
         {&standing.initial_count, &standing.next, &standing.level_end, &standing.depth, &standing.firings,
          &standing.followed, &standing.dead_ends, &standing.outside, &standing.handler_calls})
        *number = file.number();
    file.items(std::span(&standing.seconds, 1));
    const std::uint64_t points = file.number();
    require(points <= 64, path, "it has too many coverage points");
    standing.coverage.resize(points);
    file.items(std::span(standing.coverage));
    const std::uint64_t findings = file.number();
    require(findings <= (std::uint64_t{1} << 20), path, "it has too many findings");
    for (std::uint64_t i = 0; i < findings; ++i) {
        Finding finding{.state = file.number()};
        const std::uint64_t kind = file.number();
        require(kind < static_cast<std::uint64_t>(Finding::Kind::failure), path, "it has a finding of no kind");
        finding.kind = static_cast<Finding::Kind>(kind);
        finding.bits = file.number();
        standing.findings.push_back(finding);
    }
    return standing;
}

bool has_pairs(const Layout& layout, std::size_t node) {
    return node != root_node && layout.nodes[node].size() > 1;
}

} // namespace

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

void write_checkpoint(const std::string& path, const std::string& identity, const Standing& standing,
                      const SlotSpace& space, const StateStore& store) {
    CheckedWriter file(path);
    file.number(format);
    file.text(identity);
    write_standing(file, standing);
    const Layout& layout = space.layout();
    for (std::uint16_t position = 0; position < layout.order.size(); ++position) {
        const ValueTable& values = space.value_table(position);
        file.number(values.size());
        for (Id id = 0; id < values.size(); ++id)
            file.text(values.bytes(id));
    }
    for (std::size_t node = layout.nodes.size(); node-- > 0;) { // children before parents
        if (!has_pairs(layout, node))
            continue;
        const PairTable& pairs = space.pair_table(static_cast<NodeIndex>(node));
        file.number(pairs.size());
        for (Id id = 0; id < pairs.size(); ++id) {
            const IdPair pair = pairs.pair(id);
            file.items(std::span(&pair, 1));
        }
    }
    file.number(store.part());
    file.number(store.size());
    file.items(std::span<const State>(store.states(), store.size()));
    file.items(std::span<const StateNumber>(store.parents(), store.size()));
    file.items(store.labels_from(standing.next));
    file.commit();
}

Standing read_checkpoint(const std::string& path, const std::string& identity, SlotSpace& space, StateStore& store,
                         const std::function<void()>& look_at_clock) {
    CheckedReader file(path, look_at_clock);
    require(file.number() == format, path, "it is of another format, or of a machine with another byte order");
    const std::string found = file.text();
    require(found == identity, path, difference(found, identity));
    Standing standing = read_standing(file, path);
    const Layout& layout = space.layout();
    for (std::uint16_t position = 0; position < layout.order.size(); ++position) {
        const std::uint64_t count = file.number();
        for (std::uint64_t id = 0; id < count; ++id) {
            if (id % 4096 == 0)
                look_at_clock();
            const std::string value = file.text();
            require(!fault_in_content(space.slot_at(position), value), path, "a channel holds no messages");
            require(space.intern_value(position, value) == id, path, "a value is there twice");
        }
    }
    for (std::size_t node = layout.nodes.size(); node-- > 0;) {
        if (!has_pairs(layout, node))
            continue;
        const std::uint64_t count = file.number();
        for (std::uint64_t id = 0; id < count; ++id) {
            IdPair pair;
            if (id % 4096 == 0)
                look_at_clock();
            file.items(std::span(&pair, 1));
            require(space.knows(layout.nodes[node].left, pair.left) &&
                        space.knows(layout.nodes[node].right, pair.right),
                    path, "a node has no child");
            require(space.join(static_cast<NodeIndex>(node), pair) == id, path, "a node is there twice");
        }
    }
    const std::uint64_t part = file.number();
    const std::uint64_t count = file.number();
    require(standing.next <= standing.level_end && standing.level_end <= count && standing.initial_count <= count, path,
            "its counters contradict each other");
    require(count <= state_count_max &&
                count * (sizeof(State) + sizeof(StateNumber)) + (count - standing.next) == file.bytes_left(),
            path, "it has another number of states than it says");
    require(part <= state_count_max && store.restore(count, standing.next, part), path, "its table has no such size");
    file.items(std::span<State>(store.states(), count));
    file.items(std::span<StateNumber>(store.parents(), count));
    file.items(store.labels());
    for (std::uint64_t number = 0; number < count; ++number) {
        const State state = store.state(number);
        require(space.knows(left_half, state.left) && space.knows(right_half, state.right), path,
                "a state has no half");
        require(number < standing.initial_count || store.parent(number) < number, path, "a state has no parent");
    }
    for (const Finding& finding : standing.findings)
        require(finding.state < count, path, "a finding has no state");
    return standing;
}

} // namespace mdcd::checker::engine
