// The founding claim: neither the model nor the runtime states a rule of the protocol a second time. Files of the model
// that look at a value of a rule are listed here, each with its reason; of the runtime there is none. Knows the types
// of rules from impl/rules.hpp, impl/upgrade_rules.hpp, impl/boundary_rules.hpp and impl/levels_rules.hpp alone.
#include <algorithm>
#include <array>

#include "tests/house/rules.hpp"

namespace mdcd::tests::house {
namespace {

struct RuleReader {
    std::string_view file;
    std::string_view reason;
};
// The list may only get shorter, but for a new family.
constexpr std::array rule_readers{
    RuleReader{"model/system.cpp", "what shadows share after a take-over"},
    RuleReader{"model/steps/workload.cpp", "who is told a shared number at once: impl has no other process in a step"},
    RuleReader{"model/steps/coverage.cpp", "which guards can fire at all under the rules of a run"},
    RuleReader{"model/inputs/applicability.cpp", "where a claim about the log says something at all"},
    RuleReader{"model/reductions/reductions.cpp", "where components are alike"},
    RuleReader{"model/reductions/renumbering.cpp", "which numbers the rules compare at all"},
    RuleReader{"model/proof/lemmas.cpp", "which lemmas are true under which rules"},
    RuleReader{"model/upgrade/upgrade_scopes.hpp", "two presets once more, without JSON; held against the files"},
    RuleReader{"model/upgrade/upgrade_family.cpp", "which begins the handlers refuse, said before the search"},
    RuleReader{"model/levels/levels_family.cpp", "which numbers levels stand on, and which rules nobody reads"},
    RuleReader{"model/hostile/hostile_family.cpp",
               "which rules nobody reads by the values of others, for who sets them"},
    RuleReader{"model/hostile/hostile_scopes.hpp",
               "a preset once more; and that no defence is no system with a detector"},
    RuleReader{"model/hostile/hostile_scope.hpp",
               "in which entry a hostile version puts its number, and whether there is a detector"},
    RuleReader{"model/hostile/hostile_cluster.hpp", "which number a hostile version takes for the right one"},
    RuleReader{"model/proof/boundary_cluster.cpp", "where a stamp is shown, and which checkpoints it causes"},
    RuleReader{"model/proof/agreement_tie.cpp", "who takes part in a recovery, for that comparison"},
    RuleReader{"model/proof/boundary_proof.cpp", "the values that take a part of the line of defence away"},
};

// What decides in impl about checkpoints, logs and recovery. A judge that asked one of these would agree with a mistake
// in it: it may run recovery as a whole and look at what comes out.
constexpr std::array judged_functions{
    std::string_view("reclaim"),   std::string_view("reclaimable"),     std::string_view("reclaimed_by"),
    std::string_view("is_news"),   std::string_view("rollback_target"), std::string_view("roll_back"),
    std::string_view("replay"),    std::string_view("is_resent"),       std::string_view("note_resent"),
    std::string_view("log_input"), std::string_view("take_checkpoint"), std::string_view("agreed_validated"),
};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The types of the members of the structs of rules.
void add_rule_types(const TextFile& file, std::vector<std::string>& types) {
    bool inside = false;
    for (const std::string& line : file.lines) {
        if (line.starts_with("struct Rules") || line.starts_with("struct UpgradeRules") ||
            line.starts_with("struct BoundaryRules") || line.starts_with("struct LevelRules"))
            inside = true;
        else if (line.starts_with("}"))
            inside = false;
        const std::size_t begin = line.find_first_not_of(' ');
        if (!inside || begin == std::string::npos || line[begin] < 'A' || line[begin] > 'Z')
            continue;
        const auto* const end = std::find_if_not(line.data() + begin, line.data() + line.size(), is_letter);
        types.emplace_back(line.data() + begin, end);
    }
}

std::vector<std::string> rule_types(const Tree& tree) {
    std::vector<std::string> types;
    for (const TextFile& file : tree.files)
        if (file.path == "impl/rules.hpp" || file.path == "impl/upgrade_rules.hpp" ||
            file.path == "impl/boundary_rules.hpp" || file.path == "impl/levels_rules.hpp")
            add_rule_types(file, types);
    return types;
}

bool names_value_of(std::string_view line, std::string_view type) {
    line = line.substr(0, line.find("//"));
    for (std::size_t at = line.find(type); at != std::string_view::npos; at = line.find(type, at + 1))
        if ((at == 0 || !is_letter(line[at - 1])) && line.substr(at + type.size()).starts_with("::"))
            return true;
    return false;
}

void check_rule_readers(const Tree& tree, std::vector<Complaint>& complaints) {
    const std::vector<std::string> types = rule_types(tree);
    for (const TextFile& file : tree.files) {
        const auto is_this = [&](const RuleReader& each) { return each.file == file.path; };
        const bool must_not = file.is_in("model") || file.is_in("impl/runtime");
        if (!file.is_cpp() || !must_not || std::ranges::any_of(rule_readers, is_this))
            continue;
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            if (std::ranges::any_of(types, [&](const auto& type) { return names_value_of(file.lines[i], type); }))
                complaints.push_back({file.path, i + 1, "looks at a value of a rule; guards are in impl"});
    }
}

bool calls(std::string_view line, std::string_view function) {
    line = line.substr(0, line.find("//"));
    for (std::size_t at = line.find(function); at != std::string_view::npos; at = line.find(function, at + 1))
        if ((at == 0 || !is_letter(line[at - 1])) && line.substr(at + function.size()).starts_with("("))
            return true;
    return false;
}

void check_judges(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        if (!file.is_cpp() || !(file.is_in("model/claims") || file.path == "model/state/ghost.hpp"))
            continue;
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            if (std::ranges::any_of(judged_functions, [&](const auto& each) { return calls(file.lines[i], each); }))
                complaints.push_back({file.path, i + 1, "asks a function that it judges; go by ghost state"});
    }
}

} // namespace

std::vector<Rule> founding_rules() {
    return {{"rules_stay_in_impl", "Neither the model nor the runtime states a rule of the protocol a second time.",
             check_rule_readers},
            {"judges_stand_alone", "What judges asks nothing of what is judged.", check_judges}};
}

} // namespace mdcd::tests::house
