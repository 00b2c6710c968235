// Mistakes on the command line (exit 64) and in scope and rules files (exit 65): what is said, where it is, and the
// nearest right name. Nothing is explored, nothing printed to the output.
#include <doctest/doctest.h>

#include "tests/cli/process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void check_refused(const std::vector<std::string>& arguments, int exit_code, const std::string& said) {
    std::string line;
    for (const std::string& argument : arguments)
        line += argument + " ";
    CAPTURE(line);
    const Finished finished = run_mdcd(arguments);
    CHECK(finished.exit_code == exit_code);
    CHECK(finished.out.empty());
    CHECK(finished.err.starts_with("mdcd: "));
    CHECK_MESSAGE(contains(finished.err, said), finished.err);
}

struct Mistake {
    std::vector<std::string> arguments; // of `mdcd check`
    std::string said;
};

} // namespace

TEST_CASE("wrong usage of check") {
    const std::vector<Mistake> table = {
        {{}, "SCOPE is required"},
        {{"tiny", "more"}, "unexpected argument 'more'"},
        {{"tiny", "--rule", "published"}, "unknown option '--rule' (did you mean '--rules'?)"},
        {{"tiny", "--max-state=5"}, "unknown option '--max-state' (did you mean '--max-states'?)"},
        {{"tiny", "--zzz"}, "unknown option '--zzz'\n"},
        {{"tiny", "--property", "recoverabilty"}, "no such property (did you mean 'recoverability'?)"},
        {{"tiny", "--expect", "recoverabilty=violated"}, "no such property (did you mean 'recoverability'?)"},
        {{"tiny", "--expect", "recoverability=violatd"}, "(did you mean 'violated'?)"},
        {{"tiny", "--expect", "recoverability"}, "expected one of holds, violated, "},
        {{"tiny", "--expect", "=violated"}, "no such property"},
        {{"tiny", "--set", "reclamation"}, "expected rule=value"},
        {{"tiny", "--set", "reclamatoin=by_cover"}, "--set: 'reclamatoin': no such rule (did you mean 'reclamation'?)"},
        {{"tiny", "--set", "reclamation=by_covr"}, "(did you mean 'by_cover'?)"},
        {{"tiny", "--workers", "many"}, "--workers"},
        {{"tiny", "--workers", "-1"}, "--workers -1: expected a whole number"},
        {{"tiny", "--max-states", "-5"}, "--max-states"},
        {{"tiny", "--max-states", "1.5"}, "--max-states"},
        {{"tiny", "--max-seconds", "-1"}, "--max-seconds"},
        {{"tiny", "--max-seconds", "soon"}, "--max-seconds"},
        {{"tiny", "--max-memory", "12X"},
         "--max-memory 12X: expected auto, a number of bytes, or one with K, M, G or T"},
        {{"tiny", "--max-memory", "-1"}, "--max-memory -1: "},
        {{"tiny", "--format", "xml"}, "xml not in {text,json}"},
        {{"tiny", "--z3", "maybe"}, "maybe not in {distinct,every,off}"},
        {{"tiny", "--progress", "yes"}, "yes not in {auto,on,off}"},
        {{"tiny", "--checkpoint", "a", "--resume", "b"}, "--checkpoint and --resume exclude each other"},
    };
    for (const Mistake& mistake : table) {
        std::vector<std::string> arguments = {"check"};
        arguments.insert(arguments.end(), mistake.arguments.begin(), mistake.arguments.end());
        check_refused(arguments, 64, mistake.said);
    }
    check_refused({"chekc", "tiny"}, 64, "unknown command 'chekc' (did you mean 'check'?)");
    check_refused({"replay"}, 64, "TRACE is required");
    check_refused({"replay", "a.json", "b.json"}, 64, "unexpected argument 'b.json'");
}

