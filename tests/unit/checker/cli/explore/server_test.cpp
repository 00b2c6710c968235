// The server as strangers meet it: malformed requests, huge bodies, paths that climb, other sites, many clients at
// once. Bytes go over real sockets of the loopback interface, and after each attack the page must still be served.
#include "checker/cli/explore/server.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "checker/cli/explore/admission.hpp"
#include "checker/cli/explore/page_files.hpp"
#include "requests.hpp"

namespace mdcd::checker::cli::explore {
namespace {

using namespace mdcd::tests;

class RunningServer {
public:
    RunningServer() : answers_(lost_message(), {}, "id", 1), server_(answers_, "127.0.0.1", 0, bounds()) {
        thread_ = std::thread([this] { server_.serve(); });
    }
    ~RunningServer() {
        answers_.shut_down();
        server_.stop();
        thread_.join();
    }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    [[nodiscard]] const Server& server() const { return server_; }
    static ServerBounds bounds() {
        ServerBounds bounds;
        bounds.head = std::chrono::seconds(1);
        bounds.body = std::chrono::seconds(1);
        return bounds;
    }

    // A connection; -1 if there is none.
    [[nodiscard]] int connected() const {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(server_.port()));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{.tv_sec = 20, .tv_usec = 0};
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return socket;
        close(socket);
        return -1;
    }

    // Sends the bytes, then reads until the other end closes. What cannot be sent any more is left.
    static std::string talk(int socket, const std::string& bytes) {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t count = send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (count <= 0)
                break;
            sent += static_cast<std::size_t>(count);
        }
        std::string reply;
        char buffer[4096];
        for (ssize_t count = 0; (count = recv(socket, buffer, sizeof buffer, 0)) > 0;)
            reply.append(buffer, static_cast<std::size_t>(count));
        close(socket);
        return reply;
    }
    [[nodiscard]] std::string exchange(const std::string& bytes) const {
        const int socket = connected();
        REQUIRE(socket >= 0);
        return talk(socket, bytes);
    }

    [[nodiscard]] std::string host() const { return "Host: 127.0.0.1:" + std::to_string(server_.port()) + "\r\n"; }
    [[nodiscard]] std::string get(const std::string& path) const {
        return exchange("GET " + server_.secret() + path + " HTTP/1.1\r\n" + host() + "\r\n");
    }
    [[nodiscard]] std::string posting(const std::string& path, const std::string& body,
                                      const std::string& headers = "") const {
        return "POST " + server_.secret() + path + " HTTP/1.1\r\n" + host() + headers +
               "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    [[nodiscard]] std::string post(const std::string& path, const std::string& body,
                                   const std::string& headers = "") const {
        return exchange(posting(path, body, headers));
    }

    // Whether the page is still served whole.
    [[nodiscard]] bool is_well() const {
        const std::string reply = get("/");
        return status(reply) == 200 && reply.ends_with(page().text);
    }

    static const PageFile& page() { return *std::ranges::find(page_files(), std::string_view("/"), &PageFile::path); }
    static int status(const std::string& reply) {
        return reply.starts_with("HTTP/1.1 ") && reply.size() > 12 ? std::stoi(reply.substr(9, 3)) : 0;
    }

private:
    Answers answers_;
    Server server_;
    std::thread thread_;
};

const RunningServer& running() {
    static const RunningServer server;
    return server;
}

bool is_error(const std::string& reply, int status) {
    return RunningServer::status(reply) == status && reply.find("{\"error\": \"") != std::string::npos;
}

} // namespace

TEST_CASE("the page and the answers are served, with headers that let nothing else in") {
    CHECK(running().server().url() ==
          "http://127.0.0.1:" + std::to_string(running().server().port()) + running().server().secret() + "/");
    for (const PageFile& file : page_files()) {
        const std::string reply = running().get(std::string(file.path));
        CHECK(RunningServer::status(reply) == 200);
        CHECK(reply.ends_with(file.text));
        CHECK(reply.find("Content-Type: " + std::string(file.type)) != std::string::npos);
        for (const char* header : {"default-src 'none'", "frame-ancestors 'none'", "nosniff", "no-store"})
            CHECK(reply.find(header) != std::string::npos);
        CHECK(reply.find("Access-Control-Allow-Origin") == std::string::npos);
    }
    const std::string told = running().post("/api/run", body_of(lost_message()));
    CHECK(RunningServer::status(told) == 200);
    CHECK(told.find("\"diagram\": \"<svg ") != std::string::npos);
}

