// Where a process listens: a TCP port, or a Unix socket. Other machines are refused unless what goes there is encrypted
// and certified: then nobody can read or change it on the way. Knows no socket.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mdcd::impl::runtime {

struct Address {
    bool is_unix = false;
    std::string host; // TCP: a numeric address
    std::uint16_t port = 0;
    std::string path; // Unix
};

// What is wrong with an address, and what would be right.
class AddressError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// "127.0.0.1:7001", "[::1]:7001", "unix:NAME" (in `folder`, unless NAME begins with a slash).
// `certified`: there are certificates, so it may be on another machine.
[[nodiscard]] Address parse_address(std::string_view text, const std::string& folder, bool certified = false);

} // namespace mdcd::impl::runtime
