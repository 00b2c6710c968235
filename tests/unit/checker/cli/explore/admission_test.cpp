// Who is let in: the names of this machine and the page itself, nobody else.
// Heads of requests, without any network.
#include "checker/cli/explore/admission.hpp"

#include <doctest/doctest.h>

namespace mdcd::checker::cli::explore {
namespace {

const std::string secret = "/0123456789abcdef0123456789abcdef";

RequestHead get() {
    RequestHead head;
    head.method = "GET";
    head.target = secret + "/";
    head.host = "127.0.0.1:8080";
    return head;
}

RequestHead post() {
    RequestHead head = get();
    head.method = "POST";
    head.content_type = "application/json";
    head.content_length = "2";
    return head;
}

int status(const RequestHead& head, const std::string& listening = "127.0.0.1") {
    const auto refusal = refusal_of(head, listening, secret);
    return refusal ? refusal->status : 0;
}

} // namespace

TEST_CASE("on the loopback interface only its own names are answered") {
    for (const std::string name :
         {"127.0.0.1", "127.0.0.1:8080", "localhost", "LocalHost:1", "[::1]", "[::1]:65535", "127.0.0.2:80"}) {
        CAPTURE(name);
        CHECK(is_own_name(name, "127.0.0.1"));
    }
    for (const std::string name :
         {"", "example.org", "127.0.0.1.example.org", "127.0.0.1:8080.example.org", "localhost.example.org:8080",
          "localhost:", "localhost:80:80", "localhost:123456", "localhost:8o", "[::1", "::1", "10.0.0.1", "0.0.0.0",
          "2130706433", "localhost@example.org", " localhost", "localhost\r\nX: y"}) {
        CAPTURE(name);
        CHECK(!is_own_name(name, "127.0.0.1"));
    }
}

TEST_CASE("on an outer address every literal address is answered, and the name given; a name made up is not") {
    for (const std::string listening : {"0.0.0.0", "build.local"}) {
        CAPTURE(listening);
        CHECK(is_own_name("10.1.2.3:8080", listening));
        CHECK(is_own_name("[fe80::1]:8080", listening));
        CHECK(is_own_name("localhost", listening));
        CHECK(!is_own_name("example.org", listening));
    }
    CHECK(is_own_name("Build.local:80", "build.local"));
}

TEST_CASE("loopback is told from the rest") {
    for (const std::string host : {"127.0.0.1", "127.255.0.3", "::1", "localhost"})
        CHECK(is_loopback(host));
    for (const std::string host : {"0.0.0.0", "128.0.0.1", "::", "10.0.0.1", "example.org", "127.0.0.1.example.org"})
        CHECK(!is_loopback(host));
}

TEST_CASE("the secret stands before every path, whole") {
    CHECK(path_after(secret, secret + "/") == "/");
    CHECK(path_after(secret, secret + "/api/run") == "/api/run");
    CHECK(path_after(secret, secret + "/style.css?x=/y") == "/style.css");
    for (const std::string& target : {std::string(), std::string("/"), secret, secret + "?", secret.substr(1) + "/",
                                      secret.substr(0, 32) + "/", "http://127.0.0.1" + secret + "/"}) {
        CAPTURE(target);
        CHECK(!path_after(secret, target).has_value());
        RequestHead head = get();
        head.target = target;
        CHECK(status(head) == 403);
    }
    CHECK(new_secret() != new_secret());
    CHECK(new_secret().size() == 33);
}

TEST_CASE("the page's own requests go on") {
    CHECK(status(get()) == 0);
    RequestHead head = post();
    CHECK(status(head) == 0);
    head.origin = "http://127.0.0.1:8080";
    head.fetch_site = "same-origin";
    head.content_type = "application/json; charset=utf-8";
    CHECK(status(head) == 0);
}

TEST_CASE("a page of another site cannot start anything") {
    for (const std::string origin :
         {"http://example.org", "null", "http://127.0.0.1:8081", "http://localhost:8080", "https://127.0.0.1:8080"}) {
        CAPTURE(origin);
        RequestHead head = post();
        head.origin = origin;
        CHECK(status(head) == 403);
    }
    for (const std::string site : {"cross-site", "same-site"}) {
        RequestHead head = post();
        head.fetch_site = site;
        CHECK(status(head) == 403);
    }
    for (const std::string type : {"", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"}) {
        RequestHead head = post();
        head.content_type = type;
        CHECK(status(head) == 415);
    }
    RequestHead head = post();
    head.host = "example.org:8080"; // DNS rebinding: name and origin agree, and are not ours
    head.origin = "http://example.org:8080";
    CHECK(status(head) == 421);
}

TEST_CASE("what the page never does is not done for others") {
    for (const std::string method : {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "", "get"}) {
        RequestHead head = get();
        head.method = method;
        CHECK(status(head) == 405);
    }
    RequestHead head = get();
    head.is_ranged = true;
    CHECK(status(head) == 416);
    head = post();
    head.is_chunked = true;
    CHECK(status(head) == 411);
    head = get();
    head.is_chunked = true;
    CHECK(status(head) == 400);
    head = get();
    head.content_length = "2";
    CHECK(status(head) == 400);
    struct Length {
        std::string said;
        int expected;
    };
    for (const Length& length :
         {Length{"", 411}, Length{"x", 400}, Length{"-1", 400}, Length{"+1", 400}, Length{"1 2", 400},
          Length{"16777216", 0}, Length{"16777217", 413}, Length{"99999999999999999999999", 413}}) {
        CAPTURE(length.said);
        head = post();
        head.content_length = length.said;
        CHECK(status(head) == length.expected);
    }
    head = post();
    head.is_compressed = true;
    CHECK(status(head) == 415);
}

} // namespace mdcd::checker::cli::explore
