// Torture, the long form: a thousand faults of fourteen kinds in one run, four hundred of them kill -9.
// The same questions as in the short form.
#include "tests/torture/endure.hpp"

namespace mdcd::tests::torture {

TEST_CASE("a thousand faults change nothing") {
    const std::uint64_t fault_from = 1000 + std::random_device{}() % 3000;
    endure({400, 60, 60, 200, 20, 60, 60, 60, 60, 20, 40, 40, 40, 40},
           {.readings = 10'000, .fault_from = fault_from, .tick_ms = 10, .durability = "full"},
           std::chrono::seconds(1800));
}

} // namespace mdcd::tests::torture
