// `mdcd list`: what there is, each with its one-sentence rationale.
// Knows no property or rule by name.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include <unistd.h>

#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "impl/rules.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/user_invariant.hpp"
#include "model/gate/gate_file.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"
#include "traces/characters.hpp"

namespace mdcd::checker::cli {
namespace {

template <class Rule> void list_values(std::ostream& out, const Rule& rule) {
    out << rule.name << " = ";
    for (std::size_t value = 0; value < rule.values.size(); ++value)
        out << (value == 0 ? "" : " | ") << rule.values[value];
}

void list_rules(std::ostream& out) {
    for (const impl::RuleDescription& rule : impl::rule_table()) {
        list_values(out, rule);
        out << "\n    " << rule.gap << " (" << rule.source << ")\n";
    }
    for (const model::Family* const family : model::families())
        for (const model::FamilyRule& rule : family->rules())
            if (rule.is_own) {
                list_values(out, rule);
                out << "\n    " << rule.about << " (family " << family->name() << ")\n";
            }
}

const char* kind_text(PropertyKind kind) {
    return kind == PropertyKind::always      ? " (always)"
           : kind == PropertyKind::reachable ? " (reachable)"
                                             : " (eventually)";
}

// Each property of a family once, with the first scope of it that has it.
void list_family_properties(std::ostream& out, const model::Family& family) {
    std::set<std::string> told;
    for (const model::FamilyScope& scope : family.scopes())
        for (const Property& property : family.properties({scope.name, {}}))
            if (told.insert(property.name).second)
                out << property.name << kind_text(property.kind) << "\n    " << property.rationale << "\n    family "
                    << family.name() << ", as in " << scope.name << '\n';
}

void list_properties(std::ostream& out) {
    for (const model::PropertyRow& row : model::property_table()) {
        const Property& property = row.property;
        out << property.name << kind_text(property.kind) << "\n    " << property.rationale << '\n';
        if (const std::string_view where = model::where_it_applies(row.id); !where.empty())
            out << "    " << where << '\n';
    }
    for (const model::Family* const family : model::families())
        list_family_properties(out, *family);
}

void list_scopes(std::ostream& out) {
    for (const std::string& name : model::scope_names())
        out << name << "\n    " << model::load_scope(name).description << '\n';
    for (const model::Family* const family : model::families())
        for (const model::FamilyScope& scope : family->scopes())
            out << scope.name << "\n    " << scope.description << '\n';
}

void list_presets(std::ostream& out) {
    const impl::Rules& published = model::preset("published").rules;
    for (const std::string& name : model::preset_names()) {
        const model::NamedRules& preset = model::preset(name);
        out << name << "\n    " << preset.description << '\n';
        const std::string changed = model::changes(published, preset.rules);
        if (!changed.empty())
            out << "    differs from published: " << changed << '\n';
    }
    for (const model::Family* const family : model::families())
        for (const model::FamilyPreset& preset : family->presets())
            out << preset.name << "\n    " << preset.description << "\n    of scopes of the family " << family->name()
                << '\n';
}

void list_gates(std::ostream& out) {
    for (const std::string& name : model::gate_names()) {
        const model::Gate gate = model::load_gate(name);
        out << name << "\n    " << gate.description << " (" << gate.checks.size() << " checks)\n";
    }
}

void list_vocabulary(std::ostream& out) {
    for (const model::VocabularyWord& word : model::vocabulary_words())
        out << word.name << (word.arguments.empty() ? "" : " (" + word.arguments + ")") << ": " << word.result
            << "\n    " << word.meaning << '\n';
}

// What is longer than a line of the terminal goes on below, as far in as it began; a file (width 0) gets lines as they
// are.
void print_within(const std::string& text, std::size_t width) {
    constexpr std::size_t room_min = 20;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
        const std::size_t room = width == 0 ? 0 : std::max(width, indent + room_min) - indent;
        for (const std::string& part : traces::wrapped(std::string_view(line).substr(indent), room))
            std::cout << std::string(indent, ' ') << part << '\n';
    }
}

struct Kind {
    const char* name;
    const char* text;
    void (*print)(std::ostream& out);
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
            std::ostringstream text;
            print(text);
            print_within(text.str(), terminal_width(STDOUT_FILENO));
            exit_code = ExitCode::as_expected;
        });
    }
}

} // namespace mdcd::checker::cli
