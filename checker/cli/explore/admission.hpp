// Who may ask the server what: decided from a request's head alone, before its body is read. A page of another site
// must neither read an answer nor start work, also if its name was made to lead here.
// Knows no HTTP library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace mdcd::checker::cli::explore {

inline constexpr std::uint64_t body_bytes_max = 16U << 20U;

// What a request says of itself; "" where a header is missing.
struct RequestHead {
    std::string method;
    std::string target; // "/d41d../style.css"
    std::string host;
    std::string origin;
    std::string fetch_site; // Sec-Fetch-Site
    std::string content_type;
    std::string content_length;
    bool is_ranged = false;     // asks for a part of the answer only
    bool is_chunked = false;    // Transfer-Encoding: the length of the body is not known
    bool is_compressed = false; // Content-Encoding
};

struct Refusal {
    int status = 400;
    std::string message;
};

// Whether the name in a Host header is one of this server's: a literal address, "localhost", or the name that it was
// told to listen on. A name made to lead here (DNS rebinding) is none of these. With or without a port.
[[nodiscard]] bool is_own_name(const std::string& host_header, const std::string& listening_host);

// What stands in front of every path, so that nobody can use the page who was not told its address: "/d41d..", 128 bits
// from the system's generator. Throws std::runtime_error if there are none.
[[nodiscard]] std::string new_secret();

// The path after the secret, "/style.css", without what follows a "?"; nothing if the secret is not there. Takes as
// long for a secret that is nearly right as for any other.
[[nodiscard]] std::optional<std::string> path_after(const std::string& secret, const std::string& target);

// Nothing if the request may go on.
[[nodiscard]] std::optional<Refusal> refusal_of(const RequestHead& head, const std::string& listening_host,
                                                const std::string& secret);

// Whether only this machine can reach the address: 127.0.0.0/8, ::1 or localhost.
[[nodiscard]] bool is_loopback(const std::string& host);

} // namespace mdcd::checker::cli::explore