TEST_CASE("the page names no other place") {
    for (const PageFile& file : page_files()) {
        CAPTURE(file.path);
        CHECK(file.text.find("://") == std::string_view::npos);
        CHECK(file.text.find("@import") == std::string_view::npos);
        CHECK(file.text.find("innerHTML") == std::string_view::npos);
    }
}

TEST_CASE("no path leads to a file") {
    for (const std::string path :
         {"/../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd",
          "/style.css/../../../etc/passwd", "/..\\..\\etc\\passwd", "/%00", "/style.css%00.html", "/api/../style.css",
          "/api/run/../../etc/passwd", "/.git/config", "/CMakeLists.txt", "/page/index.html", "/index.html"}) {
        CAPTURE(path);
        CHECK(is_error(running().get(path), 404));
    }
    CHECK(is_error(running().post("/api/..%2f..%2fetc", "{}"), 404));
    CHECK(is_error(running().post("/style.css", "{}"), 404));
    CHECK(is_error(running().post("/api/nothing", "{}"), 404));
    CHECK(running().is_well());
}

TEST_CASE("malformed requests are refused, and change nothing") {
    const std::string host = running().host();
    const std::string run = "POST " + running().server().secret() + "/api/run HTTP/1.1\r\n" + host;
    const std::vector<std::string> attacks = {
        "",
        "\r\n\r\n",
        "GET",
        "GET /\r\n\r\n",
        "GET / HTTP/9.9\r\n" + host + "\r\n",
        "GET / HTTP/1.1\r\n\r\n", // no host
        "GET / HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1\r\n\r\n",
        "G\0T / HTTP/1.1\r\n",
        std::string("GET /\0 HTTP/1.1\r\n", 17) + host + "\r\n",
        "GET / HTTP/1.1\r\n" + host + "X: " + std::string(100'000, 'x') + "\r\n\r\n",
        "GET /" + std::string(100'000, 'x') + " HTTP/1.1\r\n" + host + "\r\n",
        "\x16\x03\x01\x02\x01\x01\xfc\x03\x03 hello of TLS \r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "BREW /coffee HTTP/1.1\r\n" + host + "\r\n",
        "OPTIONS * HTTP/1.1\r\n" + host + "\r\n",
        "CONNECT example.org:80 HTTP/1.1\r\n" + host + "\r\n",
        "GET http://example.org/ HTTP/1.1\r\n" + host + "\r\n",
        run + "Content-Type: application/json\r\nContent-Length: -1\r\n\r\n{}",
        run + "Content-Type: application/json\r\nContent-Length: x\r\n\r\n{}",
        run + "Content-Type: application/json\r\nContent-Length: 99999999999999999999999\r\n\r\n{}",
        run + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{}",
        run + "Content-Type: application/json\r\n\r\n{}",
    };
    std::vector<int> statuses(attacks.size());
    std::vector<std::thread> attackers; // at once: those that are not finished are waited for
    for (std::size_t i = 0; i < attacks.size(); ++i)
        attackers.emplace_back([&, i] { statuses[i] = RunningServer::status(running().exchange(attacks[i])); });
    for (std::thread& attacker : attackers)
        attacker.join();
    for (std::size_t i = 0; i < attacks.size(); ++i) {
        CAPTURE(attacks[i].substr(0, 100));
        CHECK((statuses[i] == 0 || (statuses[i] >= 400 && statuses[i] < 500)));
    }
    CHECK(running().is_well());
}

TEST_CASE("bodies that are no request are answered with what is wrong") {
    for (const std::string body : {"", "null", "[]", "{\"steps\": 1}", "\xff\xfe", "{\"a\": 1e400}"})
        CHECK(is_error(running().post("/api/run", body), 400));
    std::string deep(100'000, '[');
    CHECK(is_error(running().post("/api/run", deep), 400));
    CHECK(is_error(running().post("/api/start", "{\"a\": \"</script>\"}"), 400));
    CHECK(running().is_well());
}

TEST_CASE("huge, endless and compressed bodies are not taken in") {
    const std::string head = "POST " + running().server().secret() + "/api/run HTTP/1.1\r\n" + running().host() +
                             "Content-Type: application/json\r\n";
    const std::string huge(body_bytes_max + 1, ' ');
    CHECK(
        is_error(running().exchange(head + "Content-Length: " + std::to_string(huge.size()) + "\r\n\r\n" + huge), 413));
    CHECK(is_error(running().exchange(head + "Content-Length: 4000000000000\r\n\r\n{"), 413));
    CHECK(is_error(running().exchange(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"), 411));
    CHECK(is_error(running().post("/api/run", "{}", "Content-Encoding: gzip\r\n"), 415));
    CHECK(running().is_well());
}

TEST_CASE("a range is not served, so that no answer can be made larger than the page") {
    std::string ranges = "Range: bytes=0-1";
    for (int i = 0; i < 1000; ++i)
        ranges += ",0-1";
    for (const std::string& range : {std::string("Range: bytes=0-1"), ranges}) {
        const std::string reply = running().exchange("GET " + running().server().secret() + "/ HTTP/1.1\r\n" +
                                                     running().host() + range + "\r\n\r\n");
        CHECK(RunningServer::status(reply) == 416);
        CHECK(reply.size() < 2000);
    }
}

TEST_CASE("other names and other sites are refused over the wire as well") {
    CHECK(is_error(running().exchange("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"), 421));
    CHECK(is_error(running().post("/api/start", "{}", "Origin: http://example.org\r\n"), 403));
    CHECK(is_error(running().post("/api/start", "{}", "Sec-Fetch-Site: cross-site\r\n"), 403));
    const std::string own = "Origin: http://127.0.0.1:" + std::to_string(running().server().port()) + "\r\n";
    CHECK(RunningServer::status(running().post("/api/start", "{}", own)) == 200);
    // What is left of a refused body is not taken for a request.
    const std::string inner = "POST " + running().server().secret() + "/api/stop HTTP/1.1\r\n" + running().host() +
                              "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    const std::string reply = running().exchange(
        "POST " + running().server().secret() + "/api/run HTTP/1.1\r\n" + running().host() +
        "Content-Type: text/plain\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n\r\n" + inner);
    CHECK(is_error(reply, 415));
    CHECK(reply.find("HTTP/1.1", 1) == std::string::npos);
}

TEST_CASE("twenty clients at once, among them some that say nothing, all get their answer") {
    std::vector<int> silent;
    for (int i = 0; i < 10; ++i)
        silent.push_back(running().connected());
    std::atomic<int> good = 0;
    std::vector<std::thread> clients;
    for (std::size_t client = 0; client < 20; ++client)
        clients.emplace_back([client, &good] {
            PageRun run = lost_message();
            run.at = client % (run.steps.size() + 1);
            const std::string at = "\"at\": " + std::to_string(run.at);
            for (int request = 0; request < 3; ++request) {
                const std::string reply = running().post("/api/run", body_of(run));
                if (RunningServer::status(reply) == 200 && reply.find(at) != std::string::npos)
                    ++good;
            }
        });
    for (std::thread& client : clients)
        client.join();
    CHECK(good == 60);
    for (const int socket : silent)
        close(socket);
    CHECK(running().is_well());
}

TEST_CASE("without the secret in the address nothing is served") {
    const std::string host = running().host();
    const std::string secret = running().server().secret();
    CHECK(secret.size() == 33);
    std::string nearly = secret;
    nearly.back() = nearly.back() == '0' ? '1' : '0';
    for (const std::string& path : {std::string("/"), std::string("/style.css"), nearly + "/", secret, secret + "x/",
                                    secret.substr(0, 20) + "/", "/" + secret + "/", secret + "0/"}) {
        CAPTURE(path);
        CHECK(is_error(running().exchange("GET " + path + " HTTP/1.1\r\n" + host + "\r\n"), 403));
    }
    const std::string body = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    CHECK(is_error(running().exchange("POST /api/start HTTP/1.1\r\n" + host + body), 403));
    CHECK(is_error(running().exchange("POST " + nearly + "/api/stop HTTP/1.1\r\n" + host + body), 403));
    Answers answers(lost_message(), {}, "id", 1);
    CHECK(Server(answers, "127.0.0.1", 0).secret() != secret);
}

TEST_CASE("a head without an end is cut off") {
    std::string lines = "GET " + running().server().secret() + "/ HTTP/1.1\r\n" + running().host();
    for (int line = 0; line < 100'000; ++line)
        lines += "X-" + std::to_string(line) + ": y\r\n";
    CHECK(is_error(running().exchange(lines), 431));
    CHECK(is_error(running().exchange("GET /" + std::string(1'000'000, 'x')), 431));
    CHECK(running().is_well());
}

TEST_CASE("a hundred connections that say one letter after the other lock nobody out, and are closed in time") {
    std::vector<int> slow;
    for (int i = 0; i < 100; ++i) {
        slow.push_back(running().connected());
        REQUIRE(slow.back() >= 0);
        send(slow.back(), "G", 1, MSG_NOSIGNAL);
        if (i % 10 == 0)
            CHECK(running().is_well());
    }
    const auto begin = std::chrono::steady_clock::now();
    for (const int socket : slow) {
        char letter = 0;
        while (recv(socket, &letter, 1, 0) > 0)
            ;
        close(socket);
    }
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(15));
    CHECK(running().is_well());
}

TEST_CASE("a check ends when its client has gone") {
    const std::string check =
        running().posting("/api/check", check_body(run_of("one-two", "repaired"), 20'000'000, 600));
    const std::string small = check_body(run_of("tiny", "published"), 1, 1);
    int client = -1;
    bool is_running = false;
    for (int attempt = 0; attempt < 50 && !is_running; ++attempt) { // a small one may come first, and turn it away
        client = running().connected();
        REQUIRE(send(client, check.data(), check.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(check.size()));
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        is_running = RunningServer::status(running().post("/api/check", small)) == 409;
        if (!is_running)
            close(client);
    }
    REQUIRE(is_running);
    close(client);
    const auto begin = std::chrono::steady_clock::now();
    while (RunningServer::status(running().post("/api/check", small)) == 409 &&
           std::chrono::steady_clock::now() - begin < std::chrono::minutes(2))
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::minutes(1));
}

TEST_CASE("an empty host is no address") {
    Answers answers(lost_message(), {}, "id", 1);
    for (const char* host : {"", " ", "127.0.0.1 ", "no such host", "256.0.0.1"})
        CHECK_THROWS_AS(Server(answers, host, 0), BindError);
    const Server by_name(answers, "localhost", 0);
    CHECK(by_name.is_loopback());
    CHECK(!Server(answers, "0.0.0.0", 0).is_loopback());
}

TEST_CASE("a port that is taken, or an address of another machine, is said to be so") {
    Answers answers(lost_message(), {}, "id", 1);
    CHECK_THROWS_AS(Server(answers, "127.0.0.1", running().server().port()), BindError);
    CHECK_THROWS_AS(Server(answers, "192.0.2.1", 0), BindError); // an address for documentation
}

TEST_CASE("a server stops at once although clients hang on to it, and a check that runs is ended") {
    auto server = std::make_unique<RunningServer>();
    const int silent = server->connected();
    const int busy = server->connected();
    const std::string check =
        server->posting("/api/check", check_body(run_of("three-actives", "repaired"), 20'000'000, 600));
    std::string reply;
    std::thread client([&] { reply = RunningServer::talk(busy, check); });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const auto begin = std::chrono::steady_clock::now();
    server.reset();
    const auto taken = std::chrono::steady_clock::now() - begin;
    client.join();
    close(silent);
    CHECK(taken < std::chrono::seconds(30));
    CHECK((reply.empty() || RunningServer::status(reply) == 200));
}

} // namespace mdcd::checker::cli::explore
