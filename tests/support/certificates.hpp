// Certificates for a test: an authority, and what it signs.
// Knows nothing of who shows them.
#pragma once

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace mdcd::tests {

class Authority {
public:
    explicit Authority(const std::string& folder) : folder_(folder), key_(EVP_EC_gen("P-256"), EVP_PKEY_free) {
        certificate_ = signed_for("authority", key_.get(), 3600, true);
        write_certificate(file("authority.pem"), certificate_.get());
    }

    [[nodiscard]] std::string file(const std::string& name) const { return folder_ + "/" + name; }

    // NAME.pem and NAME.key in the folder, for that common name.
    void issue(const std::string& name, const std::string& common_name, long seconds = 3600) const {
        const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const Certificate made = signed_for(common_name, key.get(), seconds, false);
        write_certificate(file(name + ".pem"), made.get());
        std::FILE* const out = std::fopen(file(name + ".key").c_str(), "w");
        if (out == nullptr || PEM_write_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
            throw std::runtime_error("no key could be written");
        std::fclose(out);
    }

private:
    using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

    [[nodiscard]] Certificate signed_for(const std::string& common_name, EVP_PKEY* key, long seconds,
                                         bool is_authority) const {
        Certificate made(X509_new(), X509_free);
        X509_set_version(made.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), ++serial_);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), seconds);
        X509_set_pubkey(made.get(), key);
        const auto* text = reinterpret_cast<const unsigned char*>(common_name.c_str());
        X509_NAME_add_entry_by_NID(X509_get_subject_name(made.get()), NID_commonName, MBSTRING_ASC, text, -1, -1, 0);
        X509_set_issuer_name(made.get(), X509_get_subject_name(is_authority ? made.get() : certificate_.get()));
        if (is_authority) {
            X509_EXTENSION* const extension =
                X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE");
            X509_add_ext(made.get(), extension, -1);
            X509_EXTENSION_free(extension);
        }
        if (X509_sign(made.get(), key_.get(), EVP_sha256()) == 0)
            throw std::runtime_error("a certificate could not be signed");
        return made;
    }

    static void write_certificate(const std::string& path, X509* certificate) {
        std::FILE* const out = std::fopen(path.c_str(), "w");
        if (out == nullptr || PEM_write_X509(out, certificate) != 1)
            throw std::runtime_error("no certificate could be written");
        std::fclose(out);
    }

    std::string folder_;
    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
    Certificate certificate_{nullptr, X509_free};
    mutable long serial_ = 0;
};

} // namespace mdcd::tests
