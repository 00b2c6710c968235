// The one file that knows the HTTP library (cpp-httplib). Every request is judged by its head first (admission.hpp).
// One request for each connection: what is left of a refused body must not be taken for the next request.
#include "checker/cli/explore/server.hpp"

#include <httplib.h>

#include <thread>

#include <sys/socket.h>

#include "checker/cli/explore/admission.hpp"
#include "checker/cli/explore/page_files.hpp"

namespace mdcd::checker::cli::explore {
namespace {

constexpr std::size_t threads = 48; // a connection that says nothing holds one until it times out

const char* content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"; // the drawings bring their style with them

RequestHead head_of(const httplib::Request& request) {
    return {.method = request.method,
            .host = request.get_header_value_count("Host") == 1 ? request.get_header_value("Host") : "",
            .origin = request.get_header_value("Origin"),
            .fetch_site = request.get_header_value("Sec-Fetch-Site"),
            .content_type = request.get_header_value("Content-Type"),
            .content_length = request.get_header_value("Content-Length"),
            .is_ranged = request.has_header("Range"),
            .is_chunked = request.has_header("Transfer-Encoding"),
            .is_compressed = request.has_header("Content-Encoding")};
}

void give(httplib::Response& response, const Answer& answer) {
    response.status = answer.status;
    response.set_content(answer.json, "application/json");
}

// What the library itself refuses has no words yet.
const char* words_for(int status) {
    switch (status) {
    case 404:
        return "there is nothing here";
    case 413:
        return "the body is too large";
    case 414:
        return "the address is too long";
    default:
        return "the request is malformed";
    }
}

} // namespace

struct Server::Http {
    httplib::Server server;
    std::string host;
    int port = 0;

    void configure(Answers& answers, int wait_seconds) {
        server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
        server.set_keep_alive_max_count(1);
        server.set_keep_alive_timeout(wait_seconds);
        server.set_read_timeout(wait_seconds);
        server.set_write_timeout(wait_seconds);
        server.set_payload_max_length(body_bytes_max);
        server.set_default_headers({{"Content-Security-Policy", content_security_policy},
                                    {"X-Content-Type-Options", "nosniff"},
                                    {"Referrer-Policy", "no-referrer"},
                                    {"Cross-Origin-Resource-Policy", "same-origin"},
                                    {"Cross-Origin-Opener-Policy", "same-origin"},
                                    {"Cache-Control", "no-store"}});
        // Not the default, which lets a second program listen on the same port.
        server.set_socket_options([](socket_t socket) {
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
            const std::optional<Refusal> refusal = refusal_of(head_of(request), host);
            if (!refusal)
                return httplib::Server::HandlerResponse::Unhandled;
            response.status = refusal->status;
            if (!refusal->message.empty())
                give(response, error_answer(refusal->status, refusal->message));
            return httplib::Server::HandlerResponse::Handled;
        });
        server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
            if (response.body.empty() && response.status != 416)
                give(response, error_answer(response.status, words_for(response.status)));
        });
        for (const PageFile& file : page_files())
            server.Get(std::string(file.path), [&file](const httplib::Request&, httplib::Response& response) {
                response.set_content(file.text.data(), file.text.size(), std::string(file.type));
            });
        server.Post("/api/[a-z0-9]+", [&answers](const httplib::Request& request, httplib::Response& response) {
            give(response, answers.answer(request.path, request.body));
        });
    }
};

Server::Server(Answers& answers, const std::string& host, int port, int wait_seconds)
    : http_(std::make_unique<Http>()) {
    http_->host = host;
    http_->configure(answers, wait_seconds);
    http_->port = port == 0 ? http_->server.bind_to_any_port(host) : http_->server.bind_to_port(host, port) ? port : -1;
    if (http_->port <= 0)
        throw BindError("cannot listen on " + host + (port == 0 ? "" : " port " + std::to_string(port)) +
                        ": the address is not one of this machine, or the port is taken or reserved");
}

Server::~Server() = default;

int Server::port() const {
    return http_->port;
}

std::string Server::url() const {
    const bool is_v6 = http_->host.find(':') != std::string::npos;
    return "http://" + (is_v6 ? "[" + http_->host + "]" : http_->host) + ":" + std::to_string(http_->port) + "/";
}

void Server::serve() {
    http_->server.listen_after_bind();
}

void Server::stop() {
    http_->server.stop();
}

} // namespace mdcd::checker::cli::explore
