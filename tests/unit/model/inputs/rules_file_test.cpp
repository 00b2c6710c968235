// Rules as data: presets list every rule, other files name where they start and what they change.
// What the values do is in the tests of the protocol.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "model/inputs/library.hpp"
#include "model/inputs/rules_file.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

NamedRules read(const std::string& text) {
    return rules_from(traces::parse_json(text, "my.json"), "my.json");
}

// What `run` complains of; "" if of nothing.
template <class Run> std::string rules_complaint_of(Run run) {
    try {
        run();
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "";
}

std::string rules_complaint(const std::string& text) {
    return rules_complaint_of([&] { read(text); });
}

// Sets of rules that differ from the default in one rule each.
std::vector<impl::Rules> neighbours() {
    std::vector<impl::Rules> all;
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::uint8_t value = 1; value < rule.values.size(); ++value)
            rule.set(all.emplace_back(), value);
    return all;
}

} // namespace

TEST_CASE("a file may start from a preset and change what it names") {
    const NamedRules rules = read(R"({"name": "mine", "description": "Two changes.", "from": "published",
                                      "rules": {"reclamation": "by_cover", "resend": "from_checkpoint_index"}})");
    CHECK(rules.name == "mine");
    CHECK(rules.description == "Two changes.");
    CHECK(changes(impl::Rules{}, rules.rules) == "reclamation=by_cover, resend=from_checkpoint_index");
    CHECK(read(R"({"name": "same", "from": "repaired", "rules": {}})").rules == preset("repaired").rules);
    CHECK(read(R"({"name": "back", "from": "repaired", "rules": {"receiver_log": "clean_only"}})").rules.receiver_log ==
          impl::ReceiverLog::clean_only);
}

TEST_CASE("all rules are written, and read back as they were") {
    for (const impl::Rules& rules : neighbours()) {
        const traces::Value value = to_value(rules);
        CHECK(value.record()->size() == impl::rule_table().size());
        CHECK(all_rules_from(value, "my.json", "$.rules") == rules);
        const traces::Value whole = traces::Value::Record{{"name", "mine"}, {"rules", value}};
        CHECK(rules_from(whole, "my.json").rules == rules);
    }
}

TEST_CASE("a file without a preset must list every rule") {
    for (const impl::RuleDescription& rule : impl::rule_table()) {
        traces::Value::Record record = *to_value(impl::Rules{}).record();
        std::erase_if(record, [&](const auto& field) { return field.first == rule.name; });
        const traces::Value whole = traces::Value::Record{{"name", "mine"}, {"rules", record}};
        const std::string said = rules_complaint_of([&] { static_cast<void>(rules_from(whole, "my.json")); });
        CHECK(said.starts_with("my.json: $.rules: rule '" + std::string(rule.name) + "' is missing"));
        const std::string in_trace =
            rules_complaint_of([&] { static_cast<void>(all_rules_from(record, "t.json", "$.there")); });
        CHECK(in_trace.starts_with("t.json: $.there: rule '" + std::string(rule.name) + "' is missing"));
    }
}

TEST_CASE("each mistake is told with its place and the nearest right name") {
    struct Mistake {
        std::string text;
        std::string said;
    };
    const std::vector<Mistake> table = {
        {R"({"name": "x", "from": "published", "rules": {"reclamatoin": "by_cover"}})",
         "$.rules: unknown field \"reclamatoin\" (did you mean 'reclamation'?)"},
        {R"({"name": "x", "from": "published", "rules": {"reclamation": "by_covr"}})",
         "$.rules.reclamation: expected one of by_index, by_cover, found \"by_covr\" (did you mean 'by_cover'?)"},
        {R"({"name": "x", "from": "published", "rules": {"reclamation": 1}})",
         "$.rules.reclamation: expected one of by_index, by_cover, found 1"},
        {R"({"name": "x", "from": "publishd", "rules": {}})", "$.from: expected one of"},
        {R"({"name": "x", "from": ["published"], "rules": {}})", "$.from: expected one of"},
        {R"({"name": "x", "from": "published"})", "$: missing field \"rules\""},
        {R"({"name": "x", "from": "published", "rules": []})", "$.rules: expected a record, found a list"},
        {R"({"from": "published", "rules": {}})", "$: missing field \"name\""},
        {R"({"name": 3, "from": "published", "rules": {}})", "$.name: expected a name of letters"},
        {R"({"name": "x", "description": 3, "from": "published", "rules": {}})", "$.description: expected a text"},
        {R"({"name": "x", "form": "published", "rules": {}})", "$: unknown field \"form\" (did you mean 'from'?)"},
        {R"({"name": "x", "rules": {"reclamation": "by_cover"}})", "$.rules: rule 'dirty_delivery' is missing"},
        {R"([])", "$: expected a record, found a list"},
    };
    for (const Mistake& mistake : table) {
        CAPTURE(mistake.text);
        const std::string said = rules_complaint(mistake.text);
        CHECK_MESSAGE(said.starts_with("my.json: " + mistake.said), said);
    }
    CHECK(rules_complaint(table[3].text).ends_with("(did you mean 'published'?)"));
}

TEST_CASE("one rule can be set by name, whatever its value") {
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
            impl::Rules rules;
            set_rule(rules, std::string(rule.name) + "=" + std::string(rule.values[value]));
            CHECK(rule.get(rules) == value);
        }
    impl::Rules rules;
    CHECK(rules_complaint_of([&] { set_rule(rules, "reclamation"); }) == "'reclamation': expected rule=value");
    const std::string unknown = rules_complaint_of([&] { set_rule(rules, "reclamatoin=by_cover"); });
    CHECK(unknown.find("(did you mean 'reclamation'?)") != std::string::npos);
    const std::string wrong = rules_complaint_of([&] { set_rule(rules, "reclamation=by_covr"); });
    CHECK(wrong.find("(did you mean 'by_cover'?)") != std::string::npos);
    for (const std::string assignment : {"=", "", "=by_cover", "reclamation=", "reclamation=by_cover=x"})
        CHECK(rules_complaint_of([&] { set_rule(rules, assignment); }) != "");
    CHECK(rules == impl::Rules{}); // a mistake changes nothing
}

TEST_CASE("the changes from one set to another name the rules that differ, and only those") {
    CHECK(changes(impl::Rules{}, impl::Rules{}).empty());
    for (const impl::Rules& rules : neighbours()) {
        const std::string there = changes(impl::Rules{}, rules);
        impl::Rules again;
        set_rule(again, there);
        CHECK(again == rules);
        CHECK(changes(rules, impl::Rules{}).substr(0, there.find('=')) == there.substr(0, there.find('=')));
    }
}

} // namespace mdcd::tests
