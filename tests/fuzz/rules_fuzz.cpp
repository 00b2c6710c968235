// The reader of rules either returns rules or throws FileError; what it returns survives being written. The same text
// as an assignment sets one rule or is refused.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "model/inputs/rules_file.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace {

using namespace mdcd;

std::optional<model::NamedRules> read(std::string_view text) {
    try {
        return model::rules_from(traces::parse_json(text, "input"), "input");
    } catch (const traces::FileError&) {
        return std::nullopt;
    }
}

void expect_same(const impl::Rules& rules) {
    if (model::all_rules_from(model::to_value(rules), "written", "$") != rules)
        std::abort();
}

void assign(std::string_view text) {
    impl::Rules rules;
    try {
        model::set_rule(rules, std::string(text));
    } catch (const traces::FileError&) {
        if (rules != impl::Rules{}) // a mistake changes nothing
            std::abort();
        return;
    }
    expect_same(rules);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const std::optional<model::NamedRules> named = read(text))
        expect_same(named->rules);
    assign(text);
    return 0;
}
