// The logs of a run in memory, as `mdcd run` would have left them: the same on every machine, however slow it is.
// Knows nothing of what is done with them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "checker/cli/node/system_file.hpp"
#include "impl/runtime/log_line.hpp"
#include "tests/unit/impl/runtime/net.hpp"

namespace mdcd::tests::runtime {

// How the run goes before it is calm: moves of chance, and crashes among them.
struct Disturbance {
    std::uint32_t seed = 1;
    std::size_t moves = 0;
    std::uint32_t crashes_per_thousand = 0;
};

// What its device has got, beside its log.
inline void write_outputs(const unit::impl_runtime::Net& net, std::size_t position, const std::string& folder) {
    std::ofstream out(folder + "/output.ndjson", std::ios::binary);
    std::uint64_t number = 0;
    for (const std::string& content : net.outputs(position))
        out << impl::runtime::output_line(std::filesystem::path(folder).filename().string(),
                                          {.number = ++number, .content = content})
            << "\n";
}

inline void write_logs_of(unit::impl_runtime::Net& net, const std::string& folder) {
    for (std::size_t position = 0; position < net.size(); ++position) {
        const std::string own = folder + "/" + impl::runtime::name_in(net.system(), net.core(position).core().self());
        std::filesystem::create_directories(own);
        std::ofstream out(own + "/log.ndjson", std::ios::binary);
        for (const std::string& line : net.lines(position))
            out << line << "\n";
        write_outputs(net, position, own);
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
