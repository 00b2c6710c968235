// Endpoints of addresses; a socket's file is made for this user only, and taken over only from a process that is gone.
// Knows nothing of what is said there.
#include "impl/runtime/sockets.hpp"

#include <stdexcept>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mdcd::impl::runtime {

Stream::endpoint endpoint_of(const Address& address) {
    if (address.is_unix)
        return boost::asio::local::stream_protocol::endpoint(address.path);
    return boost::asio::ip::tcp::endpoint(boost::asio::ip::make_address(address.host), address.port);
}

std::string other_user_at(const Address& address, int socket, std::optional<unsigned> user) {
    if (!address.is_unix)
        return "";
    ucred about{};
    socklen_t size = sizeof about;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &about, &size) != 0)
        return "a user that the system does not name";
    return about.uid == user.value_or(::geteuid()) ? "" : "user " + std::to_string(about.uid);
}

void remove_dead_socket(const std::string& path) {
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

void listen_on(boost::asio::basic_socket_acceptor<Stream>& acceptor, const Address& address) {
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
