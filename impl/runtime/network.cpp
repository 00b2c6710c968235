// Boost.Asio. The process with the smaller position calls, the other one listens. A session asks for the next frames
// when the last ones have been written, so that a peer that reads slowly costs one buffer.
// Knows no frame's content.
#include "impl/runtime/network.hpp"

#include <algorithm>
#include <csignal>
#include <set>

#include "impl/runtime/answering.hpp"
#include "impl/runtime/bytes.hpp"
#include "impl/runtime/sockets.hpp"
#include "impl/runtime/tls.hpp"

namespace mdcd::impl::runtime {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using SteadyClock = asio::steady_timer::clock_type;

constexpr std::size_t write_bytes = std::size_t{64} << 10U; // asked for at once
constexpr std::chrono::milliseconds first_delay{10};
constexpr std::chrono::milliseconds longest_delay{500};

} // namespace

class Network::Loop {
public:
    Loop(NetworkOptions options, NetworkEvents& events)
        : options_(std::move(options)), events_(events), acceptor_(io_),
          own_(position_of(options_.members, options_.self)), sessions_(options_.addresses.size()),
          delays_(options_.addresses.size(), first_delay) {
        if (options_.certificates)
            tls_.emplace(context_of(*options_.certificates));
    }

    class Session;

    void listen();
    void accept();
    void call(std::size_t peer);
    void call_later(std::size_t peer);
    void established(std::size_t peer, const std::shared_ptr<Session>& session);
    void ended(const Session& session);

    void repeat(const std::shared_ptr<asio::steady_timer>& timer, std::chrono::milliseconds period,
                const std::function<void()>& task) {
        timer->expires_at(std::max(timer->expiry() + period, SteadyClock::now())); // no backlog after a pause
        timer->async_wait([this, timer, period, task](error_code error) {
            if (error)
                return;
            task();
            repeat(timer, period, task);
        });
    }

    NetworkOptions options_;
    NetworkEvents& events_;
    asio::io_context io_{1};
    std::optional<asio::ssl::context> tls_;
    asio::basic_socket_acceptor<Stream> acceptor_;
    std::vector<std::unique_ptr<asio::signal_set>> signals_;
    std::size_t own_;
    std::vector<std::shared_ptr<Session>> sessions_; // by position: where there is one
    std::vector<std::chrono::milliseconds> delays_;
    std::set<std::shared_ptr<Session>> strangers_;
    std::vector<std::unique_ptr<Answering>> answerings_;
};

class Network::Loop::Session : public std::enable_shared_from_this<Session> {
public:
    Session(Loop& loop, std::optional<std::size_t> called)
        : socket(loop.io_), loop_(loop), called_(called), timer_(loop.io_) {}

    // Connected. Another user's process is told so, and no more. Over TCP TLS comes first, if there are certificates;
    // then who has called speaks first.
    void start() {
        timer_.expires_after(loop_.options_.hello_within);
        timer_.async_wait([self = this->shared_from_this()](error_code error) {
            if (error || self->peer_)
                return;
            if (self->tls_ && self->certified_.empty()) { // nothing can be said yet
                self->loop_.events_.refused(Refusal::too_slow, "no handshake");
                return self->close();
            }
            self->refuse(Refusal::too_slow, "");
        });
        const Address& address = loop_.options_.addresses[called_.value_or(loop_.own_)];
        if (const auto user = other_user_at(address, socket.native_handle(), loop_.options_.user); !user.empty())
            return refuse(Refusal::other_user, user);
        if (!loop_.tls_ || address.is_unix)
            return exchange_hellos();
        tls_.emplace(socket, *loop_.tls_);
        tls_->async_handshake(called_ ? asio::ssl::stream_base::client : asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](error_code error) { self->shake_hands(error); });
    }

    void shake_hands(error_code error) {
        if (closed_)
            return;
        if (error) {
            loop_.events_.refused(Refusal::certificate, error.message());
            return close();
        }
        certified_ = name_on_certificate(tls_->native_handle());
        exchange_hellos();
    }

    void exchange_hellos() {
        if (called_)
            say_hello();
        in_.resize(hello_bytes);
        const auto heard = [self = this->shared_from_this()](error_code error, std::size_t) {
            if (error)
                return self->give_up(error);
            self->take_hello();
        };
        if (tls_)
            asio::async_read(*tls_, asio::buffer(in_), heard);
        else
            asio::async_read(socket, asio::buffer(in_), heard);
    }

    // Before it has said who it is. With TLS the listener looks at the caller's certificate after the caller is done.
    void give_up(error_code error) {
        if (tls_ && called_ && !closed_ && error.category() == asio::error::get_ssl_category())
            loop_.events_.refused_by(*called_, error.message());
        close();
    }

    void close() {
        if (closed_)
            return;
        closed_ = true;
        error_code ignored;
        socket.close(ignored);
        timer_.cancel();
        const auto self = this->shared_from_this(); // what follows may forget it
        loop_.strangers_.erase(self);
        loop_.ended(*this);
    }

    void pump() {
        if (writing_ || closed_ || !peer_)
            return;
        out_.clear();
        while (out_.size() < write_bytes) {
            const std::optional<std::string> frame = loop_.events_.frame_for(*peer_);
            if (!frame)
                break;
            out_ += *frame;
        }
        if (!out_.empty())
            write();
    }

    [[nodiscard]] std::optional<std::size_t> peer() const { return peer_; }
    [[nodiscard]] std::optional<std::size_t> called() const { return called_; }

    Stream::socket socket;

