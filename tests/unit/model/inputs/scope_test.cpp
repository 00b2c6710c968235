// Scopes: what a file may say, what is assumed where it says nothing, and how each mistake is told.
// What a scope does once it is read is in system_test.cpp.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "model/claims/properties.hpp"
#include "model/inputs/scope.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

Scope read_scope(const std::string& text) {
    return scope_from(traces::parse_json(text, "my.json"), "my.json");
}

// What is said about a text that is no scope; "" if it is one.
std::string scope_complaint(const std::string& text) {
    try {
        read_scope(text);
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "";
}

// A scope with one place in it given.
std::string with(const std::string& name, const std::string& value) {
    std::string text = R"({"name": "mine", "active_processes": 2, "budgets": {"cluster_messages": 1}})";
    const std::size_t at = text.find("\"" + name + "\": ");
    if (at == std::string::npos)
        return text.insert(1, "\"" + name + "\": " + value + ", ");
    const std::size_t from = at + name.size() + 4;
    const std::size_t to = name == "budgets" ? text.size() - 1 : text.find_first_of(",}", from);
    return text.replace(from, to - from, value);
}

std::string with_budget(const std::string& name, const std::string& value) {
    return with("budgets", "{\"" + name + "\": " + value + "}");
}

struct Mistake {
    std::string text;
    std::string said; // "" for none
};

void check_all(const std::vector<Mistake>& table) {
    for (const Mistake& mistake : table) {
        CAPTURE(mistake.text);
        const std::string said = scope_complaint(mistake.text);
        if (mistake.said.empty())
            CHECK(said.empty());
        else
            CHECK_MESSAGE(said.starts_with("my.json: " + mistake.said), said);
    }
}

} // namespace

TEST_CASE("what a scope does not say is assumed") {
    const Scope scope = read_scope(R"({"name": "least", "active_processes": 3, "budgets": {}})");
    CHECK(scope.name == "least");
    CHECK(scope.description.empty());
    CHECK(scope.components == 1);
    CHECK(scope.active_processes == 3);
    CHECK(scope.budgets.cluster_messages == 0);
    CHECK(scope.budgets.active_messages == 0);
    CHECK(scope.budgets.messages_to_cluster == 0);
    CHECK(scope.budgets.low_acceptance_tests == 0);
    CHECK(scope.budgets.active_acceptance_tests == 0);
    CHECK(scope.channels == ChannelModel::fifo);
    CHECK(scope.rules == "published");
    CHECK(scope.properties.empty());
}

TEST_CASE("what is written is read back, field by field") {
    const Scope scope =
        read_scope(R"({"name": "full", "description": "All fields.", "components": 1, "active_processes": 4,
        "budgets": {"cluster_messages": 11, "active_messages": 3, "messages_to_cluster": 4,
                    "low_acceptance_tests": 8, "active_acceptance_tests": 7},
        "channels": "unordered", "rules": "repaired", "properties": ["recoverability", "containment"]})");
    CHECK(scope.description == "All fields.");
    CHECK(scope.active_processes == 4);
    CHECK(scope.budgets.cluster_messages == 11);
    CHECK(scope.budgets.active_messages == 3);
    CHECK(scope.budgets.messages_to_cluster == 4);
    CHECK(scope.budgets.low_acceptance_tests == 8);
    CHECK(scope.budgets.active_acceptance_tests == 7);
    CHECK(scope.channels == ChannelModel::unordered);
    CHECK(scope.rules == "repaired");
    CHECK(scope.properties == std::vector<std::string>{"recoverability", "containment"});
    const traces::Value written = to_value(scope);
    CHECK(to_value(scope_from(written, "again")) == written);
    CHECK(written.find("properties") != nullptr);
    CHECK(to_value(read_scope(with("rules", "\"repaired\""))).find("properties") ==
          nullptr); // an empty list would not be read
}

