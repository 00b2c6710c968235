// Reads and edits the bytes of a channel, with its lengths checked.
// Knows nothing of what a message says.
#include "checker/channel.hpp"

#include <algorithm>

#include "checker/model_error.hpp"

namespace mdcd::checker {
namespace {

std::size_t length_at(std::string_view channel, std::size_t at) {
    const auto low = static_cast<unsigned char>(channel[at]);
    const auto high = static_cast<unsigned char>(channel[at + 1]);
    return low | std::size_t{high} << 8;
}

} // namespace

bool is_channel(std::string_view bytes) {
    std::size_t at = 0;
    while (at + 2 <= bytes.size())
        at += 2 + length_at(bytes, at);
    return at == bytes.size();
}

std::vector<std::string_view> messages_of(std::string_view channel) {
    std::vector<std::string_view> messages;
    for (std::size_t at = 0; at < channel.size();) {
        if (at + 2 > channel.size())
            throw ModelError("a channel's bytes end inside the length of a message");
        const std::size_t length = length_at(channel, at);
        if (at + 2 + length > channel.size())
            throw ModelError("a channel's bytes end inside a message");
        messages.push_back(channel.substr(at + 2, length));
        at += 2 + length;
    }
    return messages;
}

void append_message(std::string& channel, std::string_view message) {
    if (message.size() > message_bytes_max)
        throw ModelError("a message is longer than 65535 bytes");
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
