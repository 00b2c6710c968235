// Reads and edits the bytes of a channel, with its lengths checked.
// Knows nothing of what a message says.
#include "checker/channel.hpp"

#include <algorithm>

#include "checker/invariant.hpp"

namespace mdcd::checker {
namespace {

std::size_t length_at(std::string_view channel, std::size_t at) {
    const auto low = static_cast<unsigned char>(channel[at]);
    const auto high = static_cast<unsigned char>(channel[at + 1]);
    return low | std::size_t{high} << 8;
}

} // namespace

std::vector<std::string_view> messages_of(std::string_view channel) {
    std::vector<std::string_view> messages;
    for (std::size_t at = 0; at < channel.size();) {
        invariant(at + 2 <= channel.size(), "a channel's bytes end inside a length");
        const std::size_t length = length_at(channel, at);
        invariant(at + 2 + length <= channel.size(), "a channel's bytes end inside a message");
        messages.push_back(channel.substr(at + 2, length));
        at += 2 + length;
    }
    return messages;
}

void append_message(std::string& channel, std::string_view message) {
    invariant(message.size() <= message_bytes_max, "a message is longer than 65535 bytes");
    channel.push_back(static_cast<char>(message.size() & 0xff));
    channel.push_back(static_cast<char>(message.size() >> 8));
    channel.append(message);
}

void insert_message(std::string& channel, std::string_view message) {
    const std::string before = channel;
    std::vector<std::string_view> messages = messages_of(before);
    messages.insert(std::ranges::upper_bound(messages, message), message);
    channel.clear();
    for (const std::string_view each : messages)
        append_message(channel, each);
}

void include_message(std::string& channel, std::string_view message) {
    const std::vector<std::string_view> present = messages_of(channel);
    if (!std::ranges::binary_search(present, message))
        insert_message(channel, message);
}

void remove_message(std::string& channel, std::size_t position) {
    std::size_t at = 0;
    for (; position > 0; --position)
        at += 2 + length_at(channel, at);
    channel.erase(at, 2 + length_at(channel, at));
}

} // namespace mdcd::checker
