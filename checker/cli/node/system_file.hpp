// SYSTEM.json: which processes there are, where they listen, by which rules they guard, and what application it is. And
// the description that is made of it, which every process of the system must have alike; logs begin with it. Knows no
// socket and no log.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "impl/runtime/node.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli::node {

// What the log of a process begins with: enough to run its steps again.
struct DescribedSystem {
    std::string name;
    impl::runtime::SystemDescription description;
    std::unique_ptr<impl::runtime::Program> program;
};

struct SystemFile {
    DescribedSystem system;
    std::vector<std::string> addresses;                      // by position, as they stand in the file
    std::optional<impl::runtime::Certificates> certificates; // `own` and `key`: the folder that holds those of all
    impl::runtime::StoreDurability durability = impl::runtime::StoreDurability::full;
    std::uint32_t tick_ms = 0;
};

inline constexpr int system_format = 1;

// Throw traces::FileError with the place and what was expected.
[[nodiscard]] SystemFile read_system(const std::string& text, const std::string& file);
[[nodiscard]] DescribedSystem described_from(const traces::Value& value, const std::string& file,
                                             const std::string& path);

// Where each process listens, if the system lives in that folder. Throws traces::FileError.
[[nodiscard]] std::vector<impl::runtime::Address> addresses_in(const SystemFile& system, const std::string& file,
                                                               const std::string& folder);

// Those of one process: NAME.pem and NAME.key in the folder.
[[nodiscard]] impl::runtime::Certificates certificates_of(const SystemFile& system, const std::string& process);

// "L1". Throws traces::FileError that names those there are.
[[nodiscard]] impl::ProcessId process_named(const DescribedSystem& system, const std::string& name,
                                            const std::string& file);
[[nodiscard]] std::vector<std::string> process_names(const impl::runtime::SystemDescription& system);

} // namespace mdcd::checker::cli::node
