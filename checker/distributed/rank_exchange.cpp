// Candidates from rank to rank. A message is a stop or none, how many candidates there were in all, and then for each
// shard of the receiver the candidates in the order of their parents. Parents are counted from the first of the round,
// among all ranks; so the owner of a shard can merge what it gets into the order of one process.
// Knows no property.
#include <algorithm>

#include "checker/distributed/rank_explorer.hpp"

namespace mdcd::checker::distributed {

using engine::Candidate;
using engine::CandidateBuffers;
using engine::Origin;
using engine::StateStore;

namespace {

// Numbers here, in rising order, to offsets among all.
class Offsets {
public:
    Offsets(const Numbering& numbering, std::uint64_t first_here, std::uint64_t first)
        : numbering_(numbering), first_here_(first_here), first_(first) {}
    std::uint64_t operator()(std::uint32_t parent) {
        if (parent != parent_) {
            parent_ = parent;
            offset_ = numbering_.global_of(first_here_ + parent) - first_;
        }
        return offset_;
    }

private:
    const Numbering& numbering_;
    std::uint64_t first_here_;
    std::uint64_t first_;
    std::uint32_t parent_ = 0xffffffff;
    std::uint64_t offset_ = 0;
};

// The candidates of all ranks in a shard, as stretches of the ranks' lists, in the order of parents. Each parent was
// expanded by one rank.
std::vector<std::span<const Candidate>> merged(std::span<const std::span<const Candidate>> sources) {
    std::vector<std::span<const Candidate>> rest;
    for (const std::span<const Candidate> source : sources)
        if (!source.empty())
            rest.push_back(source);
    if (rest.size() < 2)
        return rest;
    const auto parent = [](std::span<const Candidate> list) { return list.front().origin.parent(); };
    std::vector<std::span<const Candidate>> stretches;
    while (!rest.empty()) {
        auto least = rest.begin();
        std::uint32_t next_least = 0xffffffff;
        for (auto each = rest.begin() + 1; each != rest.end(); ++each) {
            if (parent(*each) < parent(*least)) {
                next_least = parent(*least);
                least = each;
            } else {
                next_least = std::min(next_least, parent(*each));
            }
        }
        std::size_t count = 1;
        while (count < least->size() && (*least)[count].origin.parent() < next_least)
            ++count;
        stretches.push_back(least->first(count));
        *least = least->subspan(count);
        if (least->empty())
            rest.erase(least);
    }
    return stretches;
}

} // namespace

std::vector<std::string> RankExplorer::pack(std::uint64_t first_here, Stop stop) {
    std::uint64_t candidates = 0;
    for (std::size_t block = 0; block < blocks_used_; ++block)
        for (std::size_t shard = 0; shard < StateStore::shard_count; ++shard)
            candidates += blocks_[block].count_of_shard(shard);
    std::vector<std::string> messages(world_.size());
    if (stop != Stop::none) {
        Writer alone;
        alone.number(static_cast<std::uint64_t>(stop));
        messages.assign(world_.size(), alone.take());
        return messages;
    }
    std::atomic<unsigned> next = 0;
    run_together(candidates, [&](unsigned) {
        for (unsigned rank = next++; rank < world_.size(); rank = next++)
            if (rank != world_.rank())
                messages[rank] = pack_for(rank, first_here, candidates);
    });
    for (const std::string& message : messages)
        message_bytes_ += message.capacity();
    return messages;
}

std::string RankExplorer::pack_for(unsigned rank, std::uint64_t first_here, std::uint64_t candidates) {
    Writer out;
    out.number(static_cast<std::uint64_t>(Stop::none));
    out.number(candidates);
    const ShardRange theirs = shards_of(rank, world_.size());
    for (std::size_t shard = theirs.begin; shard < theirs.end; ++shard) {
        Offsets offset_of(numbering_, first_here, position_.next);
        std::size_t count = 0;
        for (std::size_t block = 0; block < blocks_used_; ++block)
            count += blocks_[block].of_shard(shard).size();
        out.number(count);
        std::uint64_t before = 0;
        for (std::size_t block = 0; block < blocks_used_; ++block)
            for (const Candidate& candidate : blocks_[block].of_shard(shard)) {
                const std::uint64_t offset = offset_of(candidate.origin.parent());
                out.number(offset - before);
                before = offset;
                out.number(candidate.origin.label());
                senders_[rank].write(engine::left_half, candidate.state.left, out);
                senders_[rank].write(engine::right_half, candidate.state.right, out);
            }
    }
    return out.take();
}

std::vector<Candidate> RankExplorer::own_candidates(std::size_t shard, std::uint64_t first_here) const {
    Offsets offset_of(numbering_, first_here, position_.next);
    std::vector<Candidate> own;
    for (std::size_t block = 0; block < blocks_used_; ++block)
        for (Candidate candidate : blocks_[block].of_shard(shard)) {
            candidate.origin = Origin(offset_of(candidate.origin.parent()), candidate.origin.label());
            own.push_back(candidate);
        }
    return own;
}

std::vector<RankExplorer::Lists> RankExplorer::unpack(const std::vector<std::string>& messages,
                                                      std::uint64_t first_here, Stop& stop) {
    std::vector<Stop> stops(world_.size(), Stop::none);
    std::vector<std::uint64_t> counts(world_.size());
    std::vector<Lists> lists(world_.size());
    if (stop != Stop::none)
        return {};
    std::uint64_t bytes = 0;
    for (const std::string& message : messages)
        bytes += message.size();
    std::atomic<unsigned> next = 0;
    run_together(bytes / 8, [&](unsigned) {
        for (unsigned rank = next++; rank < world_.size(); rank = next++) {
            if (rank != world_.rank()) {
                lists[rank] = unpack_from(rank, messages[rank], stops[rank], counts[rank]);
                continue;
            }
            for (std::size_t shard = shards_.begin; shard < shards_.end; ++shard)
                lists[rank].push_back(own_candidates(shard, first_here));
            for (std::size_t block = 0; block < blocks_used_; ++block)
                for (std::size_t shard = 0; shard < StateStore::shard_count; ++shard)
                    counts[rank] += blocks_[block].count_of_shard(shard);
        }
    });
    std::uint64_t candidates = 0;
    for (unsigned rank = 0; rank < world_.size(); ++rank) {
        if (stop == Stop::none || stops[rank] == Stop::out_of_memory)
            stop = stops[rank] == Stop::none ? stop : stops[rank];
        candidates += counts[rank];
        for (const std::vector<Candidate>& list : lists[rank])
            message_bytes_ += list.capacity() * sizeof(Candidate);
    }
    if (stop == Stop::none && found_ + candidates > engine::state_count_max)
        stop = Stop::capacity;
    return lists;
}

RankExplorer::Lists RankExplorer::unpack_from(unsigned rank, std::string_view message, Stop& stop,
                                              std::uint64_t& candidates) {
    Reader in(message);
    stop = static_cast<Stop>(in.number());
    if (stop != Stop::none)
        return {};
    candidates = in.number();
    HalfReceiver& halves = receivers_[rank];
    Lists lists;
    for (std::size_t shard = shards_.begin; shard < shards_.end; ++shard) {
        std::vector<Candidate>& list = lists.emplace_back(in.number());
        std::uint64_t offset = 0;
        for (Candidate& candidate : list) {
            offset += in.number();
            candidate.origin = Origin(offset, static_cast<std::uint8_t>(in.number()));
            const HalfReceiver::Half left = halves.read(engine::left_half, in);
            const HalfReceiver::Half right = halves.read(engine::right_half, in);
            candidate.state = {.left = left.id, .right = right.id};
            candidate.hash = left.hash ^ right.hash;
        }
    }
    return lists;
}

Stop RankExplorer::insert(const std::vector<Lists>& lists, std::uint64_t first_parent, RoundReport& report) {
    ShardCounts sizes{};
    std::uint64_t candidates = 0;
    for (const Lists& from : lists)
        for (std::size_t shard = 0; shard < from.size(); ++shard) {
            sizes[shards_.begin + shard] += from[shard].size();
            candidates += from[shard].size();
        }
    while (!store_.fits(sizes)) {
        if (memory_max() > 0 && bytes_in_use() - store_.bytes() + store_.bytes_when_grown() > memory_max())
            return Stop::memory;
        if (!grow_store())
            return stop_for(watch_.reason());
    }
    std::atomic<std::size_t> next_shard = shards_.begin;
    run_together(candidates, [&](unsigned) {
        for (std::size_t shard = next_shard++; shard < shards_.end; shard = next_shard++) {
            std::vector<std::span<const Candidate>> sources;
            for (const Lists& from : lists)
                if (!from.empty())
                    sources.emplace_back(from[shard - shards_.begin]);
            store_.insert(shard, merged(sources));
        }
    });
    for (std::size_t shard = shards_.begin; shard < shards_.end; ++shard)
        report.fresh[shard] = store_.fresh_of(shard);
    const std::uint64_t fresh = store_.assign_numbers(first_parent);
    next_shard = shards_.begin;
    run_together(fresh, [&](unsigned) {
        for (std::size_t shard = next_shard++; shard < shards_.end; shard = next_shard++)
            store_.place(shard);
    });
    return Stop::none;
}

// False if there was no time for it.
bool RankExplorer::grow_store() {
    store_.grow();
    const auto hash_of = [&](State state) { return engine::upper_half(space_.hash(state)); };
    for (StateStore::Wave wave = store_.next_wave(); wave.begin < wave.end; wave = store_.next_wave()) {
        std::atomic<std::size_t> next = wave.begin;
        run_together(store_.size(), [&](unsigned) {
            for (std::size_t shard = next++; shard < wave.end && !watch_.time_to_stop(); shard = next++)
                store_.move(shard, hash_of);
        });
        if (watch_.reason() != nullptr)
            return false;
    }
    return true;
}

// Shard after shard, whoever has it: the order in which one process numbers them.
void RankExplorer::number_fresh(const ShardCounts& fresh) {
    for (std::size_t shard = 0; shard < fresh.size(); ++shard) {
        if (shard >= shards_.begin && shard < shards_.end)
            numbering_.add(found_, fresh[shard]);
        found_ += fresh[shard];
    }
}

} // namespace mdcd::checker::distributed
