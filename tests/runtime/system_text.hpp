// The shipped example as a system of a test: faster, and with other numbers.
// Knows nothing of what runs it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/runtime/examples/metering/metering.hpp"

namespace mdcd::tests::runtime {

struct SystemNumbers {
    std::uint64_t readings = 64;
    std::uint64_t fault_from = 0;
    std::uint64_t tick_ms = 1;
    std::string durability = "off";
    std::string rules = "repaired_vector";
    std::string name = "metering-test";
    std::string upgrade_rules{}; // a record, if not the right ones
    std::string capacities{};    // a record, if not all that there is
};

inline std::string system_text(const SystemNumbers& numbers) {
    std::string text = R"({"format": 1, "name": ")" + numbers.name + R"(", "processes": {)";
    for (const std::string name : {"L1", "L2", "S1", "S2", "A1", "A2"})
        text += (name == "L1" ? "\"" : ", \"") + name + "\": \"unix:" + name + ".sock\"";
    return text + R"(}, "rules": ")" + numbers.rules + R"(", "tick_ms": )" + std::to_string(numbers.tick_ms) +
           R"(, "durability": ")" + numbers.durability + R"(", "application": {"example": "metering", "readings": )" +
           std::to_string(numbers.readings) + R"(, "fault_from": )" + std::to_string(numbers.fault_from) + "}}\n";
}

// The same in seats, in which upgrades begin and end: of each its `fault_from`.
inline std::string upgrades_text(const SystemNumbers& numbers, const std::vector<std::uint64_t>& faults) {
    std::string text = R"({"format": 1, "name": ")" + numbers.name + R"(", "processes": {)";
    for (const std::string name : {"C1a", "C2a", "C1b", "C2b", "A1", "A2"})
        text += (name == "C1a" ? "\"" : ", \"") + name + "\": \"unix:" + name + ".sock\"";
    text += R"(}, "rules": ")" + numbers.rules + R"(", )" +
            (numbers.upgrade_rules.empty() ? "" : R"("upgrade_rules": )" + numbers.upgrade_rules + ", ") +
            (numbers.capacities.empty() ? "" : R"("capacities": )" + numbers.capacities + ", ") + R"("tick_ms": )" +
            std::to_string(numbers.tick_ms) + R"(, "durability": ")" + numbers.durability +
            R"(", "application": {"example": "metering", "readings": )" + std::to_string(numbers.readings) +
            R"(, "upgrades": [)";
    for (std::size_t each = 0; each < faults.size(); ++each)
        text += (each == 0 ? "" : ", ") + std::string(R"({"fault_from": )") + std::to_string(faults[each]) + "}";
    return text + "]}}\n";
}

// What A2 gives to its device, line by line: computed from the readings alone.
inline std::string right_bill(std::uint64_t readings) {
    std::string text;
    std::int64_t total = 0;
    for (std::uint64_t period = 1; period <= readings / 4; ++period) {
        std::int64_t sum = 0;
        for (std::uint64_t number = 4 * period - 3; number <= 4 * period; ++number) {
            const std::int64_t watts = impl::runtime::examples::metering::reading(number);
            sum += watts > 400 ? 400 : watts;
        }
        total += sum;
        text += R"({"format":1,"process":"A2","number":)" + std::to_string(period) + R"(,"content":"bill )" +
                std::to_string(period) + " " + std::to_string(sum) + " " + std::to_string(total) + "\"}\n";
    }
    return text;
}

} // namespace mdcd::tests::runtime
