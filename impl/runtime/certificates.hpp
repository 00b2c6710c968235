// Who a peer is, by certificate: what a process needs of its own, and the name that a certificate is of. Sessions that
// can leave the machine are encrypted and certified on both sides (TLS 1.3). Knows no session.
#pragma once

#include <stdexcept>
#include <string>

namespace mdcd::impl::runtime {

// A file that cannot be used: says which and why.
class CertificateError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Files in PEM. The certificate's common name is "A2.metering": the process and the system.
struct Certificates {
    std::string authority; // whose certificates are believed
    std::string own;       // of this process, with those between it and the authority
    std::string key;
    std::string system; // its name
};

// The common name that a process of that system must have.
[[nodiscard]] inline std::string certified_name(const std::string& process, const std::string& system) {
    return process + "." + system;
}

} // namespace mdcd::impl::runtime