private:
    void say_hello() {
        out_ = encode_hello({loop_.options_.system, loop_.options_.self});
        write();
    }

    void write() {
        writing_ = true;
        const auto written = [self = this->shared_from_this()](error_code error, std::size_t) {
            self->writing_ = false;
            if (error || self->leaving_)
                return self->close();
            self->pump();
        };
        if (tls_)
            asio::async_write(*tls_, asio::buffer(out_), written);
        else
            asio::async_write(socket, asio::buffer(out_), written);
    }

    void refuse(Refusal refusal, const std::string& detail) {
        if (closed_ || leaving_)
            return;
        loop_.events_.refused(refusal, detail);
        if (writing_)
            return close();
        leaving_ = true;
        out_ = encode_refusal(refusal);
        write();
    }

    void take_hello() {
        const HelloAnswer answer = decode_hello(in_, loop_.options_.members, loop_.options_.system);
        if (!answer.hello) {
            if (answer.refusal)
                return refuse(*answer.refusal, "");
            if (called_)
                loop_.events_.refused_by(*called_, answer.reason);
            return close();
        }
        const std::size_t peer = position_of(loop_.options_.members, answer.hello->process);
        if (called_ ? peer != *called_ : peer >= loop_.own_) // smaller positions call
            return refuse(Refusal::not_a_peer, name_of(answer.hello->process, loop_.options_.upgrades));
        if (tls_ && !is_certified(answer.hello->process))
            return refuse(Refusal::certificate, "it is of '" + certified_ + "', not of " +
                                                    name_of(answer.hello->process, loop_.options_.upgrades));
        peer_ = peer;
        timer_.cancel();
        loop_.strangers_.erase(this->shared_from_this());
        loop_.established(peer, this->shared_from_this());
        in_.clear();
        if (!called_)
            say_hello(); // frames follow when it is written
        else
            pump();
        read();
    }

    void read() {
        const auto arrived = [self = this->shared_from_this()](error_code error, std::size_t count) {
            if (error)
                return self->close();
            self->in_.append(self->piece_.data(), count);
            if (self->take_frames())
                self->read();
        };
        if (tls_)
            tls_->async_read_some(asio::buffer(piece_), arrived);
        else
            socket.async_read_some(asio::buffer(piece_), arrived);
    }

    [[nodiscard]] bool is_certified(ProcessId process) const {
        return certified_ ==
               certified_name(name_of(process, loop_.options_.upgrades), loop_.options_.certificates->system);
    }

    // Whether the session goes on.
    bool take_frames() {
        std::size_t begin = 0;
        try {
            while (!closed_) {
                const std::string_view rest = std::string_view(in_).substr(begin);
                const std::optional<std::size_t> length = frame_length(rest);
                if (!length || rest.size() < *length)
                    break;
                loop_.events_.frame_arrived(*peer_, decode_frame(rest.substr(4, *length - 4)));
                begin += *length;
            }
        } catch (const OversizeFrame& error) {
            refuse(Refusal::oversize, error.what());
            return false;
        } catch (const MalformedBytes& error) {
            refuse(Refusal::malformed, error.what());
            return false;
        }
        in_.erase(0, begin);
        return !closed_;
    }

    Loop& loop_;
    std::optional<std::size_t> called_; // whom this process called
    std::optional<std::size_t> peer_;   // since it has said hello
    std::optional<asio::ssl::stream<Stream::socket&>> tls_;
    std::string certified_; // the name on the peer's certificate, since that was verified
    asio::steady_timer timer_;
    std::string in_;
    std::string out_;
    std::array<char, 16384> piece_{};
    bool writing_ = false;
    bool leaving_ = false;
    bool closed_ = false;
};

