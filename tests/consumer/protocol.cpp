// A user of the installed protocol: prints the table of its rules, and needs the default ones to be the first values.
// Knows no engine.
#include <cstdio>

#include <mdcd/impl/rules.hpp>

int main() {
    const mdcd::impl::Rules rules{};
    unsigned others = 0;
    for (const mdcd::impl::RuleDescription& rule : mdcd::impl::rule_table()) {
        std::printf("%s=%s\n", rule.name.data(), rule.values[rule.get(rules)].data());
        others += rule.get(rules) == 0 ? 0U : 1U;
    }
    return others == 0 && mdcd::impl::find_rule("receiver_log") != nullptr ? 0 : 1;
}
