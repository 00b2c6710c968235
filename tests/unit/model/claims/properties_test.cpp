// The native evaluation of the properties, on views made by hand: each property is broken, and each twin reached, by
// the one thing that it is about and by nothing else.
#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "model/claims/properties.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

constexpr unsigned s1_at = 0, a1_at = 1, a2_at = 2; // positions in the view
const MessageSet c1 = as_set({0, 1}), c2 = as_set({0, 2}), a1_1 = as_set({1, 1}), a2_1 = as_set({2, 1});

// S1, A1 and A2 where nothing has happened yet; each has its current state as its only candidate.
struct Scene {
    Facts facts;
    std::vector<SlotSummary> summaries = std::vector<SlotSummary>(3);
    std::vector<RecoveredProcess> recovered = std::vector<RecoveredProcess>(3);

    Scene() {
        facts.view.process_count = 3;
        for (unsigned process = 0; process < 3; ++process) {
            summaries[process].candidates.emplace_back();
            facts.view.processes[process].clean = true;
        }
    }

    // What is true in it, by name.
    std::set<std::string> judged() {
        std::vector<const SlotSummary*> processes;
        std::vector<const RecoveredProcess*> after;
        for (unsigned process = 0; process < 3; ++process) {
            facts.view.processes[process].candidates = &summaries[process].candidates;
            processes.push_back(&summaries[process]);
            after.push_back(&recovered[process]);
        }
        facts.processes = processes;
        facts.recovered = after;
        const checker::PropertyBits bits = judge_natively(facts);
        CHECK((bits >> property_count) == 0);
        std::set<std::string> names;
        for (std::size_t property = 0; property < property_count; ++property)
            if ((bits >> property & 1) != 0)
                names.insert(all_properties()[property].name);
        return names;
    }

    const View& view() {
        static_cast<void>(judged()); // sets the pointers
        return facts.view;
    }
};

// The properties in whose truth the scene differs from one in which nothing has happened.
std::set<std::string> changed(const std::function<void(Scene&)>& edit) {
    Scene scene;
    edit(scene);
    std::set<std::string> names;
    const std::set<std::string> now = scene.judged();
    const std::set<std::string> usual = Scene().judged();
    for (const checker::Property& property : all_properties())
        if (now.contains(property.name) != usual.contains(property.name))
            names.insert(property.name);
    return names;
}

using Names = std::set<std::string>;

// A1 has a checkpoint without anything, and a current state that received A2.1 and depends on message 1.
void make_a1_dirty(Scene& scene) {
    scene.summaries[a1_at].candidates = {{}, {.received = c1 | a2_1, .sent = 0, .depends = {1}}};
    scene.facts.view.processes[a1_at].clean = false;
    scene.facts.view.processes[a1_at].depends = {1};
    scene.facts.view.processes[a1_at].chosen = 0;
}

} // namespace

TEST_CASE("where nothing has happened every claim holds and nothing is reached") {
    Scene scene;
    for (const checker::Property& property : all_properties())
        CHECK(scene.judged().contains(property.name) == (property.kind != checker::PropertyKind::reachable));
}

TEST_CASE("containment: a clean process depends on what is not validated") {
    const auto depends = [](std::uint8_t number, std::uint8_t validated, bool clean) {
        return changed([&](Scene& scene) {
            scene.facts.view.processes[a1_at].depends = {number};
            scene.facts.view.processes[a1_at].clean = clean;
            scene.facts.view.validated = {validated};
        });
    };
    CHECK(depends(1, 0, true) == Names{"containment", "contaminated_then_cleaned", "output_of_validated_state"});
    CHECK(depends(1, 1, true) == Names{"contaminated_then_cleaned", "output_of_validated_state"});
    CHECK(depends(1, 0, false).empty());
}

TEST_CASE("device_safety is what the ghost has seen") {
    CHECK(changed([](Scene& scene) { scene.facts.unsafe_output = true; }) == Names{"device_safety"});
}

