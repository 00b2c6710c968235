// Torture, the short form: a hundred faults of ten kinds around a recovery; nothing is lost, nothing comes twice, the
// recovery ends, the bill is right, and validation says that every step was what the handlers do.
#include <doctest/doctest.h>

#include <chrono>
#include <fstream>

#include "tests/cli/process.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/torture/torture.hpp"

namespace mdcd::tests::torture {
namespace {

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("faults of every kind around a recovery change nothing") {
    constexpr std::uint64_t readings = 600;
    constexpr std::array<std::uint64_t, fault_count> wanted = {40, 6, 6, 20, 2, 4, 4, 4, 4, 2};
    const ScratchFolder scratch;
    const std::uint32_t seed = std::random_device{}();
    INFO("seed ", seed);
    const std::string file = scratch.write(
        "s.json", runtime::system_text(
                      {.readings = readings, .fault_from = 100 + seed % 100, .tick_ms = 15, .durability = "full"}));
    System system(file, scratch.path("d"), seed);
    std::mt19937 random(seed);
    const auto begin = std::chrono::steady_clock::now();
    for (bool more = true; more && std::chrono::steady_clock::now() - begin < std::chrono::seconds(300);) {
        std::vector<Fault> open; // kinds of which there are not enough
        for (std::size_t each = 0; each < fault_count; ++each)
            for (std::uint64_t left = system.counts()[each]; left < wanted[each]; ++left)
                open.push_back(static_cast<Fault>(each));
        more = !open.empty();
        if (more)
            (void)system.inject(open[random() % open.size()]);
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 100));
    }
    CHECK(system.wait_for_the_end(300));
    INFO(system.output());
    for (std::size_t each = 0; each < fault_count; ++each) {
        CAPTURE(fault_names[each]);
        CHECK(system.counts()[each] >= wanted[each]);
    }
    CHECK(read_all(scratch.path("d/A2/output.ndjson")) == runtime::right_bill(readings));
    const cli::Finished judged = cli::run_mdcd({"validate", scratch.path("d")});
    INFO(judged.out, judged.err);
    CHECK(judged.exit_code == 0);
    CHECK(judged.out.find("A2: ") != std::string::npos);
    CHECK(judged.out.find("L1: ") != std::string::npos);
    CHECK(judged.out.find(" 1 recoveries") != std::string::npos);
    MESSAGE("faults injected: ", system.counts()[0], " kills of ", judged.out);
}

} // namespace mdcd::tests::torture
