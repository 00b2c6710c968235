// The example on node cores in memory: the bill is right whatever dies and breaks, with a right new version and with a
// faulty one, and nothing is kept when all is quiet.
#include <doctest/doctest.h>

#include "impl/runtime/examples/metering/metering.hpp"
#include "tests/support/rounds.hpp"
#include "tests/unit/impl/runtime/net.hpp"
#include "tests/unit/impl/runtime/vector_system.hpp"

namespace mdcd::tests::unit::impl_runtime {
namespace {

namespace metering = mdcd::impl::runtime::examples::metering;

constexpr std::size_t l1 = 0, s2 = 3, a1 = 4, a2 = 5;

// The bill by itself: no filter, no estimator.
std::vector<std::string> right_bill(std::uint64_t readings) {
    std::vector<std::string> lines;
    std::int64_t total = 0;
    for (std::uint64_t period = 1; period <= readings / 4; ++period) {
        std::int64_t sum = 0;
        for (std::uint64_t number = 4 * period - 3; number <= 4 * period; ++number)
            sum += std::min<std::int64_t>(metering::reading(number), 400);
        total += sum;
        lines.push_back("bill " + std::to_string(period) + " " + std::to_string(sum) + " " + std::to_string(total));
    }
    return lines;
}

void check_end(Net& net, std::uint64_t readings, bool faulty) {
    CHECK(net.outputs(a2) == right_bill(readings));
    CHECK_FALSE(net.forgotten);
    for (std::size_t position = 0; position < net.size(); ++position) {
        INFO(name_of(net.core(position).core().self()), " waits for ", net.core(position).waits_for());
        CHECK(net.core(position).is_idle());
        CHECK(net.core(position).core().summary().incarnation == (faulty ? 1U : 0U));
    }
    CHECK((net.core(l1).core().summary().phase == "stopped") == faulty);
    // Each control output once, from whichever version was in service.
    std::vector<std::string> controls = net.outputs(1);
    controls.insert(controls.end(), net.outputs(s2).begin(), net.outputs(s2).end());
    CHECK(controls.size() == readings / 32);
    for (std::size_t each = 0; each < controls.size(); ++each)
        CHECK(controls[each].starts_with("control " + std::to_string(8 * (each + 1)) + " "));
}

} // namespace

TEST_CASE("a right new version stays in service") {
    const metering::Metering program({.readings = 400});
    Net net(vector_system(), program);
    net.settle();
    check_end(net, 400, false);
    CHECK(net.core(a1).core().summary().checkpoints == 0);
    for (std::size_t position = 0; position < net.size(); ++position)
        CHECK(net.stored_contents(position) <= 8); // the states, and hardly more
}

TEST_CASE("a faulty new version is replaced, and the bill is right") {
    for (const std::uint64_t fault_from : {1U, 2U, 17U, 50U, 63U, 64U, 65U, 197U}) {
        INFO("fault from ", fault_from);
        const metering::Metering program({.readings = 200, .fault_from = fault_from});
        Net net(vector_system(), program);
        net.settle();
        check_end(net, 200, true);
    }
}

TEST_CASE("crashes and broken sessions change nothing") {
    std::size_t crashes = 0;
    for (std::uint32_t seed = 1; seed <= rounds(60); ++seed) {
        const std::uint64_t fault_from = seed % 3 == 0 ? 0 : 5 + 7 * (seed % 13);
        INFO("seed ", seed, ", fault from ", fault_from);
        const metering::Metering program({.readings = 160, .fault_from = fault_from});
        Net net(vector_system(), program);
        net.disturb(seed, 12'000, seed % 4 == 0 ? 50 : 5);
        for (std::size_t one = 0; one < net.size(); ++one)
            for (std::size_t other = 0; other < one; ++other)
                net.break_session(one, other);
        net.settle();
        check_end(net, 160, fault_from != 0);
        crashes += net.crashes;
    }
    CHECK(crashes > rounds(1000));
}

} // namespace mdcd::tests::unit::impl_runtime
