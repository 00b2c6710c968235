// Sets as intervals, and both kinds of ghost as bytes before others.
// Knows no claim and no log.
#include "checker/cli/node/ghost_history.hpp"

#include <algorithm>

#include "impl/runtime/bytes.hpp"

namespace mdcd::checker::cli::node {
namespace {

using impl::runtime::ByteReader;
using impl::runtime::ByteWriter;

// Only what is not zero: most upgrades have not been.
void put(ByteWriter& writer, const NewNumbers& numbers) {
    std::uint8_t count = 0;
    for (const auto& of_upgrade : numbers)
        for (const std::uint32_t number : of_upgrade)
            count = static_cast<std::uint8_t>(count + (number != 0 ? 1 : 0));
    writer.put(count);
    for (std::uint8_t upgrade = 0; upgrade < numbers.size(); ++upgrade)
        for (std::uint8_t component = 0; component < numbers[upgrade].size(); ++component)
            if (const std::uint32_t number = numbers[upgrade][component]; number != 0) {
                writer.put(upgrade);
                writer.put(component);
                writer.put(number);
            }
}

void get(ByteReader& reader, NewNumbers& numbers) {
    std::uint8_t count = 0;
    reader.get(count, "the count of numbers");
    for (; count > 0; --count) {
        std::uint8_t upgrade = 0, component = 0;
        reader.get(upgrade, "the upgrade");
        reader.get(component, "the component");
        if (upgrade >= numbers.size() || component >= numbers[upgrade].size())
            throw impl::runtime::MalformedBytes("a number is of an upgrade or component that there is not");
        reader.get(numbers[upgrade][component], "the number");
    }
}

} // namespace

void NumberSet::insert(std::uint64_t number) {
    if (number <= through_)
        return;
    if (number == through_ + 1) {
        through_ = number;
        if (!apart_.empty() && apart_.front().first == number + 1) {
            through_ = apart_.front().second;
            apart_.erase(apart_.begin());
        }
        return;
    }
    auto next = std::ranges::find_if(apart_, [&](const Interval& each) { return each.second + 1 >= number; });
    if (next == apart_.end() || number + 1 < next->first) {
        apart_.insert(next, {number, number});
        return;
    }
    next->first = std::min(next->first, number);
    next->second = std::max(next->second, number);
    const auto after = next + 1;
    if (after != apart_.end() && next->second + 1 >= after->first) {
        next->second = std::max(next->second, after->second);
        apart_.erase(after);
    }
}

bool NumberSet::contains(std::uint64_t number) const {
    return (number > 0 && number <= through_) || std::ranges::any_of(apart_, [&](const Interval& each) {
               return each.first <= number && number <= each.second;
           });
}

void join(NewNumbers& numbers, const NewNumbers& others) {
    for (std::size_t upgrade = 0; upgrade < numbers.size(); ++upgrade)
        for (std::size_t component = 0; component < numbers[upgrade].size(); ++component)
            numbers[upgrade][component] = std::max(numbers[upgrade][component], others[upgrade][component]);
}

void GhostHistory::deliver(const GhostMessage& message) {
    twice |= received[message.sender].contains(message.number);
    received[message.sender].insert(message.number);
    join(depends, message.depends);
}

std::string with(const GhostHistory& history, std::string_view state) {
    ByteWriter writer;
    put(writer, history.depends);
    writer.put(history.sent);
    writer.put(history.outputs);
    for (const NumberSet& each : history.received) {
        writer.put(each.through());
        writer.put(static_cast<std::uint32_t>(each.apart().size()));
        for (const auto& [first, last] : each.apart()) {
            writer.put(first);
            writer.put(last);
        }
    }
    writer.put(history.twice);
    writer.put_rest(state);
    return writer.take();
}

std::string with(const GhostMessage& message, std::string_view content) {
    ByteWriter writer;
    writer.put(message.sender);
    writer.put(message.number);
    put(writer, message.depends);
    writer.put_rest(content);
    return writer.take();
}

GhostHistory split_history(std::string_view& state) {
    GhostHistory history;
    ByteReader reader(state);
    get(reader, history.depends);
    reader.get(history.sent, "sent");
    reader.get(history.outputs, "outputs");
    for (NumberSet& each : history.received) {
        std::uint64_t through = 0;
        reader.get(through, "through");
        each.set_through(through);
        std::uint32_t count = 0;
        reader.get(count, "the count of intervals");
        for (; count > 0; --count) {
            std::uint64_t first = 0, last = 0;
            reader.get(first, "first");
            reader.get(last, "last");
            each.put_apart(first, last);
        }
    }
    reader.get(history.twice, "twice");
    state = reader.get_rest();
    return history;
}

GhostMessage split_message(std::string_view& content) {
    GhostMessage message;
    ByteReader reader(content);
    reader.get(message.sender, "the sender");
    reader.get(message.number, "the number");
    get(reader, message.depends);
    if (message.sender >= impl::system_component_max)
        throw impl::runtime::MalformedBytes("the sender is no component");
    content = reader.get_rest();
    return message;
}

} // namespace mdcd::checker::cli::node
