// Mistakes on the command line (exit 64) and in scope and rules files (exit 65): what is said, where it is, and the
// nearest right name. Nothing is explored, nothing printed to the output.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

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
        {{"tiny", "--workers", "-1"}, "--workers: expected a whole number from 0"},
        {{"tiny", "--workers", "4294967296"}, "--workers 4294967296: expected a whole number from 0 to 2^32 - 1"},
        {{"tiny", "--max-states", "-5"}, "--max-states"},
        {{"tiny", "--max-states", "1.5"}, "--max-states"},
        {{"tiny", "--max-seconds", "-1"}, "--max-seconds"},
        {{"tiny", "--max-seconds", "soon"}, "--max-seconds"},
        {{"tiny", "--max-memory", "12X"},
         "--max-memory 12X: expected auto, a number of bytes, or one with K, M, G or T"},
        {{"tiny", "--max-memory", "-1"}, "--max-memory -1: "},
        {{"tiny", "--format", "xml"}, "--format: expected text or json, found 'xml'"},
        {{"tiny", "--z3", "maybe"}, "--z3: expected distinct, every or off, found 'maybe'"},
        {{"tiny", "--progress", "yes"}, "--progress: expected auto, on or off, found 'yes'"},
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
        {R"({"name": "a/b", "active_processes": 2, "budgets": {}})", "scope.json: $.name: expected a name of letters"},
    };
    for (const Bad& bad : table)
        check_refused({"check", folder.write("scope.json", bad.text)}, 65, bad.said);
}

TEST_CASE("numbers that are none, or that a conversion would change") {
    for (const char* const option : {"--workers", "--max-states", "--z3-timeout", "--z3-effort", "--traces"})
        for (const std::string number : {"-1", "nan", "1.5", "1e3", "0x10", "010", "18446744073709551616",
                                         "18446744073709551615", "9223372036854775808", " 1", "1 ", "inf"}) {
            CAPTURE(option);
            CAPTURE(number);
            const Finished finished = run_mdcd({"check", "tiny", std::string(option) + "=" + number});
            CHECK(finished.exit_code == 64);
            CHECK(finished.err.find(option) != std::string::npos);
        }
    for (const char* const option : {"--max-seconds", "--checkpoint-seconds"})
        for (const std::string number : {"-1", "nan", "-nan", "inf", "1e10", "0x10", "1s", "1,5"})
            CHECK(run_mdcd({"check", "tiny", std::string(option) + "=" + number}).exit_code == 64);
    for (const std::string number : {"nan", "inf", "-1", "1e30", "18446744073709551616", "1KB", ""})
        CHECK(run_mdcd({"check", "tiny", "--max-memory=" + number}).exit_code == 64);
    check_refused({"simulate", "tiny", "--walks", "18446744073709551616"}, 64,
                  "expected a whole number from 0 to 2^63");
    check_refused({"simulate", "tiny", "--seed", "-1"}, 64, "expected a whole number");
    check_refused({"simulate", "tiny", "--max-seconds", "nan"}, 64, "expected seconds from 0 to 10^9, found 'nan'");
}

TEST_CASE("names that speak to a terminal, a file system or a page are refused, and not repeated as they are") {
    const ScratchFolder folder;
    const std::string rest = R"(, "active_processes": 1, "budgets": {"cluster_messages": 1}})";
    for (const std::string name : {R"(x\u001b]0;pwned\u0007\u001b[2Jy)", R"(x\u0000y)", R"(<script>alert(1)<script>)",
                                   R"(\u202egnp.exe)", R"(a\nb)", R"(..)"}) {
        CAPTURE(name);
        const Finished scope =
            run_mdcd({"check", folder.write("scope.json", R"({"name": ")" + name + "\"" + rest), "--z3", "off"});
        CHECK(scope.exit_code == 65);
        CHECK(scope.err.find("$.name: expected a name of letters") != std::string::npos);
        CHECK(scope.err.find('\x1b') == std::string::npos);
        CHECK(scope.err.find("\xE2\x80\xAE") == std::string::npos);
        const Finished rules =
            run_mdcd({"compare", "tiny", "--rules",
                      folder.write("r.json", R"({"name": ")" + name + R"(", "from": "published", "rules": {}})"),
                      "--rules", "repaired", "--format", "markdown"});
        CHECK(rules.exit_code == 65);
        CHECK(rules.out.find("<script>") == std::string::npos);
    }
}

TEST_CASE("a pipe or a device in the place of a file is refused at once") {
    const ScratchFolder folder;
    const std::string pipe = folder.path("pipe");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    for (const std::string& file : {pipe, std::string("/dev/zero")}) {
        for (const std::vector<std::string>& command :
             std::vector<std::vector<std::string>>{{"check", file},
                                                   {"check", "tiny", "--rules", file},
                                                   {"check", "tiny", "--invariant", "i=" + file},
                                                   {"replay", file},
                                                   {"minimize", file},
                                                   {"show", file},
                                                   {"scenario", file},
                                                   {"gate", file}}) {
            CAPTURE(command[0]);
            CHECK(run_mdcd(command).exit_code == 65);
        }
    }
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
