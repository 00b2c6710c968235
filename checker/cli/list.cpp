// `mdcd list`: what there is, each with its one-sentence rationale.
// Knows no property or rule by name.
#include <CLI/CLI.hpp>

#include <iostream>

#include "checker/cli/subcommands.hpp"
#include "impl/rules.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/user_invariant.hpp"
#include "model/gate/gate_file.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::checker::cli {
namespace {

void list_rules() {
    for (const impl::RuleDescription& rule : impl::rule_table()) {
        std::cout << rule.name << " = ";
        for (std::size_t value = 0; value < rule.values.size(); ++value)
            std::cout << (value == 0 ? "" : " | ") << rule.values[value];
        std::cout << "\n    " << rule.gap << " (" << rule.source << ")\n";
    }
}

void list_properties() {
    for (const model::PropertyRow& row : model::property_table()) {
        const Property& property = row.property;
        std::cout << property.name
                  << (property.kind == PropertyKind::always      ? " (always)"
                      : property.kind == PropertyKind::reachable ? " (reachable)"
                                                                 : " (eventually)")
                  << "\n    " << property.rationale << '\n';
        if (const std::string_view where = model::where_it_applies(row.id); !where.empty())
            std::cout << "    " << where << '\n';
    }
}

void list_scopes() {
    for (const std::string& name : model::scope_names())
        std::cout << name << "\n    " << model::load_scope(name).description << '\n';
}

void list_presets() {
    const impl::Rules& published = model::preset("published").rules;
    for (const std::string& name : model::preset_names()) {
        const model::NamedRules& preset = model::preset(name);
        std::cout << name << "\n    " << preset.description << '\n';
        const std::string changed = model::changes(published, preset.rules);
        if (!changed.empty())
            std::cout << "    differs from published: " << changed << '\n';
    }
}

void list_gates() {
    for (const std::string& name : model::gate_names()) {
        const model::Gate gate = model::load_gate(name);
        std::cout << name << "\n    " << gate.description << " (" << gate.checks.size() << " checks)\n";
    }
}

void list_vocabulary() {
    for (const model::VocabularyWord& word : model::vocabulary_words())
        std::cout << word.name << (word.arguments.empty() ? "" : " (" + word.arguments + ")") << ": " << word.result
                  << "\n    " << word.meaning << '\n';
}

struct Kind {
    const char* name;
    const char* text;
    void (*print)();
};
constexpr Kind kinds[] = {
    {"rules", "The readings of the paper that can be switched", list_rules},
    {"properties", "What is checked", list_properties},
    {"scopes", "The shipped scopes", list_scopes},
    {"presets", "The shipped sets of rules", list_presets},
    {"gates", "The shipped files of checks", list_gates},
    {"vocabulary", "What invariants of users can speak of (--invariant)", list_vocabulary},
};

} // namespace

void add_list(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command =
        program.add_subcommand("list", "Lists rules, properties, scopes, presets, gates or the vocabulary");
    command->require_subcommand(1);
    command->footer("Examples:\n  mdcd list rules\n  mdcd list scopes");
    for (const Kind& kind : kinds) {
        CLI::App* each = command->add_subcommand(kind.name, kind.text);
        each->footer(std::string("Examples:\n  mdcd list ") + kind.name);
        each->callback([print = kind.print, &exit_code] {
            print();
            exit_code = ExitCode::as_expected;
        });
    }
}

} // namespace mdcd::checker::cli
