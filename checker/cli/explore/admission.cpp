// Host, origin, the secret in the address, and the few kinds of request that the page makes.
// Knows no HTTP library.
#include "checker/cli/explore/admission.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <random>

#include <arpa/inet.h>

namespace mdcd::checker::cli::explore {
namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return text;
}

// "name:8000", "[::1]:8000" without the port and brackets; "" if it is malformed.
std::string name_in(const std::string& host_header) {
    std::string name = lower(host_header);
    std::string port;
    if (name.starts_with('[')) {
        const std::size_t end = name.find(']');
        if (end == std::string::npos)
            return "";
        port = name.substr(end + 1);
        name = name.substr(1, end - 1);
    } else if (const std::size_t colon = name.find(':'); colon != std::string::npos) {
        port = name.substr(colon);
        name.resize(colon);
    }
    const bool has_port = port.size() >= 2 && port.size() <= 6 && port[0] == ':' &&
                          std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; });
    return port.empty() || has_port ? name : "";
}

bool is_address(const std::string& name) {
    unsigned char bytes[16];
    return inet_pton(AF_INET, name.c_str(), bytes) == 1 || inet_pton(AF_INET6, name.c_str(), bytes) == 1;
}

// A body without a length would be read to its end, wherever that is.
std::optional<Refusal> refusal_of_length(const RequestHead& head) {
    const std::string& length = head.content_length;
    if (head.is_chunked || length.empty())
        return Refusal{411, "a body must say its length"};
    constexpr std::size_t digits_max = 18; // fit into 64 bits
    if (!std::ranges::all_of(length, [](char c) { return c >= '0' && c <= '9'; }))
        return Refusal{400, "the length of the body is no number"};
    if (length.size() > digits_max || std::stoull(length) > body_bytes_max)
        return Refusal{413, "the body is too large"};
    return std::nullopt;
}

} // namespace

bool is_loopback(const std::string& host) {
    unsigned char bytes[16];
    if (inet_pton(AF_INET, host.c_str(), bytes) == 1)
        return bytes[0] == 127;
    return lower(host) == "localhost" || host == "::1";
}

bool is_own_name(const std::string& host_header, const std::string& listening_host) {
    const std::string name = name_in(host_header);
    if (name.empty())
        return false;
    if (name == "localhost" || name == lower(listening_host))
        return true;
    return is_loopback(listening_host) ? is_loopback(name) : is_address(name);
}

std::string new_secret() {
    std::random_device bits; // of the system, not computed
    std::string secret = "/";
    for (int word = 0; word < 4; ++word)
        for (std::uint32_t value = bits(), digit = 0; digit < 8; ++digit, value >>= 4U)
            secret += "0123456789abcdef"[value & 15U];
    return secret;
}

std::optional<std::string> path_after(const std::string& secret, const std::string& target) {
    unsigned differences = target.size() > secret.size() ? 0 : 1;
    for (std::size_t at = 0; at < secret.size(); ++at)
        differences |= static_cast<unsigned>(secret[at] ^ (at < target.size() ? target[at] : '\0'));
    if (differences != 0 || target[secret.size()] != '/')
        return std::nullopt;
    return target.substr(secret.size(), target.find('?') - secret.size());
}

std::optional<Refusal> refusal_of(const RequestHead& head, const std::string& listening_host,
                                  const std::string& secret) {
    if (!is_own_name(head.host, listening_host))
        return Refusal{421, "this server does not answer for the host in this request"};
    if (!path_after(secret, head.target))
        return Refusal{403, "the address lacks the secret that the program printed with it"};
    if (head.method != "GET" && head.method != "HEAD" && head.method != "POST")
        return Refusal{405, "only GET, HEAD and POST are answered"};
    if (head.is_ranged)
        return Refusal{416, ""}; // without a body, of which a range could be asked
    if (head.is_compressed)
        return Refusal{415, "a body must not be compressed"};
    const bool is_foreign = head.fetch_site == "cross-site" || head.fetch_site == "same-site" ||
                            (!head.origin.empty() && lower(head.origin) != "http://" + lower(head.host));
    if (head.method == "POST") {
        if (is_foreign)
            return Refusal{403, "a page of another site must not ask this server"};
        const std::string type = lower(head.content_type.substr(0, head.content_type.find(';')));
        if (type != "application/json")
            return Refusal{415, "a body must be application/json"};
        return refusal_of_length(head);
    }
    if (head.is_chunked || (!head.content_length.empty() && head.content_length != "0"))
        return Refusal{400, "a request that asks for a page has no body"};
    return std::nullopt;
}

} // namespace mdcd::checker::cli::explore
