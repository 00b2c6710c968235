// Where a process listens: a TCP port on this machine, or a Unix socket. Other machines are refused as long as what
// goes there could be read and changed by others on the way. Knows no socket.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mdcd::impl::runtime {

struct Address {
    bool is_unix = false;
    std::string host; // TCP: a numeric loopback address
    std::uint16_t port = 0;
    std::string path; // Unix
};

// What is wrong with an address, and what would be right.
class AddressError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// "127.0.0.1:7001", "[::1]:7001", "unix:NAME" (in `folder`, unless NAME begins with a slash).
[[nodiscard]] Address parse_address(std::string_view text, const std::string& folder);

} // namespace mdcd::impl::runtime
