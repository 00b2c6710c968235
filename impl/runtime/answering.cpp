// One question, one answer, then the end.
// Knows no question.
#include "impl/runtime/answering.hpp"

#include <chrono>
#include <utility>

#include "impl/runtime/sockets.hpp"

namespace mdcd::impl::runtime {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::chrono::seconds patience{5};

} // namespace

class Answering::Door : public std::enable_shared_from_this<Door> {
public:
    Door(asio::io_context& io, AnsweringOptions options) : io_(io), options_(std::move(options)), acceptor_(io) {
        listen_on(acceptor_, options_.address);
    }

    void accept() {
        const auto visit = std::make_shared<Visit>(io_);
        acceptor_.async_accept(visit->socket, [self = shared_from_this(), visit](error_code error) {
            if (error == asio::error::operation_aborted)
                return;
            if (!error && self->open_ < self->options_.connections_max)
                self->listen_to(visit);
            self->accept();
        });
    }
    void close() {
        error_code ignored;
        acceptor_.close(ignored);
    }

private:
    struct Visit {
        explicit Visit(asio::io_context& io) : socket(io), timer(io) {}
        Stream::socket socket;
        asio::steady_timer timer;
        std::string question;
        std::string answer;
    };

    void listen_to(const std::shared_ptr<Visit>& visit) {
        ++open_;
        visit->timer.expires_after(patience);
        visit->timer.async_wait([visit](error_code error) {
            error_code ignored;
            if (!error)
                visit->socket.close(ignored);
        });
        asio::async_read_until(visit->socket, asio::dynamic_buffer(visit->question, options_.question_bytes_max),
                               options_.end, [self = shared_from_this(), visit](error_code error, std::size_t size) {
                                   if (error)
                                       return self->leave(visit);
                                   self->say(visit, std::string_view(visit->question).substr(0, size));
                               });
    }

    void say(const std::shared_ptr<Visit>& visit, std::string_view question) {
        visit->answer = options_.answer(question.substr(0, question.size() - options_.end.size()));
        asio::async_write(visit->socket, asio::buffer(visit->answer),
                          [self = shared_from_this(), visit](error_code, std::size_t) { self->leave(visit); });
    }

    void leave(const std::shared_ptr<Visit>& visit) {
        --open_;
        visit->timer.cancel();
        error_code ignored;
        visit->socket.shutdown(asio::socket_base::shutdown_both, ignored);
        visit->socket.close(ignored);
    }

    asio::io_context& io_;
    AnsweringOptions options_;
    asio::basic_socket_acceptor<Stream> acceptor_;
    std::size_t open_ = 0;
};

Answering::Answering(asio::io_context& io, AnsweringOptions options)
    : door_(std::make_shared<Door>(io, std::move(options))) {
    door_->accept();
}

Answering::~Answering() {
    door_->close();
}

} // namespace mdcd::impl::runtime
