// The example that ships: meters (A1) -> filter (component 1) -> estimator (component 2) -> billing (A2). The upgrade
// changes what filter and estimator say to each other: the old versions one reading at a time, the new ones batches of
// four with time stamps. What leaves the cluster is the same. A fault can be seeded into the new filter.
// Knows no protocol and no runtime but the interface of programs.
#pragma once

#include <cstdint>
#include <string>

#include "impl/runtime/program.hpp"

namespace mdcd::impl::runtime::examples::metering {

inline constexpr std::uint8_t component_count = 2;
inline constexpr std::uint8_t active_count = 2;
inline constexpr std::uint64_t readings_per_period = 4;

struct Parameters {
    std::uint64_t readings = 0;   // that the meters make
    std::uint64_t fault_from = 0; // from this reading on the new filter forgets to convert a unit; 0: never
};

class Metering : public Program {
public:
    explicit Metering(const Parameters& parameters) : parameters_(parameters) {}

    [[nodiscard]] std::string first_state(ProcessId self) const override;
    void deliver(ProcessId self, std::string& state, std::string_view message) const override;
    [[nodiscard]] bool wants_ticks(ProcessId self, std::string_view state) const override;
    void tick(ProcessId self, std::string& state, std::uint64_t time) const override;
    [[nodiscard]] std::optional<Intention> next(ProcessId self, std::string_view state) const override;
    void was_sent(ProcessId self, std::string& state) const override;
    [[nodiscard]] bool acceptance_test(ProcessId self, std::string_view state, std::string_view output) const override;
    [[nodiscard]] bool compensate(ProcessId self, std::string_view state, std::string& output) const override;

private:
    Parameters parameters_;
};

// What meter reading number `number` says, in watts. Now and then a spike, which the filter cuts off.
[[nodiscard]] std::int64_t reading(std::uint64_t number);

} // namespace mdcd::impl::runtime::examples::metering
