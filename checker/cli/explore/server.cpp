// The one file that knows the HTTP library (Boost.Beast). Every request is judged by its head first (admission.hpp).
// One thread reads and writes; answers are made by a few others. One request for each connection: what is left of a
// refused body must not be taken for the next request.
#include "checker/cli/explore/server.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <list>
#include <optional>
#include <system_error>
#include <utility>

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <fcntl.h>

#include "checker/cli/explore/admission.hpp"
#include "checker/cli/explore/page_files.hpp"
#include "checker/cli/explore/worker_threads.hpp"

namespace mdcd::checker::cli::explore {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using Request = http::request_parser<http::string_body>;
using Reply = http::response<http::string_body>;

constexpr std::size_t rest_bytes_max = 4 * body_bytes_max; // skipped after a reply

const char* content_security_policy = // the drawings bring their style with them
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const char* whole_page_policy = // its style and script are in it
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'";

std::string only(const Request::value_type& request, http::field field) {
    return request.count(field) == 1 ? std::string(request[field]) : "";
}

RequestHead head_of(const Request::value_type& request) {
    return {.method = std::string(request.method_string()),
            .target = std::string(request.target()),
            .host = only(request, http::field::host),
            .origin = std::string(request[http::field::origin]),
            .fetch_site = std::string(request["Sec-Fetch-Site"]),
            .content_type = std::string(request[http::field::content_type]),
            .content_length = only(request, http::field::content_length),
            .is_ranged = request.count(http::field::range) > 0,
            .is_chunked = request.count(http::field::transfer_encoding) > 0,
            .is_compressed = request.count(http::field::content_encoding) > 0};
}

Reply reply_of(int status, std::string_view type, std::string body) {
    Reply reply(static_cast<http::status>(status), 11);
    reply.set("Content-Security-Policy", content_security_policy);
    reply.set("X-Content-Type-Options", "nosniff");
    reply.set("Referrer-Policy", "no-referrer");
    reply.set("Cross-Origin-Resource-Policy", "same-origin");
    reply.set("Cross-Origin-Opener-Policy", "same-origin");
    reply.set(http::field::cache_control, "no-store");
    reply.set(http::field::content_type, boost::beast::string_view(type.data(), type.size()));
    reply.keep_alive(false);
    reply.content_length(body.size());
    reply.body() = std::move(body);
    return reply;
}

Reply reply_of(const Answer& answer) {
    return reply_of(answer.status, "application/json", answer.json);
}

Reply refused(int status, const std::string& message) {
    return message.empty() ? reply_of(status, "text/plain", "") : reply_of(error_answer(status, message));
}

void close_in_children(auto& socket) {
    fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
}

class Connection;

// Whom the connections belong to.
class Owner {
public:
    Owner(Answers& given, std::string host_name, const ServerBounds& limits, std::string whole_page)
        : answers(given), page(std::move(whole_page)), host(std::move(host_name)), bounds(limits),
          workers(limits.answering) {}
    Answers& answers;
    const std::string page, host; // of `page`, "": the explorer's
    const ServerBounds bounds;
    const std::string secret = new_secret();
    asio::io_context io{1};
    WorkerThreads workers;                              // ended before what it uses
    std::list<std::shared_ptr<Connection>> connections; // the oldest first
    std::size_t bodies_bytes = 0;
};

// From accepting to closing. Everything but the making of an answer happens in the one thread that serves.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Owner& owner, tcp::socket socket)
        : owner_(owner), socket_(std::move(socket)), deadline_(owner.io), buffer_(2 * owner.bounds.head_bytes) {}

    void start() {
        request_.header_limit(static_cast<std::uint32_t>(owner_.bounds.head_bytes));
        // Its length is judged by its head. Not boost::none: in 1.74 every length is larger than that.
        request_.body_limit(std::numeric_limits<std::uint64_t>::max());
        close_after(owner_.bounds.head);
        http::async_read_header(socket_, buffer_, request_,
                                [self = shared_from_this()](error_code error, std::size_t) { self->on_head(error); });
    }

    // Whether it waits for its client, not its client for an answer.
    [[nodiscard]] bool is_waiting() const { return stage_ != Stage::answering; }

    void close() {
        if (std::exchange(stage_, Stage::closed) == Stage::closed)
            return;
        gone_ = true;
        owner_.bodies_bytes -= std::exchange(body_bytes_, 0);
        error_code ignored;
        socket_.close(ignored);
        deadline_.cancel();
        asio::post(owner_.io, [self = shared_from_this()] { std::erase(self->owner_.connections, self); });
    }

private:
    enum class Stage { reading, answering, replying, skipping, closed };

