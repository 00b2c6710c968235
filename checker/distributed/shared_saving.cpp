// Four passes over the states, since the file has the tables first, then all states, all parents, all labels; after the
// first, rank 0 knows all halves. It gives them ids of its own, and those stand in the file.
// Knows no property.
#include "checker/distributed/shared_saving.hpp"

#include <algorithm>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/slot_tables.hpp"

namespace mdcd::checker::distributed {
namespace {

constexpr std::uint64_t collected_at_once = std::uint64_t{1} << 18;
constexpr const char* memory_is_full = "a rank has no memory left for it";

// What a message begins with.
enum class Word : std::uint8_t { go_on, stop, no_memory };

std::string only(Word word) {
    Writer out;
    out.number(static_cast<std::uint64_t>(word));
    return out.take();
}

} // namespace

// What rank 0 makes of the numbers [begin, end).
struct SharedSaving::Stretch {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::vector<engine::State> states;
    std::vector<engine::StateNumber> parents;
    std::vector<std::uint8_t> labels;

    void write(Pass pass, engine::CheckedWriter& file) const {
        if (pass == Pass::states)
            file.items(std::span(states));
        else if (pass == Pass::parents)
            file.items(std::span(parents));
        else if (pass == Pass::labels)
            file.items(std::span(labels));
    }
};

std::string SharedSaving::save(const std::string& path, const std::string& identity, const engine::Standing& standing,
                               std::uint64_t states) {
    if (!for_good_.empty())
        return for_good_;
    failure_.clear();
    write_all(path, identity, standing, states);
    for (const std::string& each : world_.gather(for_good_))
        if (for_good_.empty())
            for_good_ = each;
    return for_good_.empty() ? world_.gather(failure_).front() : for_good_;
}

// Of rank 0: what fails is told at the next meeting. Without its tables rank 0 cannot follow later checkpoints either.
template <class Action> void SharedSaving::attempt(Action action) {
    if (!leads() || !failure_.empty())
        return;
    try {
        action();
    } catch (const CheckpointError& error) {
        failure_ = error.what();
    } catch (const std::bad_alloc&) {
        failure_ = memory_is_full;
        for_good_ = memory_is_full;
    }
}

void SharedSaving::write_all(const std::string& path, const std::string& identity, const engine::Standing& standing,
                             std::uint64_t states) {
    Writer mine;
    mine.number(store_.part());
    std::uint64_t part = 0; // so that the fullest shard has room
    for (const std::string& each : world_.gather(mine.take()))
        part = std::max(part, Reader(each).number());
    std::optional<engine::CheckedWriter> file;
    attempt([&] {
        file.emplace(path);
        engine::write_beginning(*file, identity, standing);
    });
    if (!collect(Pass::halves, told_, states, nullptr))
        return;
    told_ = states;
    attempt([&] {
        engine::write_tables(*file, space_);
        file->number(part);
        file->number(states);
    });
    engine::CheckedWriter* const out = file ? &*file : nullptr;
    if (!collect(Pass::states, 0, states, out) || !collect(Pass::parents, 0, states, out) ||
        !collect(Pass::labels, standing.position.next, states, out))
        return;
    attempt([&] { file->commit(); });
}

// False once something has failed; then on all ranks.
bool SharedSaving::collect(Pass pass, std::uint64_t begin, std::uint64_t end, engine::CheckedWriter* file) {
    for (std::uint64_t from = begin; from < end; from += collected_at_once) {
        const std::uint64_t to = std::min(end, from + collected_at_once);
        const Word word = failure_.empty() ? Word::go_on : Word::stop;
        std::vector<std::string> messages(world_.size(), leads() ? only(word) : std::string());
        if (!leads())
            messages.front() = pack(pass, from, to);
        const std::vector<std::string> received = world_.exchange(messages);
        if (leads()) {
            // What comes brings new halves, and is read even if nothing is to be written any more.
            const std::string failed_before = std::exchange(failure_, {});
            attempt([&] {
                Stretch stretch{.begin = from, .end = to, .states = {}, .parents = {}, .labels = {}};
                unpack(pass, stretch, received);
                if (word == Word::go_on && failure_.empty() && file != nullptr)
                    stretch.write(pass, *file);
            });
            failure_ = failed_before.empty() ? failure_ : failed_before;
        } else if (Reader(received.front()).number() != static_cast<std::uint64_t>(Word::go_on)) {
            return false;
        }
        if (word != Word::go_on)
            return false;
    }
    return true;
}

// By number: how much further than the last one, and what the pass is about.
std::string SharedSaving::pack(Pass pass, std::uint64_t begin, std::uint64_t end) {
    if (!for_good_.empty())
        return only(Word::no_memory);
    try {
        Writer out;
        out.number(static_cast<std::uint64_t>(Word::go_on));
        std::uint64_t before = begin;
        numbering_.each_in(begin, end, [&](std::uint64_t local, std::uint64_t global) {
            out.number(global - before);
            before = global;
            if (pass == Pass::parents) {
                out.number(store_.parent(local));
            } else if (pass == Pass::labels) {
                out.number(store_.label(local));
            } else {
                sender_.write(engine::left_half, store_.state(local).left, out);
                sender_.write(engine::right_half, store_.state(local).right, out);
            }
        });
        return out.take();
    } catch (const std::bad_alloc&) {
        for_good_ = memory_is_full;
        return only(Word::no_memory);
    }
}

void SharedSaving::unpack(Pass pass, Stretch& stretch, const std::vector<std::string>& received) {
    const std::uint64_t length = stretch.end - stretch.begin;
    stretch.states.resize(pass == Pass::states ? length : 0);
    stretch.parents.resize(pass == Pass::parents ? length : 0);
    stretch.labels.resize(pass == Pass::labels ? length : 0);
    std::uint64_t count = 0;
    const auto place = [&](std::uint64_t global, engine::State state, std::uint64_t other) {
        const std::uint64_t at = global - stretch.begin;
        invariant(at < length, "a rank sends the states that it was asked for");
        if (pass == Pass::states)
            stretch.states[at] = state;
        else if (pass == Pass::parents)
            stretch.parents[at] = static_cast<engine::StateNumber>(other);
        else if (pass == Pass::labels)
            stretch.labels[at] = static_cast<std::uint8_t>(other);
        ++count;
    };
    numbering_.each_in(stretch.begin, stretch.end, [&](std::uint64_t local, std::uint64_t global) {
        place(global, store_.state(local), pass == Pass::parents ? store_.parent(local) : store_.label(local));
    });
    for (unsigned rank = 1; rank < world_.size(); ++rank) {
        Reader in(received[rank]);
        if (in.number() != static_cast<std::uint64_t>(Word::go_on))
            throw std::bad_alloc();
        for (std::uint64_t global = stretch.begin; !in.at_end();) {
            global += in.number();
            if (pass == Pass::parents || pass == Pass::labels) {
                place(global, {}, in.number());
                continue;
            }
            const engine::Id left = receivers_[rank].read(engine::left_half, in).id;
            place(global, {.left = left, .right = receivers_[rank].read(engine::right_half, in).id}, 0);
        }
    }
    invariant(count == length, "every state is on one rank");
}

std::uint64_t SharedSaving::bytes() const {
    std::uint64_t bytes = sender_.bytes();
    for (const HalfReceiver& receiver : receivers_)
        bytes += receiver.bytes();
    return bytes;
}

} // namespace mdcd::checker::distributed
