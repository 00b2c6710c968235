// TLS as sessions use it: version 1.3, certificates on both sides, and the name that one is of.
// Knows no session.
#pragma once

#include <string>

#include <boost/asio/ssl.hpp>

#include "impl/runtime/certificates.hpp"

namespace mdcd::impl::runtime {

// Both sides show a certificate of the authority; what it is of is looked at when the peer says who it is. Throws
// CertificateError.
[[nodiscard]] boost::asio::ssl::context context_of(const Certificates& files);

// The common name on the peer's certificate; "" if there is none.
[[nodiscard]] std::string name_on_certificate(SSL* session);

} // namespace mdcd::impl::runtime
