// Processes whose handlers are not those of their system: found out from their logs, by process, line, field and guard.
// Node cores in memory run by one set of rules and write that they run by another.
#include <doctest/doctest.h>

#include "checker/cli/node/validation.hpp"
#include "impl/rules.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::runtime {
namespace {

using checker::cli::node::Deviation;
using checker::cli::node::read_system;
using checker::cli::node::SystemFile;
using checker::cli::node::validate_logs;

// What validation says of a run in which that rule had another value; "" if nothing.
std::string judged(const std::string& rule, std::uint8_t value, std::uint32_t seed) {
    const SystemFile right = read_system(system_text({.readings = 96, .fault_from = 43}), "test");
    impl::runtime::SystemDescription wrong = right.system.description; // its text says the right rules
    if (!rule.empty())
        impl::find_rule(rule)->set(wrong.rules, value);
    const ScratchFolder scratch;
    write_logs(wrong, *right.system.program, {.seed = seed, .moves = 4000, .crashes_per_thousand = 2},
               scratch.path(""));
    std::uint64_t received = 0;
    try {
        received = validate_logs(scratch.path("")).received;
    } catch (const Deviation& deviation) {
        return deviation.what();
    }
    CHECK(received > 300);
    return "";
}

} // namespace

TEST_CASE("the right handlers are right") {
    for (std::uint32_t seed = 1; seed <= 10; ++seed)
        CHECK(judged("", 0, seed).empty());
}

TEST_CASE("wrong handlers are found out by process, line, field and guard") {
    struct Wrong {
        const char* rule;
        std::uint8_t value;
        const char* process;
        const char* guard;
    };
    for (const Wrong& each :
         {Wrong{"receiver_log", 0, "A2", "checkpoint_first"}, Wrong{"checkpoint_index", 1, "A2", "checkpoint_first"},
          Wrong{"checkpoint_trigger", 0, "A2", "checkpoint_new_sn"},
          Wrong{"shadow_output_index", 1, "S", "logged_output"}, Wrong{"shadow_internal", 1, "S1", "sent_in_cluster"},
          Wrong{"notification_sn", 1, "", "number_advanced"}, Wrong{"in_transit", 1, "", "discarded"}}) {
        CAPTURE(std::string(each.rule));
        std::string said;
        for (std::uint32_t seed = 1; seed <= 20 && said.empty(); ++seed) // not every run comes to every guard
            said = judged(each.rule, each.value, seed);
        CHECK_MESSAGE(contains(said, "log.ndjson, line "), said);
        CHECK_MESSAGE(contains(said, std::string(each.process)), said);
        CHECK_MESSAGE(contains(said, each.guard), said);
        CHECK_MESSAGE(contains(said, "the handlers say"), said);
    }
}

} // namespace mdcd::tests::runtime