TEST_CASE("budgets that are left out have no bound where all that is open has one") {
    const Scope scope = read_scope(R"({"name": "endless", "active_processes": 2, "channel_capacity": 2, "unsettled": 3,
        "budgets": {"active_messages": 1, "messages_to_cluster": 0}})");
    CHECK(is_unbounded(scope));
    CHECK(scope.channel_capacity == 2);
    CHECK(scope.unsettled == 3);
    CHECK(scope.budgets.cluster_messages == unbounded_budget);
    CHECK(scope.budgets.active_messages == 1);
    CHECK(scope.budgets.messages_to_cluster == 0);
    CHECK(scope.budgets.low_acceptance_tests == unbounded_budget);
    CHECK(scope.budgets.active_acceptance_tests == unbounded_budget);
    CHECK(scope.budgets.cluster_outputs == 0);
    CHECK(scope.budgets.low_internal_messages == 0);
    CHECK(scope.budgets.detections == 0);
    const traces::Value written = to_value(scope);
    CHECK(to_value(scope_from(written, "again")) == written);
    CHECK(is_unbounded(scope_from(written, "again")));

    const Scope bounded = read_scope(with("channel_capacity", "1"));
    CHECK_FALSE(is_unbounded(bounded));
    CHECK(bounded.unsettled == 0);
    CHECK(to_value(scope_from(to_value(bounded), "again")) == to_value(bounded));
    check_all({
        {with("channel_capacity", "0"), "$.channel_capacity: expected an integer from 1 to 8, found 0"},
        {with("channel_capacity", "8"), ""},
        {with("channel_capacity", "9"), "$.channel_capacity: expected an integer from 1 to 8, found 9"},
        {with("unsettled", "0"), "$.unsettled: expected an integer from 1 to 6, found 0"},
        {with("unsettled", "6"), ""},
        {with("unsettled", "7"), "$.unsettled: expected an integer from 1 to 6, found 7"},
        {with("unsetled", "2"), "$: unknown field \"unsetled\" (did you mean 'unsettled'?)"},
        {R"({"name": "s", "active_processes": 1, "components": 2, "budgets": {}, "unsettled": 2})",
         "$.unsettled: not in this scope: what is settled is known for clusters of one component only"},
        {R"({"name": "s", "active_processes": 1, "recovery": "asynchronous", "budgets": {}, "channel_capacity": 2})",
         "$.channel_capacity: not in this scope: after a recovery that really happens nothing is settled"},
        {R"({"name": "s", "active_processes": 1, "budgets": {"cluster_outputs": 1}, "channel_capacity": 2})",
         "$.channel_capacity: not in this scope: external messages of the cluster are counted from the beginning"},
    });
}

TEST_CASE("every property can be named") {
    for (const checker::Property& property : all_properties())
        CHECK(read_scope(with("properties", "[\"" + property.name + "\"]")).properties.front() == property.name);
}

TEST_CASE("unknown and missing names") {
    check_all({
        {with("active_process", "2"), "$: unknown field \"active_process\" (did you mean 'active_processes'?)"},
        {with("zebra", "2"), "$: unknown field \"zebra\"; known are name, description,"},
        {with_budget("cluster_message", "1"),
         "$.budgets: unknown field \"cluster_message\" (did you mean 'cluster_messages'?)"},
        {with("channels", "\"fifi\""),
         "$.channels: expected one of fifo, unordered, found \"fifi\" (did you mean 'fifo'?)"},
        {with("properties", "[\"containment\", \"recoverabilty\"]"), "$.properties[1]: expected one of containment,"},
        {R"({"active_processes": 2, "budgets": {}})", "$: missing field \"name\""},
        {R"({"name": "mine", "budgets": {}})", "$: missing field \"active_processes\""},
        {R"({"name": "mine", "active_processes": 2})", "$: missing field \"budgets\""},
    });
    CHECK(scope_complaint(with("properties", "[\"recoverabilty\"]")).ends_with("(did you mean 'recoverability'?)"));
}

TEST_CASE("wrong types") {
    check_all({
        {"[]", "$: expected a record, found a list"},
        {"7", "$: expected a record, found 7"},
        {with("name", "7"), "$.name: expected a name of letters"},
        {with("description", "[]"), "$.description: expected a text, found a list"},
        {with("components", "\"1\""), "$.components: expected an integer from 1 to 3, found \"1\""},
        {with("active_processes", "\"2\""), "$.active_processes: expected an integer from 1 to 4, found \"2\""},
        {with("active_processes", "true"), "$.active_processes: expected an integer from 1 to 4, found true"},
        {with("budgets", "[]"), "$.budgets: expected a record, found a list"},
        {with_budget("cluster_messages", "null"), "$.budgets.cluster_messages: expected an integer"},
        {with("channels", "1"), "$.channels: expected one of fifo, unordered, found 1"},
        {with("rules", "{}"), "$.rules: expected a text, found a record"},
        {with("properties", "\"containment\""), "$.properties: expected a list, found \"containment\""},
        {with("properties", "[3]"), "$.properties[0]: expected one of containment,"},
    });
}