TEST_CASE("an orphan: received, but not sent in its sender's history") {
    CHECK(changed([](Scene& scene) { scene.facts.view.received_active = a1_1; }) ==
          Names{"recoverability", "no_cascading_rollback"});
    CHECK(
        changed([](Scene& scene) { scene.facts.view.received_active = scene.facts.view.active_sent = a1_1; }).empty());
    CHECK(changed([](Scene& scene) { scene.facts.view.surviving = a1_1; }) == Names{"recoverability"});
    CHECK(changed([](Scene& scene) { scene.facts.view.received_cluster = c1; }) == Names{"recoverability"});
}

TEST_CASE("a lost message: sent, and nowhere to be found") {
    CHECK(changed([](Scene& scene) { scene.facts.view.resolved = c1; }) == Names{"recoverability"});
    CHECK(changed([](Scene& scene) { scene.facts.view.active_sent = a2_1; }) == Names{"recoverability"});
    for (MessageSet View::*const where :
         {&View::received_cluster, &View::surviving, &View::resent, &View::generated_later})
        CHECK(changed([&](Scene& scene) { scene.facts.view.resolved = scene.facts.view.*where = c1; }).empty());
}

TEST_CASE("a duplicate: a message arrives on two ways") {
    const std::vector<MessageSet View::*> ways = {&View::received_cluster, &View::surviving, &View::resent,
                                                  &View::generated_later};
    for (std::size_t one = 0; one < ways.size(); ++one)
        for (std::size_t other = one + 1; other < ways.size(); ++other)
            CHECK(changed([&](Scene& scene) {
                      View& view = scene.facts.view;
                      view.resolved = view.*ways[one] = view.*ways[other] = c1;
                  }) == Names{"recoverability"});
    CHECK(changed([](Scene& scene) {
              View& view = scene.facts.view;
              view.resolved = view.received_cluster = view.duplicated = c1;
          }) == Names{"recoverability"});
}

TEST_CASE("an erroneous dependence survives in a process, under way or in what is re-sent") {
    CHECK(changed([](Scene& scene) { scene.facts.view.processes[a2_at].recovered_depends = {1}; }) ==
          Names{"recoverability", "no_cascading_rollback"});
    CHECK(changed([](Scene& scene) {
              scene.facts.view.processes[a2_at].recovered_depends = {1};
              scene.facts.view.validated = {1};
          }).empty());
    CHECK(changed([](Scene& scene) { scene.facts.view.surviving_depends = {1}; }) == Names{"recoverability"});
    CHECK(changed([](Scene& scene) { scene.facts.view.resent_depends = {1}; }) == Names{"recoverability"});
    CHECK(hardest_hypothesis(Scene().view())[0] == 1);
    Scene scene;
    scene.facts.view.validated = {4};
    CHECK(hardest_hypothesis(scene.view())[0] == 5);
}

TEST_CASE("takeover_order is what the shadows' recovery says, and two re-sent messages make it count") {
    CHECK(changed([](Scene& scene) { scene.facts.view.resent_in_order = false; }) == Names{"takeover_order"});
    const auto resends = [](MessageSet by_s1, MessageSet by_a2, unsigned most) {
        return changed([=](Scene& scene) {
            scene.recovered[s1_at].resent = by_s1;
            scene.recovered[a2_at].resent = by_a2; // stands for another shadow
            scene.facts.messages_of_one = most;
        });
    };
    CHECK(resends(c1, c2, 2).empty()); // one each
    CHECK(resends(c1 | c2, 0, 2) == Names{"several_resent"});
    CHECK(resends(c1, 0, 1) == Names{"several_resent"}); // where a component has no second one
}

TEST_CASE("what is left of a recovery is judged process by process") {
    const auto outcome = [](bool RecoveredProcess::*fact, bool truth) {
        return changed([=](Scene& scene) { scene.recovered[a1_at].*fact = truth; });
    };
    CHECK(outcome(&RecoveredProcess::left_over, true) == Names{"nothing_left_over"});
    CHECK(outcome(&RecoveredProcess::cleared, true) == Names{"recovery_clears"});
    CHECK(outcome(&RecoveredProcess::as_restored, false) == Names{"recovered_as_restored"});
    CHECK(outcome(&RecoveredProcess::reordered, true) == Names{"history_order"});
    CHECK(outcome(&RecoveredProcess::several_of_one, true) == Names{"several_replayed"});
    CHECK(changed([](Scene& scene) { scene.facts.counters_restored = false; }) == Names{"recovered_as_restored"});
}

