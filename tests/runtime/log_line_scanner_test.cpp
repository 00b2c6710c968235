// Lines read without a parser are read as the parser reads them, and whatever is written in another way is left to it.
// The runs are made in memory. Knows no handler.
#include <doctest/doctest.h>

#include "checker/cli/node/log_line_scanner.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests::runtime {
namespace {

using checker::cli::node::LogLine;
using checker::cli::node::read_log_line;
using checker::cli::node::scan_log_line;

bool same_line(const LogLine& one, const LogLine& other) {
    return one.step == other.step && one.process == other.process && one.packet == other.packet &&
           one.input.kind == other.input.kind && one.input.from == other.input.from &&
           one.input.number == other.input.number && one.input.packet == other.input.packet &&
           one.input.time == other.input.time;
}

struct Scanned {
    std::size_t lines = 0;
    std::size_t without_parser = 0;
};

// Of a whole run; each line also with one byte changed, wherever that is.
Scanned scan_all(unit::impl_runtime::Net& net) {
    Scanned scanned;
    std::size_t place = 0;
    for (std::size_t position = 0; position < net.size(); ++position)
        for (const std::string& text : net.lines(position)) {
            ++scanned.lines;
            const auto line = scan_log_line(text, net.system());
            scanned.without_parser += line ? 1U : 0U;
            if (line)
                CHECK(same_line(*line, read_log_line(text, "a line", net.system())));
            std::string changed = text;
            place = (place * 31 + 17) % changed.size();
            changed[place] = changed[place] == '7' ? '"' : '7';
            if (const auto other = scan_log_line(changed, net.system())) {
                LogLine read;
                CHECK_NOTHROW(read = read_log_line(changed, "a line", net.system()));
                CHECK(same_line(*other, read));
            }
        }
    return scanned;
}

} // namespace

TEST_CASE("most lines are read without a parser, and all of them as with one") {
    const auto one = checker::cli::node::read_system(system_text({.readings = 64, .fault_from = 22}), "test");
    unit::impl_runtime::Net net(one.system.description, *one.system.program);
    net.disturb(3, 400, 10);
    net.settle();
    const Scanned scanned = scan_all(net);
    CHECK(scanned.lines > 250);
    CHECK(scanned.without_parser * 10 > scanned.lines * 9);
    const auto seats = checker::cli::node::read_system(upgrades_text({.readings = 80}, {0}), "test");
    unit::impl_runtime::Net other(seats.system.description, *seats.system.program);
    other.settle(10);
    CHECK(other.command(4, "begin C1 C2") == "accepted");
    other.settle();
    const Scanned in_seats = scan_all(other);
    CHECK(in_seats.without_parser * 10 > in_seats.lines * 8);
}

TEST_CASE("what is not written as mdcd writes it is not scanned") {
    const auto system = checker::cli::node::read_system(system_text({.readings = 8}), "test");
    unit::impl_runtime::Net net(system.system.description, *system.system.program);
    net.settle();
    std::string line;
    for (const std::string& each : net.lines(0))
        if (each.find(R"("kind":"receive")") != std::string::npos && line.empty())
            line = each;
    REQUIRE(scan_log_line(line, net.system()));
    const auto refused = [&](const std::string& what, const std::string& by) {
        std::string text = line;
        const std::size_t at = text.find(what);
        REQUIRE_MESSAGE(at != std::string::npos, what);
        text.replace(at, what.size(), by);
        CHECK_MESSAGE(!scan_log_line(text, net.system()), text);
    };
    refused("\"format\":1", "\"format\":2");
    refused("\"format\":1", "\"format\": 1");
    refused("\"step\":", "\"step\":0");
    refused("\"number\":", "\"number\":-");
    refused("\"from\":\"A1\"", "\"from\":\"A7\"");
    refused("\"dirty\":", "\"dirt\":");
    refused("\"content\":\"", "\"content\":\"%41");
    refused("\"content\":\"", "\"content\":\"\\n");
    refused("\"content\":\"", "\"content\":\"x"); // not its digest
    refused("\"kind\":\"receive\"", "\"kind\":\"recieve\"");
    refused("},\"sent\":[", "}");
    CHECK_FALSE(scan_log_line(net.lines(0)[0], net.system())); // a start
    CHECK_FALSE(scan_log_line("", net.system()));
}

} // namespace mdcd::tests::runtime
