// A context for both sides, from the files of one process; and what is read off a certificate.
// Knows no session.
#include "impl/runtime/tls.hpp"

#include <array>

namespace mdcd::impl::runtime {

boost::asio::ssl::context context_of(const Certificates& files) {
    boost::asio::ssl::context context(boost::asio::ssl::context::tlsv13);
    const auto with = [](const std::string& file, const auto& use) {
        boost::system::error_code error;
        use(file, error);
        if (error)
            throw CertificateError(file + " cannot be used for TLS: " + error.message());
    };
    with(files.authority,
         [&](const std::string& file, boost::system::error_code& error) { context.load_verify_file(file, error); });
    with(files.own, [&](const std::string& file, boost::system::error_code& error) {
        context.use_certificate_chain_file(file, error);
    });
    with(files.key, [&](const std::string& file, boost::system::error_code& error) {
        context.use_private_key_file(file, boost::asio::ssl::context::pem, error);
    });
    context.set_verify_mode(boost::asio::ssl::verify_peer | boost::asio::ssl::verify_fail_if_no_peer_cert);
    return context;
}

std::string name_on_certificate(SSL* session) {
    X509* const certificate = SSL_get_peer_certificate(session);
    if (certificate == nullptr)
        return "";
    std::array<char, 256> name{};
    const int size = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(),
                                               static_cast<int>(name.size()));
    X509_free(certificate);
    return size < 0 ? "" : std::string(name.data(), static_cast<std::size_t>(size));
}

} // namespace mdcd::impl::runtime