TEST_CASE("minimal_rollback: a later line that is consistent and free of what is not validated") {
    const auto with_middle = [](const Candidate& middle) {
        return [middle](Scene& scene) {
            make_a1_dirty(scene);
            auto& candidates = scene.summaries[a1_at].candidates;
            candidates.insert(candidates.begin() + 1, middle);
            scene.summaries[a2_at].candidates[0].sent = scene.facts.view.active_sent = a2_1;
            scene.facts.view.surviving = a2_1; // so that nothing is lost
        };
    };
    const Candidate good{.received = a2_1, .sent = 0, .depends = {}};
    CHECK(changed(with_middle(good)) == Names{"minimal_rollback"});
    CHECK(changed(with_middle({.received = c1 | a2_1, .sent = 0, .depends = {1}})).empty()); // depends on too much
    CHECK(changed(with_middle({.received = a2_1 | as_set({2, 2}), .sent = 0, .depends = {}})).empty()); // orphan

    Scene scene;
    with_middle(good)(scene);
    const auto line = latest_consistent_line(scene.view());
    REQUIRE(line.has_value());
    CHECK(static_cast<int>((*line)[s1_at]) == 0);
    CHECK(static_cast<int>((*line)[a1_at]) == 1);
    CHECK(static_cast<int>((*line)[a2_at]) == 0);
    CHECK(excess_rollback_distance(scene.view(), *line) == 1); // the reception of A2.1
    scene.facts.view.processes[a1_at].chosen = 1;
    scene.facts.view.processes[a1_at].received = a2_1;
    CHECK(scene.judged().contains("minimal_rollback"));
    CHECK(scene.judged().contains("rollback_to_later_checkpoint"));
    CHECK(excess_rollback_distance(scene.view(), *line) == 0);
}

TEST_CASE("the latest line: rollbacks propagate to the receivers of what is no longer sent") {
    Scene scene;
    scene.summaries[a1_at].candidates = {{}, {.received = c1, .sent = a1_1, .depends = {1}}};
    scene.summaries[a2_at].candidates = {{}, {.received = a1_1, .sent = 0, .depends = {}}};
    auto line = latest_consistent_line(scene.view());
    REQUIRE(line.has_value());
    CHECK(static_cast<int>((*line)[a1_at]) == 0);
    CHECK(static_cast<int>((*line)[a2_at]) == 0); // though nothing is wrong with its current state by itself
    scene.facts.view.validated = {1};
    line = latest_consistent_line(scene.view());
    REQUIRE(line.has_value());
    CHECK(static_cast<int>((*line)[a1_at]) == 1);
    CHECK(static_cast<int>((*line)[a2_at]) == 1);
}

TEST_CASE("there may be no line at all") {
    Scene dependent;
    dependent.summaries[a1_at].candidates = {{.received = c1, .sent = 0, .depends = {1}}};
    CHECK(!latest_consistent_line(dependent.view()).has_value());
    Scene orphan;
    orphan.summaries[a2_at].candidates = {{.received = a1_1, .sent = 0, .depends = {}}};
    CHECK(!latest_consistent_line(orphan.view()).has_value());
}

TEST_CASE("reclamation_safety: the last good state went") {
    const auto only_bad = [](bool dropped) {
        return changed([&](Scene& scene) {
            scene.summaries[a1_at].candidates = {{.received = c1, .sent = 0, .depends = {1}}};
            scene.summaries[a1_at].dropped = dropped;
        });
    };
    CHECK(only_bad(true) == Names{"reclamation_safety"});
    CHECK(only_bad(false).empty()); // it never had one: that is no fault of reclamation
    CHECK(changed([](Scene& scene) { scene.summaries[a1_at].dropped = true; }).empty()); // it has one again
}

TEST_CASE("reclamation_safety: a logged message went that the rollback needs") {
    const auto purged = [](MessageSet set, MessageSet brought_back) {
        return changed([&](Scene& scene) {
            make_a1_dirty(scene);
            scene.facts.view.active_sent = scene.summaries[a2_at].candidates[0].sent = a2_1;
            scene.facts.view.received_active = a2_1;
            scene.summaries[a1_at].purged = set;
            scene.recovered[a1_at].received = brought_back;
        });
    };
    CHECK(purged(a2_1, 0) == Names{"reclamation_safety"});
    CHECK(purged(a2_1, a2_1).empty());
    CHECK(purged(as_set({2, 2}), 0).empty()); // it was never received
    CHECK(purged(0, 0).empty());
}