    void close_after(std::chrono::milliseconds time) {
        deadline_.expires_after(time);
        deadline_.async_wait([weak = weak_from_this()](error_code error) {
            const auto self = weak.lock();
            if (!error && self && self->deadline_.expiry() <= asio::steady_timer::clock_type::now())
                self->close();
        });
    }

    void on_head(error_code error) {
        if (stage_ == Stage::closed)
            return;
        if (error == http::error::header_limit || error == http::error::buffer_overflow)
            return give(refused(431, "the head of the request is too large"));
        if (error && error != http::error::end_of_stream && error.category() == bad_request_category())
            return give(refused(400, "the request is malformed"));
        if (error)
            return close();
        const Request::value_type& request = request_.get();
        if (const auto refusal = refusal_of(head_of(request), owner_.host, owner_.secret))
            return give(refused(refusal->status, refusal->message));
        path_ = *path_after(owner_.secret, std::string(request.target()));
        if (request.method() != http::verb::post)
            return give(page_reply());
        if (!Answers::knows(path_))
            return give(refused(404, "there is nothing here"));
        const std::size_t length = request_.content_length().value_or(0);
        if (owner_.bodies_bytes + length > owner_.bounds.bodies_bytes)
            return give(refused(503, "too many large requests at the same time"));
        owner_.bodies_bytes += body_bytes_ = length;
        close_after(owner_.bounds.body);
        http::async_read(socket_, buffer_, request_,
                         [self = shared_from_this()](error_code failure, std::size_t) { self->on_body(failure); });
    }

    static const boost::system::error_category& bad_request_category() {
        static const error_code any = http::make_error_code(http::error::bad_method);
        return any.category();
    }

    [[nodiscard]] Reply page_reply() const {
        if (path_ == "/" && !owner_.page.empty()) {
            Reply whole = reply_of(200, "text/html; charset=utf-8", owner_.page);
            whole.set("Content-Security-Policy", whole_page_policy);
            return whole;
        }
        const auto files = page_files();
        const auto file = std::ranges::find(files, std::string_view(path_), &PageFile::path);
        return file == files.end() ? refused(404, "there is nothing here")
                                   : reply_of(200, file->type, std::string(file->text));
    }

    void on_body(error_code error) {
        if (stage_ == Stage::closed)
            return;
        if (error)
            return close();
        stage_ = Stage::answering;
        deadline_.cancel();
        read_rest(); // sees when the client goes away
        asio::post(owner_.workers.get_executor(), [self = shared_from_this()]() mutable {
            Answer answer = self->owner_.answers.answer(self->path_, self->request_.get().body(), self->gone_);
            Owner& owner = self->owner_;
            asio::post(owner.io, [self = std::move(self), answer = std::move(answer)] {
                if (self->stage_ != Stage::closed)
                    self->give(reply_of(answer));
            });
        });
    }

    void give(Reply reply) {
        stage_ = Stage::replying;
        owner_.bodies_bytes -= std::exchange(body_bytes_, 0);
        std::string().swap(request_.get().body());
        if (request_.get().method() == http::verb::head)
            reply.body().clear(); // its length stays told
        reply_ = std::move(reply);
        close_after(owner_.bounds.reply);
        http::async_write(socket_, reply_, [self = shared_from_this()](error_code error, std::size_t) {
            if (self->stage_ == Stage::closed)
                return;
            error_code failure;
            self->socket_.shutdown(tcp::socket::shutdown_send, failure);
            if ((error && error != http::error::end_of_stream) || failure || self->ended_)
                return self->close();
            // Closing at once could take back the reply from a client that still sends.
            self->stage_ = Stage::skipping;
            self->close_after(self->owner_.bounds.rest);
            self->read_rest();
        });
    }

    // What comes after the request is skipped; its end says that the client has gone.
    void read_rest() {
        if (reading_rest_)
            return;
        reading_rest_ = true;
        socket_.async_read_some(asio::buffer(rest_), [self = shared_from_this()](error_code error, std::size_t count) {
            self->reading_rest_ = false;
            self->rest_bytes_ += count;
            if (self->stage_ == Stage::closed)
                return;
            if (!error && self->rest_bytes_ <= rest_bytes_max)
                return self->read_rest();
            self->gone_ = true;
            self->ended_ = true;
            if (self->stage_ == Stage::skipping)
                self->close();
        });
    }

