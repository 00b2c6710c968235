// What listeners of all kinds have in common: endpoints of addresses, and sockets that only this user may open.
// Knows nothing of what is said there.
#pragma once

#include <stdexcept>
#include <string>

#include <boost/asio.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include "impl/runtime/address.hpp"

namespace mdcd::impl::runtime {

using Stream = boost::asio::generic::stream_protocol;

inline Stream::endpoint endpoint_of(const Address& address) {
    if (address.is_unix)
        return boost::asio::local::stream_protocol::endpoint(address.path);
    return boost::asio::ip::tcp::endpoint(boost::asio::ip::make_address(address.host), address.port);
}

// Of a process that was killed. What is no socket, or has somebody who listens, stays.
inline void remove_dead_socket(const std::string& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0 || !S_ISSOCK(about.st_mode))
        return;
    boost::asio::io_context io;
    boost::asio::local::stream_protocol::socket socket(io);
    boost::system::error_code error;
    socket.connect(boost::asio::local::stream_protocol::endpoint(path), error);
    if (error == boost::asio::error::connection_refused)
        ::unlink(path.c_str());
}

// Throws std::runtime_error with the address; AddressError if something else has the name.
inline void listen_on(boost::asio::basic_socket_acceptor<Stream>& acceptor, const Address& address) {
    const Stream::endpoint endpoint = endpoint_of(address);
    boost::system::error_code error;
    if (address.is_unix) {
        struct stat about {};
        if (::lstat(address.path.c_str(), &about) == 0 && !S_ISSOCK(about.st_mode))
            throw AddressError("cannot listen on " + address.path + ": there is something else than a socket");
        remove_dead_socket(address.path);
    }
    acceptor.open(endpoint.protocol(), error);
    if (!error && !address.is_unix)
        acceptor.set_option(boost::asio::socket_base::reuse_address(true), error);
    const mode_t before = ::umask(0077); // a socket for this user
    if (!error)
        acceptor.bind(endpoint, error);
    ::umask(before);
    if (!error)
        acceptor.listen(boost::asio::socket_base::max_listen_connections, error);
    if (error)
        throw std::runtime_error("cannot listen on " +
                                 (address.is_unix ? address.path : address.host + ":" + std::to_string(address.port)) +
                                 ": " + error.message());
}

} // namespace mdcd::impl::runtime