TEST_CASE("a scope or preset that is not there") {
    const ScratchFolder folder;
    check_refused({"check", "tinny"}, 65, "tinny: no such scope (did you mean 'tiny'?); shipped are ");
    check_refused({"check", folder.path("none.json")}, 65,
                  "none.json: cannot be opened for reading: No such file or directory");
    check_refused({"check", folder.path("")}, 65, "is a directory");
    check_refused({"check", "tiny", "--rules", "publishd"}, 65, "(did you mean 'published'?)");
    check_refused({"check", "tiny", "--rules", folder.path("none.json")}, 65, "none.json: cannot be opened");
    const std::string scope =
        folder.write("s.json", R"({"name": "s", "active_processes": 1, "budgets": {}, "rules": "x"})");
    check_refused({"check", scope}, 65, "x: no such preset of rules");
}

TEST_CASE("a scope file that is malformed") {
    const ScratchFolder folder;
    struct Bad {
        std::string text;
        std::string said;
    };
    const std::vector<Bad> table = {
        {"", "scope.json: line 1, column 1: "},
        {"{\"name\": \"s\",\n \"active_processes\": ", "scope.json: line 2, column "},
        {"{\"name\": \"s\", \"name\": \"t\"}", "scope.json: line 1, column 15: the field \"name\" is there twice"},
        {"[1, 2]", "scope.json: $: expected a record, found a list"},
        {R"({"name": "s", "budgets": {}})", "scope.json: $: missing field \"active_processes\""},
        {R"({"name": "s", "active_proceses": 2, "budgets": {}})", "(did you mean 'active_processes'?)"},
        {R"({"name": "s", "active_processes": "2", "budgets": {}})",
         "scope.json: $.active_processes: expected an integer"},
        {R"({"name": "s", "active_processes": 2.5, "budgets": {}})", "scope.json: line 1, column 35: numbers must be"},
        {R"({"name": "s", "active_processes": 7, "budgets": {}})",
         "scope.json: $.active_processes: expected an integer from"},
        {R"({"name": "s", "active_processes": 2, "budgets": {"cluster_messages": 16}})",
         "scope.json: $.budgets.cluster_messages: expected an integer from 0 to 11, found 16"},
        {R"({"name": "s", "active_processes": 2, "budgets": {"cluster_message": 1}})",
         "(did you mean 'cluster_messages'?)"},
        {R"({"name": "s", "active_processes": 2, "budgets": {}, "properties": []})",
         "scope.json: $.properties: an empty list"},
        {R"({"name": "a/b", "active_processes": 2, "budgets": {}})", "scope.json: $.name: expected a name without"},
    };
    for (const Bad& bad : table)
        check_refused({"check", folder.write("scope.json", bad.text)}, 65, bad.said);
}

TEST_CASE("a rules file that is malformed") {
    const ScratchFolder folder;
    struct Bad {
        std::string text;
        std::string said;
    };
    const std::vector<Bad> table = {
        {"{", "rules.json: line 1, column 2: "},
        {R"({"name": "r", "from": "publishd", "rules": {}})", "rules.json: $.from: expected one of "},
        {R"({"name": "r", "from": "published"})", "rules.json: $: missing field \"rules\""},
        {R"({"name": "r", "rules": {}})", "rules.json: $.rules: rule 'dirty_delivery' is missing"},
        {R"({"name": "r", "from": "published", "rules": {"reclaim": "by_cover"}})",
         "rules.json: $.rules: unknown field \"reclaim\""},
        {R"({"name": "r", "from": "published", "rules": {"reclamation": "by_covr"}})", "(did you mean 'by_cover'?)"},
        {R"({"name": "r", "from": "published", "rules": {"reclamation": 1}})",
         "rules.json: $.rules.reclamation: expected one of"},
    };
    for (const Bad& bad : table)
        check_refused({"check", "tiny", "--rules", folder.write("rules.json", bad.text)}, 65, bad.said);
}

} // namespace mdcd::tests::cli