void Network::Loop::listen() {
    listen_on(acceptor_, options_.addresses[own_]);
    accept();
    for (std::size_t peer = own_ + 1; peer < sessions_.size(); ++peer)
        call(peer);
}

void Network::Loop::accept() {
    const auto session = std::make_shared<Session>(*this, std::nullopt);
    acceptor_.async_accept(session->socket, [this, session](error_code error) {
        if (error == asio::error::operation_aborted)
            return;
        if (!error && strangers_.size() >= options_.strangers_max) {
            events_.refused(Refusal::too_many, "");
        } else if (!error) {
            strangers_.insert(session);
            session->start();
        }
        accept();
    });
}

void Network::Loop::call(std::size_t peer) {
    const auto session = std::make_shared<Session>(*this, peer);
    session->socket.async_connect(endpoint_of(options_.addresses[peer]), [session](error_code error) {
        if (error)
            return session->close();
        session->start();
    });
}

void Network::Loop::call_later(std::size_t peer) {
    const auto timer = std::make_shared<asio::steady_timer>(io_, delays_[peer]);
    delays_[peer] = std::min(2 * delays_[peer], longest_delay);
    timer->async_wait([this, peer, timer](error_code error) {
        if (!error)
            call(peer);
    });
}

// The newest session of a peer is the one that lives: of an older one this side has not noticed the end.
void Network::Loop::established(std::size_t peer, const std::shared_ptr<Session>& session) {
    const std::shared_ptr<Session> before = std::exchange(sessions_[peer], session);
    if (before)
        before->close();
    delays_[peer] = first_delay;
    if (!options_.addresses[peer].is_unix) {
        error_code ignored;
        session->socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    }
    events_.session_began(peer);
}

void Network::Loop::ended(const Session& session) {
    if (session.peer() && sessions_[*session.peer()].get() == &session)
        sessions_[*session.peer()].reset();
    if (session.called() && !io_.stopped())
        call_later(*session.called());
}

Network::Network(NetworkOptions options, NetworkEvents& events)
    : loop_(std::make_unique<Loop>(std::move(options), events)) {}
Network::~Network() = default;

void Network::listen() {
    loop_->listen();
}
void Network::run() {
    loop_->io_.run();
}
void Network::stop() {
    loop_->io_.stop();
}
void Network::wake() {
    for (const auto& session : std::vector(loop_->sessions_))
        if (session)
            session->pump();
}
void Network::post(std::function<void()> task) {
    asio::post(loop_->io_, std::move(task));
}
void Network::every(std::chrono::milliseconds period, std::function<void()> task) {
    loop_->repeat(std::make_shared<asio::steady_timer>(loop_->io_, SteadyClock::now()), period, task);
}
void Network::once(std::chrono::milliseconds delay, std::function<void()> task) {
    const auto timer = std::make_shared<asio::steady_timer>(loop_->io_, delay);
    timer->async_wait([timer, task = std::move(task)](error_code error) {
        if (!error)
            task();
    });
}
void Network::on_signal(int signal, std::function<void()> task) {
    auto& set = loop_->signals_.emplace_back(std::make_unique<asio::signal_set>(loop_->io_, signal));
    const auto wait = [raw = set.get(), task = std::move(task)](const auto& again) -> void {
        raw->async_wait([again, task](error_code error, int) {
            if (error)
                return;
            task();
            again(again);
        });
    };
    wait(wait);
}
void Network::answer(AnsweringOptions options) {
    loop_->answerings_.push_back(std::make_unique<Answering>(loop_->io_, std::move(options)));
}
void Network::drop_sessions() {
    for (const auto& session : std::vector(loop_->sessions_))
        if (session)
            session->close();
}
std::size_t Network::sessions() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(loop_->sessions_, [](const auto& each) { return each != nullptr; }));
}

} // namespace mdcd::impl::runtime
