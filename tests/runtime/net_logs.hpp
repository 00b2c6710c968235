// The logs of a run in memory, as `mdcd run` would have left them: the same on every machine, however slow it is.
// Knows nothing of what is done with them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "checker/cli/node/system_file.hpp"
#include "tests/unit/impl/runtime/net.hpp"

namespace mdcd::tests::runtime {

// How the run goes before it is calm: moves of chance, and crashes among them.
struct Disturbance {
    std::uint32_t seed = 1;
    std::size_t moves = 0;
    std::uint32_t crashes_per_thousand = 0;
};

inline void write_logs_of(unit::impl_runtime::Net& net, const std::string& folder) {
    for (std::size_t position = 0; position < net.size(); ++position) {
        const std::string own = folder + "/" + impl::runtime::name_in(net.system(), net.core(position).core().self());
        std::filesystem::create_directories(own);
        std::ofstream out(own + "/log.ndjson", std::ios::binary);
        for (const std::string& line : net.lines(position))
            out << line << "\n";
    }
}

// `description` may differ from what its text says: then the processes do not do what their logs claim.
inline void write_logs(const impl::runtime::SystemDescription& description, const impl::runtime::Program& program,
                       const Disturbance& disturbance, const std::string& folder) {
    unit::impl_runtime::Net net(description, program);
    net.disturb(disturbance.seed, disturbance.moves, disturbance.crashes_per_thousand);
    net.settle();
    write_logs_of(net, folder);
}

} // namespace mdcd::tests::runtime
