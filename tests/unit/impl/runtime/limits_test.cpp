// What is large and what is full: messages and states of a megabyte, of any bytes, through a recovery; and a process
// that stands still until everything that others keep for it is full, which ends nobody.
#include <doctest/doctest.h>

#include "impl/runtime/examples/metering/metering.hpp"
#include "tests/unit/impl/runtime/net.hpp"
#include "tests/unit/impl/runtime/vector_system.hpp"

namespace mdcd::tests::unit::impl_runtime {
namespace {

constexpr std::size_t big = 1'000'000;

// A1 sends letters, the component passes them on (its new version spoils those from the third on), A2 keeps all of them
// and outputs the last one. A state is a letter for the kind of what is to be sent next, and then all that came.
class Copier : public Program {
public:
    static std::string letter(std::size_t number) {
        std::string text(big, static_cast<char>(number));
        for (std::size_t byte = 0; byte < 256; ++byte)
            text[byte] = static_cast<char>(byte); // any
        return text;
    }
    static constexpr std::size_t letters = 6;

    std::string first_state(const Place&) const override { return "-"; }
    void deliver(const Place& self, std::string& state, std::string_view message) const override {
        const bool spoiled = self.process.group == Group::low && state.size() > 2 * big;
        state += spoiled ? std::string(big, '!') : std::string(message);
        state[0] = self.process.group == Group::active ? 'd' : 'a';
    }
    bool wants_ticks(const Place& self, std::string_view state) const override {
        return self.process == ProcessId{Group::active, 0} && state.size() < 1 + letters * big;
    }
    void tick(const Place&, std::string& state, std::uint64_t) const override {
        state += letter(state.size() / big);
        state[0] = 'c';
    }
    std::optional<Intention> next(const Place&, std::string_view state) const override {
        if (state[0] == '-')
            return std::nullopt;
        const Intention::To to = state[0] == 'a'   ? Intention::To::active
                                 : state[0] == 'c' ? Intention::To::component
                                                   : Intention::To::device;
        return Intention{to, static_cast<std::uint8_t>(state[0] == 'a' ? 1 : 0),
                         std::string(state.substr(state.size() - big))};
    }
    void was_sent(const Place&, std::string& state) const override { state[0] = '-'; }
    bool acceptance_test(const Place&, std::string_view, std::string_view output) const override {
        return output[big / 2] != '!';
    }
    bool compensate(const Place&, std::string_view, std::string&) const override { return false; }
};

} // namespace

TEST_CASE("messages and states of any size, through a recovery") {
    SystemDescription system = vector_system();
    system.members = {1, 2};
    const Copier program;
    Net net(system, program);
    net.settle();
    const std::size_t a2 = 3;
    REQUIRE(net.outputs(a2).size() == Copier::letters);
    for (std::size_t each = 0; each < Copier::letters; ++each)
        CHECK(net.outputs(a2)[each] == Copier::letter(each));
    CHECK(net.core(0).core().summary().phase == "stopped");
    for (std::size_t position = 0; position < net.size(); ++position) {
        CHECK(net.core(position).is_idle());
        CHECK(net.stored_contents(position) <= 6);
        for (const std::string& line : net.lines(position))
            CHECK(line.size() < 3 * (2 * big + 10'000)); // what came in and what went out to the device
    }
}

TEST_CASE("whoever stands still makes others wait, and ends nobody") {
    for (std::size_t still = 0; still < 6; ++still) {
        const examples::metering::Metering program({.readings = 2000, .fault_from = 1500});
        Net net(vector_system(), program);
        net.stand_still(still);
        net.settle();
        CAPTURE(name_of(net.core(still).core().self()));
        const std::uint64_t made = net.core(4).core().steps();
        CHECK(made < 1200);
        std::size_t waiting = 0;
        for (std::size_t position = 0; position < net.size(); ++position)
            waiting += net.core(position).waits_for().empty() ? 0U : 1U;
        if (still != 4) // without the meters nobody waits
            CHECK(waiting > 0);
        net.stand_still(net.size()); // nobody
        net.settle();
        CHECK(net.outputs(5).size() == 500);
        for (std::size_t position = 0; position < net.size(); ++position)
            CHECK(net.core(position).is_idle());
    }
}

} // namespace mdcd::tests::unit::impl_runtime
