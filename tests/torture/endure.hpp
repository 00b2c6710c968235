// One system under so many faults of each kind, around its recovery; then calm, and the questions: is the bill right,
// and was every step what the handlers do? Knows no fault by name.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <string>

#include "tests/cli/process.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/torture/torture.hpp"

namespace mdcd::tests::torture {

inline std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// `wanted`: how many of each kind. `numbers`: enough readings that it does not come to its end before.
inline void endure(const std::array<std::uint64_t, fault_count>& wanted, const runtime::SystemNumbers& numbers,
                   std::chrono::seconds patience) {
    const ScratchFolder scratch;
    const std::uint32_t seed = std::random_device{}();
    INFO("seed ", seed);
    System system(scratch.write("s.json", runtime::system_text(numbers)), scratch.path("d"), seed);
    std::mt19937 random(seed);
    const auto begin = std::chrono::steady_clock::now();
    for (bool more = true; more && !system.has_ended() && std::chrono::steady_clock::now() - begin < patience;) {
        std::vector<Fault> open; // kinds of which there are not enough
        for (std::size_t each = 0; each < fault_count; ++each)
            for (std::uint64_t left = system.counts()[each]; left < wanted[each]; ++left)
                open.push_back(static_cast<Fault>(each));
        more = !open.empty();
        if (more)
            (void)system.inject(open[random() % open.size()]);
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 100));
    }
    CHECK(system.wait_for_the_end(static_cast<int>(patience.count())));
    INFO(system.output());
    std::uint64_t all = 0;
    std::string kinds;
    for (std::size_t each = 0; each < fault_count; ++each) {
        CAPTURE(fault_names[each]);
        CHECK(system.counts()[each] >= wanted[each]);
        all += system.counts()[each];
        kinds +=
            (kinds.empty() ? "" : ", ") + std::string(fault_names[each]) + " " + std::to_string(system.counts()[each]);
    }
    const std::string errors = system.errors(); // who stops says why
    CHECK((errors.find("No space left on device") != std::string::npos ||
           errors.find("database or disk is full") != std::string::npos));
    CHECK((errors.find("disk I/O error") != std::string::npos ||
           errors.find("cannot be brought to the disk") != std::string::npos));
    CHECK(read_all(scratch.path("d/A2/output.ndjson")) == runtime::right_bill(numbers.readings));
    const cli::Finished judged = cli::run_mdcd({"validate", scratch.path("d")});
    INFO(judged.out, judged.err);
    CHECK(judged.exit_code == 0);
    CHECK(judged.out.find(" 1 recovery,") != std::string::npos);
    MESSAGE(all, " faults: ", kinds, "\n", judged.out);
}

} // namespace mdcd::tests::torture
