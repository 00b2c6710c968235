// Before the search: the ranks make sure that they are about to do the same, and in the same layout.
// Knows no transport.
#include "checker/distributed/explore.hpp"

#include <algorithm>
#include <exception>
#include <optional>

#include "checker/decisions.hpp"
#include "checker/distributed/rank_explorer.hpp"
#include "checker/distributed/wire.hpp"
#include "checker/engine/checkpoint.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/engine/delegate.hpp"
#include "checker/engine/sampling.hpp"
#include "checker/engine/stop_watch.hpp"
#include "checker/engine/table_hash.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::distributed {
namespace {

Report error_report(const engine::BoundModel& model, const std::string& reason) {
    Report report;
    Decisions decisions(model.properties().first(std::min(model.properties().size(), property_count_max)),
                        model.knows_final_states());
    decisions.fail(reason, {});
    report.verdicts = decisions.finish(false, "");
    report.coverage.resize(model.coverage_point_count());
    return report;
}

std::string sampling_to_bytes(const engine::Sampling& sampling) {
    Writer out;
    for (const SlotIndex slot : sampling.layout.order)
        out.number(slot);
    out.number(sampling.layout.nodes.size());
    for (const engine::LayoutNode& node : sampling.layout.nodes)
        for (const std::uint16_t each : {node.begin, node.end, node.left, node.right})
            out.number(each);
    for (const std::vector<SlotIndex>& slots : sampling.changes) {
        out.number(slots.size());
        for (const SlotIndex slot : slots)
            out.number(slot);
    }
    return out.take();
}

engine::Sampling sampling_from_bytes(const engine::BoundModel& model, std::string_view bytes) {
    Reader in(bytes);
    engine::Sampling sampling;
    engine::Layout& layout = sampling.layout;
    layout.position_of.resize(model.slots().size());
    for (std::size_t position = 0; position < model.slots().size(); ++position) {
        layout.order.push_back(static_cast<SlotIndex>(in.number()));
        layout.position_of[layout.order.back()] = static_cast<std::uint16_t>(position);
    }
    layout.nodes.resize(in.number());
    for (engine::LayoutNode& node : layout.nodes)
        for (std::uint16_t* const each : {&node.begin, &node.end, &node.left, &node.right})
            *each = static_cast<std::uint16_t>(in.number());
    sampling.changes.resize(model.steps().size());
    for (std::vector<SlotIndex>& slots : sampling.changes) {
        slots.resize(in.number());
        for (SlotIndex& slot : slots)
            slot = static_cast<SlotIndex>(in.number());
    }
    return sampling;
}

// Everything that decides the result, on this rank.
std::string content_of(const engine::BoundModel& model, const SearchOptions& options) {
    Writer out;
    out.text(engine::search_identity(model, {}, options.identity));
    for (const GlobalState& state : model.initial_states())
        for (const std::string& bytes : state)
            out.text(bytes);
    for (const std::uint64_t each : {std::uint64_t{options.use_renamings}, std::uint64_t{options.use_sleep_sets},
                                     std::uint64_t{options.stop_when_decided}, std::uint64_t{options.check_determinism},
                                     std::uint64_t{options.paths_max}, options.limits.states_max})
        out.number(each);
    for (const std::string& property : options.stop_at)
        out.text(property);
    const std::string content = out.take();
    Writer digest;
    for (const std::uint64_t seed : {0U, 1U})
        digest.number(engine::table_hash(seed, content));
    return digest.take();
}

void expect_same(World& world, const engine::BoundModel& model, const SearchOptions& options) {
    const std::vector<std::string> contents = world.gather(content_of(model, options));
    const auto other = std::ranges::find_if(contents, [&](const std::string& each) { return each != contents[0]; });
    if (other != contents.end())
        throw LostRank("rank " + std::to_string(other - contents.begin()) +
                       " has another model, other options or another build than rank 0: all ranks must be started by "
                       "one command, with the same program and files on each machine");
}

Report search(engine::BoundModel& model, const SearchOptions& options, World& world) {
    engine::StopWatch watch(options);
    std::optional<engine::FirstLook> first;
    std::string reason;
    try {
        engine::expect_well_formed(model, options);
        first.emplace(model, options.check_determinism, [&] { return watch.time_to_stop(); });
    } catch (const ModelError& error) {
        reason = error.what();
    }
    for (const std::string& each : world.gather(reason))
        if (!each.empty())
            return error_report(model, each);
    expect_same(world, model, options);
    const std::vector<std::string> told =
        world.gather(world.rank() == 0 ? sampling_to_bytes(first->sampling) : std::string());
    first->sampling = sampling_from_bytes(model, told.front());
    try {
        return RankExplorer(model, options, *first, watch, world).run();
    } catch (const ModelError& error) { // of renamings, before anything is explored: on all ranks
        return error_report(model, error.what());
    }
}

} // namespace

Report explore(engine::BoundModel& model, const SearchOptions& options, World& world) {
    if (world.size() > ranks_max)
        throw Refused("a distributed search has at most " + std::to_string(ranks_max) +
                      " ranks, one for each shard of the states: more cores are used by --workers on each");
    engine::expect_identity(options);
    try {
        return search(model, options, world);
    } catch (const std::exception& error) { // the others do not know
        world.abandon(error.what());
        throw;
    } catch (...) {
        world.abandon("an exception of the model");
        throw;
    }
}

namespace {

World*& together() {
    static World* world = nullptr;
    return world;
}

} // namespace

World* world_of_searches() {
    return together();
}

Distributed::Distributed(World& world) {
    together() = &world;
    engine::delegate_searches_to(
        [&world](engine::BoundModel& model, const SearchOptions& options) { return explore(model, options, world); });
}

Distributed::~Distributed() {
    together() = nullptr;
    engine::delegate_searches_to({});
}

} // namespace mdcd::checker::distributed
