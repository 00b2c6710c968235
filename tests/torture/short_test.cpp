// Torture, the short form: a hundred faults of fourteen kinds around a recovery; nothing is lost, nothing comes twice,
// the recovery ends, the bill is right, and validation says that every step was what the handlers do.
#include "tests/torture/endure.hpp"

namespace mdcd::tests::torture {

TEST_CASE("faults of every kind around a recovery change nothing") {
    const std::uint64_t fault_from = 100 + std::random_device{}() % 100;
    endure({40, 6, 6, 20, 2, 4, 4, 4, 4, 2, 3, 3, 3, 3},
           {.readings = 600, .fault_from = fault_from, .tick_ms = 15, .durability = "full"}, std::chrono::seconds(300));
}

} // namespace mdcd::tests::torture