TEST_CASE("reclamation_safety: a suppressed message went that the shadow may have to send") {
    const auto logged = [](MessageSet log, std::uint8_t validated) {
        return changed([&](Scene& scene) {
            scene.summaries[s1_at].candidates[0].sent = c1 | c2;
            scene.summaries[s1_at].output_log = log;
            scene.facts.view.validated = {validated};
            scene.facts.view.proved = first_messages(0, validated);
        });
    };
    CHECK(logged(c1 | c2, 0).empty());
    CHECK(logged(c2, 0) == Names{"reclamation_safety"});
    CHECK(logged(c2, 1).empty());
    CHECK(logged(0, 1) == Names{"reclamation_safety"});
    CHECK(logged(0, 2).empty());
}

TEST_CASE("reclamation_completeness: a process keeps what it knows to be of no use") {
    CHECK(changed([](Scene& scene) { scene.summaries[a1_at].in_vain = {.checkpoints = 1}; }) ==
          Names{"reclamation_completeness"});
    CHECK(changed([](Scene& scene) { scene.summaries[s1_at].in_vain = {.inputs = 2}; }) ==
          Names{"reclamation_completeness"});
}

TEST_CASE("twins are reached by what they are about") {
    CHECK(changed(make_a1_dirty).empty());
    CHECK(changed([](Scene& scene) {
              make_a1_dirty(scene);
              scene.recovered[a1_at].replayed = 1;
          }) == Names{"recovery_restores_messages"});
    CHECK(changed([](Scene& scene) {
              make_a1_dirty(scene);
              scene.recovered[a1_at].resent = c1;
          }) == Names{"recovery_restores_messages"});
    CHECK(changed([](Scene& scene) { scene.recovered[a1_at].replayed = 1; }).empty()); // nobody rolls back
    CHECK(changed([](Scene& scene) { // it keeps a checkpoint and stays in the state after it
              scene.summaries[a1_at].candidates = {{}, {}};
              scene.facts.view.processes[a1_at].chosen = 1;
          })
              .empty());
    CHECK(changed([](Scene& scene) {
              make_a1_dirty(scene);
              scene.summaries[a2_at].candidates = {{}, {.received = c2, .sent = 0, .depends = {2}}};
          }) == Names{"several_roll_back"});
    CHECK(changed([](Scene& scene) {
              make_a1_dirty(scene);
              scene.summaries[a1_at].valid = {1};
          }) == Names{"needed_checkpoint_kept", "partial_reclamation"});
    CHECK(changed([](Scene& scene) {
              scene.facts.view.validated = {1};
              scene.facts.view.proved = c1;
              scene.facts.view.processes[s1_at].depends = {1};
              scene.summaries[s1_at].candidates[0].sent = c1; // a shadow's outputs are suppressed
          }) == Names{"contaminated_then_cleaned"});
    CHECK(changed([](Scene& scene) { scene.facts.components_sent = 2; }) == Names{"several_components_sent"});
    CHECK(changed([](Scene& scene) { // one was output, another will be
              scene.facts.view.external = c1 | c2;
              scene.facts.view.output = c1;
              scene.facts.view.output_later = c2;
          }) == Names{"output_before_and_after"});
}

TEST_CASE("unique_sn and output_exactly_once") {
    CHECK(changed([](Scene& scene) { scene.facts.same_number_twice = true; }) == Names{"unique_sn"});
    const auto output = [](MessageSet now, MessageSet later, MessageSet twice) {
        return changed([&](Scene& scene) {
            scene.facts.view.external = c1;
            scene.facts.view.output = now;
            scene.facts.view.output_later = later;
            scene.facts.view.output_twice = twice;
        });
    };
    CHECK(output(c1, 0, 0).empty());
    CHECK(output(0, c1, 0).empty());
    CHECK(output(0, 0, 0) == Names{"output_exactly_once"});
    CHECK(output(c1, c1, c1) == Names{"output_exactly_once"});
}

} // namespace mdcd::tests