    Owner& owner_;
    tcp::socket socket_;
    asio::steady_timer deadline_;
    boost::beast::flat_buffer buffer_;
    Request request_;
    Reply reply_;
    std::string path_;
    Stage stage_ = Stage::reading;
    std::size_t body_bytes_ = 0; // counted in owner_.bodies_bytes
    std::array<char, 4096> rest_{};
    std::size_t rest_bytes_ = 0;
    bool reading_rest_ = false;
    bool ended_ = false;
    std::atomic<bool> gone_{false};
};

tcp::endpoint endpoint_of(asio::io_context& io, const std::string& host, int port) {
    const std::string where = "cannot listen on '" + host + "'" + (port == 0 ? "" : " port " + std::to_string(port));
    if (host.empty()) // which the resolver takes for every address there is
        throw BindError(where + ": expected an address or a name, such as 127.0.0.1");
    error_code error;
    const asio::ip::address address = asio::ip::make_address(host, error);
    if (!error)
        return {address, static_cast<std::uint16_t>(port)};
    tcp::resolver resolver(io);
    const auto found = resolver.resolve(host, std::to_string(port), tcp::resolver::passive, error);
    if (error || found.empty())
        throw BindError(where + ": there is no such address or name");
    return found.begin()->endpoint();
}

} // namespace

class Server::Http : public Owner {
public:
    Http(Answers& given, const std::string& host_name, int port, const ServerBounds& limits, std::string whole_page)
        : Owner(given, host_name, limits, std::move(whole_page)), acceptor_(io), pause_(io) {
        const tcp::endpoint wanted = endpoint_of(io, host_name, port);
        try {
            acceptor_.open(wanted.protocol());
            close_in_children(acceptor_);
            acceptor_.set_option(tcp::acceptor::reuse_address(true)); // not so that two programs share the port
            acceptor_.bind(wanted);
            acceptor_.listen(tcp::acceptor::max_listen_connections);
            endpoint = acceptor_.local_endpoint();
        } catch (const boost::system::system_error& error) {
            if (error.code() == asio::error::no_descriptors || error.code() == asio::error::no_memory)
                throw;
            throw BindError("cannot listen on " + host_name + (port == 0 ? "" : " port " + std::to_string(port)) +
                            ": the address is not one of this machine, or the port is taken or reserved (" +
                            error.code().message() + ")");
        }
        accept();
    }

    void stop() {
        asio::post(io, [this] {
            stopping_ = true;
            error_code ignored;
            acceptor_.close(ignored);
            pause_.cancel();
            for (const auto& connection : connections)
                connection->close();
        });
    }

    tcp::endpoint endpoint;

private:
    void accept() {
        acceptor_.async_accept([this](error_code error, tcp::socket socket) {
            if (stopping_)
                return;
            if (error) { // no descriptor is free, perhaps
                pause_.expires_after(std::chrono::milliseconds(100));
                pause_.async_wait([this](error_code) {
                    if (!stopping_)
                        accept();
                });
                return;
            }
            close_in_children(socket);
            if (make_room()) {
                connections.push_back(std::make_shared<Connection>(*this, std::move(socket)));
                connections.back()->start();
            }
            accept();
        });
    }

    // Whether one more can be taken, once the client that is waited for longest has been given up.
    bool make_room() {
        if (connections.size() < bounds.connections)
            return true;
        const auto waiting =
            std::ranges::find_if(connections, [](const auto& connection) { return connection->is_waiting(); });
        if (waiting == connections.end())
            return false;
        (*waiting)->close();
        connections.erase(waiting);
        return true;
    }

    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    bool stopping_ = false;
};

Server::Server(Answers& answers, const std::string& host, int port, const ServerBounds& bounds, std::string page) {
    try {
        http_ = std::make_unique<Http>(answers, host, port, bounds, std::move(page));
    } catch (const boost::system::system_error& error) { // no descriptor or memory; to others it is the standard's
        throw std::system_error(static_cast<std::error_code>(error.code()), "the server cannot start");
    }
}

Server::~Server() = default;

int Server::port() const {
    return http_->endpoint.port();
}

const std::string& Server::secret() const {
    return http_->secret;
}

bool Server::is_loopback() const {
    return http_->endpoint.address().is_loopback();
}

std::string Server::url() const {
    const bool is_v6 = http_->host.find(':') != std::string::npos;
    return "http://" + (is_v6 ? "[" + http_->host + "]" : http_->host) + ":" + std::to_string(port()) + http_->secret +
           "/";
}

void Server::serve() {
    for (bool ended = false; !ended;) {
        try {
            http_->io.run();
            ended = true;
        } catch (const std::exception&) { // no memory: that client gets no reply, and its time runs out
        }
    }
    http_->workers.join(); // what was posted is done first
}

void Server::stop() {
    http_->stop();
}

} // namespace mdcd::checker::cli::explore
