// One function writes what the other reads, field by field.
// Knows no transport.
#include "checker/distributed/round_report.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "checker/distributed/wire.hpp"

namespace mdcd::checker::distributed {
namespace {

constexpr std::array<const char*, 6> stop_names = {"", "seconds", "interrupted", "memory", "memory", "capacity"};

void read_into(RoundReport& all, std::string_view bytes, ShardRange shards) {
    Reader in(bytes);
    const auto first = [](Stop& stop, std::uint64_t other) { // running out of memory leaves least behind
        if (stop == Stop::none || static_cast<Stop>(other) == Stop::out_of_memory)
            stop = other == 0 ? stop : static_cast<Stop>(other);
    };
    first(all.stop, in.number());
    first(all.limit, in.number());
    all.save = in.number() != 0 || all.save;
    all.cut = in.number() != 0 || all.cut;
    for (std::uint64_t* const sum :
         {&all.firings, &all.followed, &all.dead_ends, &all.outside, &all.store_bytes, &all.held_bytes})
        *sum += in.number();
    for (std::size_t shard = shards.begin; shard < shards.end; ++shard)
        all.fresh[shard] = in.number();
    for (std::uint64_t left = in.number(); left > 0; --left) {
        engine::Finding finding;
        finding.state = in.number();
        finding.kind = static_cast<engine::Finding::Kind>(in.number());
        finding.bits = in.number();
        all.findings.push_back(finding);
    }
    if (const std::string_view sentence = in.text(); all.nondeterminism.empty())
        all.nondeterminism = sentence;
    if (in.number() == 0)
        return;
    Complaint complaint;
    complaint.state = in.number();
    complaint.reason = in.text();
    if (!all.complaint || complaint.state < all.complaint->state)
        all.complaint = complaint;
}

} // namespace

const char* name_of(Stop stop) {
    return stop_names[static_cast<std::size_t>(stop)];
}

Stop stop_for(const char* reason) {
    if (reason == nullptr)
        return Stop::none;
    return reason == std::string_view("seconds") ? Stop::seconds : Stop::interrupted;
}

// Neighbouring shards, as evenly as it goes.
unsigned owner_of(std::size_t shard, unsigned ranks) {
    return static_cast<unsigned>(shard * ranks / engine::StateStore::shard_count);
}

ShardRange shards_of(unsigned rank, unsigned ranks) {
    const auto first = [&](std::size_t which) { return (which * engine::StateStore::shard_count + ranks - 1) / ranks; };
    return {.begin = first(rank), .end = first(rank + std::size_t{1})};
}

std::string to_bytes(const RoundReport& report, ShardRange shards) {
    Writer out;
    out.number(static_cast<std::uint64_t>(report.stop));
    out.number(static_cast<std::uint64_t>(report.limit));
    out.number(report.save ? 1 : 0);
    out.number(report.cut ? 1 : 0);
    for (const std::uint64_t sum :
         {report.firings, report.followed, report.dead_ends, report.outside, report.store_bytes, report.held_bytes})
        out.number(sum);
    for (std::size_t shard = shards.begin; shard < shards.end; ++shard)
        out.number(report.fresh[shard]);
    out.number(report.findings.size());
    for (const engine::Finding& finding : report.findings) {
        out.number(finding.state);
        out.number(static_cast<std::uint64_t>(finding.kind));
        out.number(finding.bits);
    }
    out.text(report.nondeterminism);
    out.number(report.complaint ? 1 : 0);
    if (report.complaint) {
        out.number(report.complaint->state);
        out.text(report.complaint->reason);
    }
    return out.take();
}

RoundReport all_together(std::span<const std::string> reports) {
    RoundReport all;
    const auto ranks = static_cast<unsigned>(reports.size());
    for (unsigned rank = 0; rank < ranks; ++rank)
        read_into(all, reports[rank], shards_of(rank, ranks));
    std::ranges::sort(all.findings, {},
                      [](const engine::Finding& finding) { return std::tuple(finding.state, finding.kind); });
    return all;
}

} // namespace mdcd::checker::distributed
