// What listeners of all kinds have in common: endpoints of addresses, and sockets that only this user may open.
// Knows nothing of what is said there.
#pragma once

#include <optional>
#include <string>
#include <utility> // which Boost 1.74 uses and does not include

#include <boost/asio.hpp>

#include "impl/runtime/address.hpp"

namespace mdcd::impl::runtime {

using Stream = boost::asio::generic::stream_protocol;

[[nodiscard]] Stream::endpoint endpoint_of(const Address& address);

// Whose process is at the other end of a socket of that address, as the kernel knows it: "user 7"; "" if it is one of
// this user (none: of this process's own), or if the address is no Unix socket.
[[nodiscard]] std::string other_user_at(const Address& address, int socket, std::optional<unsigned> user);

// Of a process that was killed. What is no socket, or has somebody who listens, stays.
void remove_dead_socket(const std::string& path);

// Throws std::runtime_error with the address; AddressError if something else has the name.
void listen_on(boost::asio::basic_socket_acceptor<Stream>& acceptor, const Address& address);

} // namespace mdcd::impl::runtime
