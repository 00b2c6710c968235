// The example that ships: meters (A1) -> filter (component 1) -> estimator (component 2) -> billing (A2). The upgrade
// changes what filter and estimator say to each other: the old versions one reading at a time, the new ones batches of
// four with time stamps. What leaves the cluster is the same. A fault can be seeded into the new filter.
// Knows no protocol and no runtime but the interface of programs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/runtime/program.hpp"

namespace mdcd::impl::runtime::examples::metering {

inline constexpr std::uint8_t component_count = 2;
inline constexpr std::uint8_t active_count = 2;
inline constexpr std::uint64_t readings_per_period = 4;

struct Parameters {
    std::uint64_t readings = 0;   // that the meters make
    std::uint64_t fault_from = 0; // from this reading on the new filter forgets to convert a unit; 0: never
    // Version n of the program from 1 on; of each its fault_from. Empty: there is one, with the fault above.
    std::vector<std::uint64_t> upgrades{};
};

class Metering : public Program {
public:
    explicit Metering(const Parameters& parameters) : parameters_(parameters) {}

    [[nodiscard]] std::uint32_t versions() const override;
    [[nodiscard]] std::string first_state(const Place& self) const override;
    void deliver(const Place& self, std::string& state, std::string_view message) const override;
    [[nodiscard]] bool wants_ticks(const Place& self, std::string_view state) const override;
    void tick(const Place& self, std::string& state, std::uint64_t time) const override;
    [[nodiscard]] std::optional<Intention> next(const Place& self, std::string_view state) const override;
    void was_sent(const Place& self, std::string& state) const override;
    [[nodiscard]] bool acceptance_test(const Place& self, std::string_view state,
                                       std::string_view output) const override;
    [[nodiscard]] bool compensate(const Place& self, std::string_view state, std::string& output) const override;

private:
    [[nodiscard]] std::uint64_t fault_from(std::uint32_t version) const;

    Parameters parameters_;
};

// What meter reading number `number` says, in watts. Now and then a spike, which the filter cuts off.
[[nodiscard]] std::int64_t reading(std::uint64_t number);

} // namespace mdcd::impl::runtime::examples::metering