TEST_CASE("numbers out of range, each limit from both sides") {
    check_all({
        {with("components", "0"), "$.components: expected an integer from 1 to 3, found 0"},
        {with("components", "4"), "$.components: expected an integer from 1 to 3, found 4"},
        {with("active_processes", "0"), "$.active_processes: expected an integer from 1 to 4, found 0"},
        {with("active_processes", "1"), ""},
        {with("active_processes", "4"), ""},
        {with("active_processes", "5"), "$.active_processes: expected an integer from 1 to 4, found 5"},
        {with("active_processes", "258"), "$.active_processes: expected"}, // would fit into a byte as 2
    });
    struct Limit {
        std::string name;
        int most;
    };
    for (const auto& [name, most] : std::vector<Limit>{{"cluster_messages", 11},
                                                       {"active_messages", 7},
                                                       {"messages_to_cluster", 7},
                                                       {"low_acceptance_tests", 8},
                                                       {"active_acceptance_tests", 8}}) {
        const std::string range = "$.budgets." + name + ": expected an integer from 0 to " + std::to_string(most);
        check_all({{with_budget(name, "0"), ""},
                   {with_budget(name, "-1"), range + ", found -1"},
                   {with_budget(name, std::to_string(most)), ""},
                   {with_budget(name, std::to_string(most + 1)), range + ", found " + std::to_string(most + 1)}});
    }
}

TEST_CASE("the messages of one active process share one range of numbers") {
    check_all({
        {with("budgets", R"({"active_messages": 3, "messages_to_cluster": 4})"), ""},
        {with("budgets", R"({"active_messages": 4, "messages_to_cluster": 4})"), "$.budgets: active_messages and"},
    });
}

TEST_CASE("what leaves a cluster of several components, and what cannot go together") {
    const auto two = [](const std::string& more, const std::string& budgets) {
        return R"({"name": "mine", "components": 2, "active_processes": 1, )" + more + R"("budgets": {)" + budgets +
               "}}";
    };
    check_all({
        {two("", R"("cluster_messages": 3, "cluster_outputs": 1)"), ""},
        {two("", R"("cluster_messages": 4, "cluster_outputs": 1)"), "$.budgets: cluster_messages and cluster_outputs"},
        {two("", R"("low_internal_messages": 1, "shadow_internal_messages": 1)"), ""},
        {with("budgets", R"({"low_internal_messages": 1})"), "$.budgets: a cluster of one component has no messages"},
        {with("budgets", R"({"cluster_outputs": 1, "low_acceptance_tests": 1})"), "$.budgets: with cluster_outputs"},
        {two(R"("order": "component", "faults": "independent", )", ""), ""},
        {two(R"("order": "component", )", ""), "$: order = component needs faults = independent"},
        {two(R"("order": "components", )", ""), "$.order: "},
    });
    const Scope scope = read_scope(two(R"("order": "component", "faults": "independent", )", ""));
    CHECK(fault_count(scope) == 2);
    CHECK(to_value(scope_from(to_value(scope), "again")) == to_value(scope));
}

TEST_CASE("recovery by messages, and how many tests may fail") {
    const auto asynchronous = [](const std::string& budgets) {
        return R"({"name": "mine", "active_processes": 2, "recovery": "asynchronous", "budgets": {)" + budgets + "}}";
    };
    CHECK(read_scope(with("recovery", "\"atomic\"")).recovery == RecoveryMode::atomic);
    CHECK(read_scope(asynchronous("")).budgets.detections == 1); // unless it says something else
    CHECK(read_scope(asynchronous(R"("detections": 2)")).budgets.detections == 2);
    check_all({
        {asynchronous(R"("detections": 0)"), "$.budgets.detections: recovery = asynchronous needs a test that fails"},
        {asynchronous(R"("detections": 4)"), "$.budgets.detections: expected an integer from 0 to 3, found 4"},
        {with_budget("detections", "1"), "$.budgets.detections: only with recovery = asynchronous can a test fail"},
        {asynchronous(R"("coverage_misses": 1)"),
         "$.budgets.coverage_misses: only with recovery = atomic may a test miss an error"},
        {with("recovery", "\"asynchronus\""),
         "$.recovery: expected one of atomic, asynchronous, found \"asynchronus\" (did you mean 'asynchronous'?)"},
    });
    const Scope scope = read_scope(asynchronous(R"("detections": 2)"));
    CHECK(to_value(scope_from(to_value(scope), "again")) == to_value(scope));
}

TEST_CASE("names become part of file names") {
    for (const std::string bad : {"", "a/b", "a\\\\b", "a.b", "a b", "a\\tb", "a\\nb", ".."}) {
        CAPTURE(bad);
        CHECK(scope_complaint(with("name", "\"" + bad + "\""))
                  .starts_with("my.json: $.name: expected a name of letters"));
    }
    CHECK(read_scope(with("name", "\"one-two_3\"")).name == "one-two_3");
}

TEST_CASE("a list of no properties would check nothing") {
    CHECK(scope_complaint(with("properties", "[]"))
              .starts_with("my.json: $.properties: an empty list would check nothing"));
}

} // namespace mdcd::tests
