// Addresses are taken apart by the system's own reader of numeric addresses.
// Knows no socket.
#include "impl/runtime/address.hpp"

#include <charconv>

#include <arpa/inet.h>
#include <sys/un.h>

namespace mdcd::impl::runtime {
namespace {

constexpr std::string_view expected = "expected 127.0.0.1:PORT, [::1]:PORT or unix:NAME";

bool is_loopback(const std::string& host) {
    in_addr four{};
    if (::inet_pton(AF_INET, host.c_str(), &four) == 1)
        return (ntohl(four.s_addr) >> 24U) == 127U;
    in6_addr six{};
    return ::inet_pton(AF_INET6, host.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

bool is_address(const std::string& host) {
    in_addr four{};
    in6_addr six{};
    return ::inet_pton(AF_INET, host.c_str(), &four) == 1 || ::inet_pton(AF_INET6, host.c_str(), &six) == 1;
}

} // namespace

Address parse_address(std::string_view text, const std::string& folder, bool certified) {
    Address address;
    if (text.starts_with("unix:")) {
        address.is_unix = true;
        const std::string name(text.substr(5));
        if (name.empty() || name.find('\0') != std::string::npos)
            throw AddressError("has no name after unix:; " + std::string(expected));
        if (name.find('/') != std::string::npos || name == "." || name == "..")
            throw AddressError("is a path; a socket is in the run's folder, under a name without a slash: " +
                               std::string(expected));
        address.path = folder + "/" + name;
        if (address.path.size() >= sizeof(sockaddr_un::sun_path))
            throw AddressError("the socket's path has " + std::to_string(address.path.size()) +
                               " bytes; the system allows " + std::to_string(sizeof(sockaddr_un::sun_path) - 1) +
                               ": use a folder with a shorter name");
        return address;
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        throw AddressError("is no address; " + std::string(expected));
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    address.host = host;
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc() || end != port.data() + port.size() || address.port == 0)
        throw AddressError("has no port from 1 to 65535 after the last colon; " + std::string(expected));
    if (!is_address(address.host))
        throw AddressError("has no numeric address before the port; " + std::string(expected));
    if (!certified && !is_loopback(address.host))
        throw AddressError(
            "is not on this machine. Messages never go over a network in the clear: connections to other "
            "machines need TLS, with the field certificates in the file of the system; " +
            std::string(expected));
    return address;
}

} // namespace mdcd::impl::runtime
