// The example over TCP with certificates, from beginning to end; and what is wrong with those of a file is said.
// Knows no session.
#include <doctest/doctest.h>

#include <fstream>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/cli/process.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::runtime {
namespace {

std::string any_free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return std::to_string(ntohs(address.sin_port));
}

// The text of a system whose processes listen on ports, with certificates from the file's own folder.
std::string over_tls(std::string text) {
    for (const std::string name : {"L1", "L2", "S1", "S2", "A1", "A2"}) {
        const std::string socket = "unix:" + name + ".sock";
        text.replace(text.find(socket), socket.size(), "127.0.0.1:" + any_free_port());
    }
    return text.replace(text.find("\"rules\""), 0,
                        R"("certificates": {"authority": "authority.pem", "folder": "."}, )");
}

} // namespace

TEST_CASE("a recovery over TLS, and the same bill") {
    const ScratchFolder scratch;
    const Authority authority(scratch.path(""));
    for (const std::string name : {"L1", "L2", "S1", "S2", "A1", "A2"})
        authority.issue(name, name + ".metering-test");
    const std::string system = scratch.write("s.json", over_tls(system_text({.readings = 64, .fault_from = 21})));
    const cli::Finished finished =
        cli::run_mdcd({"run", system, "--dir", scratch.path("d"), "--until-quiet", "--max-seconds", "400"});
    INFO(finished.out, finished.err);
    CHECK(finished.exit_code == 0);
    std::ifstream in(scratch.path("d/A2/output.ndjson"), std::ios::binary);
    CHECK(std::string{std::istreambuf_iterator<char>(in), {}} == right_bill(64));
    CHECK(cli::run_mdcd({"validate", scratch.path("d")}).exit_code == 0);
}

TEST_CASE("without its certificate a process does not start") {
    const ScratchFolder scratch;
    const Authority authority(scratch.path(""));
    const std::string system = scratch.write("s.json", over_tls(system_text({.readings = 8})));
    const cli::Finished finished = cli::run_mdcd({"node", system, "A1", "--dir", scratch.path("d")});
    CHECK(finished.exit_code == 65);
    CHECK_MESSAGE(contains(finished.err, "$.certificates: "), finished.err);
    CHECK_MESSAGE(contains(finished.err, "A1.pem cannot be used for TLS"), finished.err);
}

} // namespace mdcd::tests::runtime
