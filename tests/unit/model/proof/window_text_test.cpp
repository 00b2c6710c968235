// Windows in words: what is there is said, what is not there is not.
// Knows no proof.
#include <doctest/doctest.h>

#include "model/proof/window_text.hpp"

namespace mdcd::model::proof {
namespace {

using Lines = std::vector<std::string>;

Window<Concrete> example() {
    Window<Concrete> window;
    window.validated = 2;
    window.message = {
        .from_cluster = true, .number = 3, .exists = true, .pending = true, .dirty = true, .low_sn = 3, .depends = 3};
    window.process.dirty = true;
    window.process.low_sn = 2;
    window.process.receives = true;
    window.process.focus = {.present = true, .oldest = true, .newest = true, .index = 1, .absorbed = 2, .sent = 4};
    return window;
}

} // namespace

TEST_CASE("a process, its checkpoint, and the message that is under way to it") {
    CHECK(
        describe(example()) ==
        Lines{"V 2, known to someone 0; 0 messages of the cluster decided; L1: 0 sent, number 0, depends on 0, knows 0 "
              "validated",
              "P, an active process: dirty, prgt_bit 0, number 2, depends on 0, knows 0 validated, 0 sent; m is for it",
              "  checkpoint 1 (the only one): number 0, depends on 0, 4 sent; absorbed after it up to 2; does not hold "
              "m",
              "m: message 3 of the cluster, dirty, number 3, depends on 3, under way"});
}

TEST_CASE("what is not there is not described") {
    Window<Concrete> window = example();
    window.process.focus.present = false;
    window.message.exists = false;
    const Lines lines = describe(window);
    CHECK(lines[2] == "  no checkpoint");
    CHECK(lines[3] == "m: message 3 of the cluster, not sent yet");
}

TEST_CASE("who acts, and on what") {
    const Window<Concrete> window = example();
    Happening<Concrete> happening;
    CHECK(describe(ActionId::low_sends, happening, window.message) == Lines{"L1 acts"});
    happening.here = true;
    happening.received_sn = 7;
    CHECK(describe(ActionId::active_is_notified, happening, window.message) == Lines{"P acts", "passed_AT(7) arrives"});
    happening.same = true;
    CHECK(describe(ActionId::active_receives, happening, window.message) == Lines{"P acts", "m arrives"});
    happening.same = false;
    happening.received = {.number = 1, .exists = true, .low_sn = 5};
    CHECK(describe(ActionId::shadow_receives, happening, window.message)[1] ==
          "another arrives: message 1 of an active process, clean, number 5, depends on 0, not under way");
    happening.here = false;
    CHECK(describe(ActionId::active_outputs, happening, window.message)[0].starts_with("Q, an active process: clean"));
}

TEST_CASE("every field, for programs") {
    const traces::Value value = to_value(example());
    CHECK(*value.find("validated")->number() == 2);
    CHECK(*value.find("process")->find("focus")->find("present")->truth());
    CHECK(*value.find("message")->find("low_sn")->number() == 3);
}

} // namespace mdcd::model::proof
