// `mdcd validate` on logs that somebody has changed: each change has its own right answer.
// The run itself is made in memory, once: the example with a fault in the new version.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>

#include "tests/cli/process.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::runtime {
namespace {

using cli::Finished;
using cli::run_mdcd;
using Lines = std::vector<std::string>;

Lines read_lines(const std::string& path) {
    Lines lines;
    std::ifstream in(path, std::ios::binary);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

// The folder of a finished run.
const std::string& run_folder(const std::string& name, std::uint64_t readings) {
    static std::map<std::string, std::unique_ptr<ScratchFolder>> folders;
    static std::map<std::string, std::string> paths;
    if (!paths.contains(name)) {
        folders[name] = std::make_unique<ScratchFolder>();
        paths[name] = folders[name]->path("d");
        const auto system = checker::cli::node::read_system(
            system_text({.readings = readings, .fault_from = 22, .name = name}), "test");
        write_logs(system.system.description, *system.system.program, {}, paths[name]);
    }
    return paths[name];
}

struct Copy {
    ScratchFolder scratch;
    std::string folder = scratch.path("d");

    Copy() {
        for (const std::string process : {"L1", "L2", "S1", "S2", "A1", "A2"}) {
            std::filesystem::create_directories(folder + "/" + process);
            for (const char* name : {"/log.ndjson", "/output.ndjson"})
                std::filesystem::copy_file(run_folder("changed", 64) + "/" + process + name,
                                           folder + "/" + process + name);
        }
    }
    [[nodiscard]] std::string log(const std::string& process) const { return folder + "/" + process + "/log.ndjson"; }
    void change(const std::string& process, const std::function<void(Lines&)>& edit) const {
        Lines lines = read_lines(log(process));
        edit(lines);
        std::ofstream out(log(process), std::ios::binary);
        for (const std::string& line : lines)
            out << line << "\n";
    }
    void change_bytes(const std::string& process, const std::function<void(std::string&)>& edit) const {
        std::ifstream in(log(process), std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        edit(bytes);
        std::ofstream(log(process), std::ios::binary) << bytes;
    }
};

// The first line after `from` that has this in it.
std::size_t find(const Lines& lines, const std::string& part, std::size_t from = 0) {
    for (std::size_t at = from; at < lines.size(); ++at)
        if (contains(lines[at], part))
            return at;
    FAIL("no line has ", part);
    return 0;
}

void replace(std::string& text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE_MESSAGE(at != std::string::npos, what);
    text.replace(at, what.size(), by);
}

// The content between two marks, both left out.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
    const std::size_t at = text.find(begin);
    REQUIRE(at != std::string::npos);
    const std::size_t first = at + begin.size();
    return text.substr(first, text.find(end, first) - first);
}

struct Tampering {
    const char* what;
    const char* process;
    std::function<void(Lines&)> edit;
    int exit_code;
    const char* said;
};

const std::string reception = R"("kind":"receive")";

std::vector<Tampering> broken_files() {
    return {
        {"a line dropped", "A2", [](Lines& l) { l.erase(l.begin() + 9); }, 65,
         "line 10: $.step: is 11; expected 10: 1 lines are missing"},
        {"the first line dropped", "A2", [](Lines& l) { l.erase(l.begin()); }, 65,
         "line 1: $.input.kind: expected start: the beginning of the log is missing"},
        {"a line doubled", "S1", [](Lines& l) { l.insert(l.begin() + 4, l[4]); }, 65,
         "line 6: $.step: is 5; expected 6: the line is there twice"},
        {"two lines exchanged", "S1", [](Lines& l) { std::swap(l[4], l[5]); }, 65, "line 5: $.step: is 6; expected 5"},
        {"an old line again", "S1", [](Lines& l) { l.insert(l.begin() + 9, l[2]); }, 65,
         "the lines are not in their order"},
        {"another version", "A1", [](Lines& l) { replace(l[3], R"("format":1)", R"("format":2)"); }, 65,
         "line 4: $.format: is of format 2: another version wrote it"},
        {"another version from the beginning", "A1", [](Lines& l) { replace(l[0], R"("format":1)", R"("format":2)"); },
         65, "line 1: $.format: is of format 2"},
        {"no line of ours", "A1", [](Lines& l) { l[3] = "{}"; }, 65, "line 4: $: has no format"},
        {"no JSON", "A1", [](Lines& l) { l[3].pop_back(); }, 65, "line 4"},
        {"a line of another process", "A1", [](Lines& l) { replace(l[3], R"("A1")", R"("A2")"); }, 65,
         "line 4: $.process: is A2; this is the log of A1"},
        {"a second start", "A1",
         [](Lines& l) { replace(l[3], R"("input":{"kind":"tick")", R"("input":{"kind":"start")"); }, 65,
         "a log starts once"},
        {"other spaces", "L2", [](Lines& l) { replace(l[2], ":", ": "); }, 65, "is not written as mdcd writes it"},
        {"the content of an input", "L1",
         [](Lines& l) { replace(l[find(l, "reading 3 ")], "reading 3 ", "reading 4 "); }, 65, "$.input.digest: is "},
        {"the dirty bit of an input", "A2",
         [](Lines& l) { replace(l[find(l, reception)], R"("dirty":true)", R"("dirty":false)"); }, 65,
         "one of them was changed after it was written"},
        {"the clock of an input", "A2",
         [](Lines& l) {
             std::string& line = l[find(l, reception)];
             const std::size_t at = line.find(R"("clock":[)", line.find(reception));
             line.insert(at + 9, "1");
         },
         65, "$.input.digest: is "},
        {"nothing left", "S2", [](Lines& l) { l.clear(); }, 65, "is empty"},
        {"the end of a sender's log", "L1", [](Lines& l) { l.resize(10); }, 65, "the end of the log is missing"},
        {"another system in one log", "S2", [](Lines& l) { replace(l[0], R"("readings": 64)", R"("readings": 65)"); },
         65, "these logs are not of one run"},
    };
}

std::vector<Tampering> deviations() {
    return {
        {"a state's digest", "A1", [](Lines& l) { replace(l[3].replace(l[3].size() - 3, 1, "x"), "x\"", "0\""); }, 10,
         "digest: the log says"},
        {"a dirty bit", "A2",
         [](Lines& l) {
             std::string& line = l[find(l, R"("became_clean")")];
             const std::size_t state = line.find(R"("state":)");
             line.replace(line.find(R"("dirty":false)", state), 13, R"("dirty":true)");
         },
         10, "state.dirty: the log says true, the handlers say false"},
        {"a clock moved", "A1", [](Lines& l) { replace(l[3], R"("clock":[0,0,0,0,4,0])", R"("clock":[0,0,0,0,5,0])"); },
         10, "clock[4]: the log says 5, the handlers say 4"},
        {"an incarnation", "A1", [](Lines& l) { replace(l[3], R"("incarnation":0)", R"("incarnation":1)"); }, 10,
         "incarnation: the log says 1, the handlers say 0"},
        {"an output", "A2", [](Lines& l) { replace(l[find(l, "bill 2 ")], "bill 2 ", "bill 3 "); }, 10,
         "outputs[0].content: the log says \"bill 3 "},
        {"an output more", "A2",
         [](Lines& l) {
             replace(l[find(l, R"("outputs":[])", 2)], R"("outputs":[])", R"("outputs":[{"number":9,"content":"x"}])");
         },
         10, "outputs[0]: the log says {"},
        {"a message not sent", "A1",
         [](Lines& l) {
             std::string& line = l[find(l, R"("sent":[{)")];
             const std::string sent = between(line, R"("sent":[)", R"(],"outputs")");
             replace(line, sent, "");
         },
         10, "sent[0]: the log says nothing"},
        {"a message's number", "A1",
         [](Lines& l) {
             replace(l[find(l, R"("sent":[{"to":"L1","number":2)")], R"("to":"L1","number":2)",
                     R"("to":"L1","number":3)");
         },
         10, "sent[0].number: the log says 3, the handlers say 2"},
        {"a guard", "A2",
         [](Lines& l) { replace(l[find(l, "checkpoint_first")], "checkpoint_first", "checkpoint_new_sn"); }, 10,
         "notes[0]: the log says \"checkpoint_new_sn\", the handlers say \"checkpoint_first\""},
        {"a time", "A1",
         [](Lines& l) {
             std::string& line = l[find(l, R"("time":)")];
             const std::string time = between(line, R"("time":)", "}");
             replace(line, R"("time":)" + time, R"("time":999999)");
         },
         10, "sent[0].content: the log says"},
        {"a field more", "A1", [](Lines& l) { replace(l[3], R"("format":1)", R"("format":1,"more":1)"); }, 10,
         "more: the log says 1, the handlers say nothing"},
        {"a message taken twice", "L1",
         [](Lines& l) { replace(l[find(l, reception, 5)], R"("from":"A1","number":)", R"("from":"A1","number":1)"); },
         10, "$.input.number: takes message"},
        {"a message that was not sent so", "S1",
         [](Lines& l) {
             // The message of another line, with its digest: each line is in itself what it should be.
             std::string& third = l[find(l, "reading 3 ")];
             const std::string& fourth = l[find(l, "reading 4 ")];
             const std::string end = R"(},"sent":)";
             replace(third, between(third, R"("message":)", end), between(fourth, R"("message":)", end));
         },
         10, "but what was sent under this number is"},
        {"a step that the application does not make", "A2",
         [](Lines& l) {
             const std::size_t at = find(l, reception);
             const std::string input = between(l[at], R"("input":)", R"(,"sent":)");
             replace(l[at], input, R"({"kind":"tick","time":5})");
         },
         10, "$.input.kind: tick, but the application does nothing by itself"},
    };
}

void check(const Tampering& tampering) {
    CAPTURE(std::string(tampering.what));
    const Copy copy;
    copy.change(tampering.process, tampering.edit);
    const Finished finished = run_mdcd({"validate", copy.folder});
    CHECK(finished.exit_code == tampering.exit_code);
    const std::string& text = tampering.exit_code == 10 ? finished.out : finished.err;
    CHECK_MESSAGE(contains(text, tampering.said), text);
    CHECK_MESSAGE(contains(text, tampering.process), text);
}

} // namespace

TEST_CASE("a copy that nobody has changed is right") {
    const Copy copy;
    CHECK(run_mdcd({"validate", copy.folder}).exit_code == 0);
}

TEST_CASE("logs that were damaged are refused") {
    for (const Tampering& each : broken_files())
        check(each);
}

TEST_CASE("steps that the handlers would not make are found, with field and guards") {
    for (const Tampering& each : deviations())
        check(each);
}

TEST_CASE("a file that was cut, or is not there") {
    {
        const Copy copy;
        copy.change_bytes("A2", [](std::string& bytes) { bytes.resize(bytes.size() - 10); });
        const Finished finished = run_mdcd({"validate", copy.folder});
        CHECK(finished.exit_code == 65);
        CHECK(contains(finished.err, "has no end: the file was cut"));
    }
    {
        const Copy copy;
        std::filesystem::remove(copy.log("L2"));
        const Finished finished = run_mdcd({"validate", copy.folder});
        CHECK(finished.exit_code == 65);
        CHECK(contains(finished.err, "L2/log.ndjson: cannot be read; expected the log of L2"));
    }
    const ScratchFolder scratch;
    CHECK(run_mdcd({"validate", scratch.path("")}).exit_code == 65);
    CHECK(run_mdcd({"validate", scratch.path("none")}).exit_code == 65);
}

TEST_CASE("what a device got is what the log accounts for") {
    const auto outputs_after = [](const std::function<void(Lines&)>& edit) {
        const Copy copy;
        const std::string file = copy.folder + "/A2/output.ndjson";
        Lines lines = read_lines(file);
        REQUIRE(lines.size() > 2);
        edit(lines);
        std::ofstream out(file, std::ios::binary);
        for (const std::string& line : lines)
            out << line << "\n";
        out.close();
        return run_mdcd({"validate", copy.folder});
    };
    const Finished forged = outputs_after([](Lines& lines) { lines[1] = "{\"content\":\"999\"}"; });
    CHECK(forged.exit_code == 10);
    CHECK_MESSAGE(contains(forged.out, "A2/output.ndjson, line 2: A2 is said to have output"), forged.out);
    const Finished fewer = outputs_after([](Lines& lines) { lines.pop_back(); });
    CHECK(fewer.exit_code == 65);
    CHECK_MESSAGE(contains(fewer.err, "A2/output.ndjson: ends 1 output before the log of A2"), fewer.err);
    const Finished more = outputs_after([](Lines& lines) { lines.push_back(lines.back()); });
    CHECK(more.exit_code == 65);
    CHECK_MESSAGE(contains(more.err, "the end of the log is missing, or the line was added"), more.err);
    const Finished none = outputs_after([](Lines& lines) { lines.clear(); });
    CHECK(none.exit_code == 65);
    for (const std::size_t cut : {std::size_t{1}, std::size_t{5}}) {
        const Copy short_copy;
        const std::string file = short_copy.folder + "/A2/output.ndjson";
        std::filesystem::resize_file(file, std::filesystem::file_size(file) - cut);
        const Finished finished = run_mdcd({"validate", short_copy.folder});
        CHECK(finished.exit_code == 65);
        CHECK_MESSAGE(contains(finished.err, "A2/output.ndjson, line "), finished.err);
        CHECK_MESSAGE(contains(finished.err, "has no end: the file was cut"), finished.err);
    }
    const Copy copy;
    std::filesystem::remove(copy.log("A2"));
    std::filesystem::create_symlink("/dev/zero", copy.log("A2"));
    const Finished endless = run_mdcd({"validate", copy.folder});
    CHECK(endless.exit_code == 65);
    CHECK_MESSAGE(contains(endless.err, "is not a regular file"), endless.err);
}

TEST_CASE("a log that ends earlier is right as far as it goes") {
    const Copy copy;
    copy.change("S2", [](Lines& lines) { lines.resize(lines.size() / 2); }); // nobody waits for its messages then
    copy.change("A2", [](Lines& lines) { lines.resize(8); });
    const Finished finished = run_mdcd({"validate", copy.folder});
    const bool others_know = finished.exit_code == 65 && contains(finished.err, "the end of the log is missing");
    CHECK_MESSAGE(others_know, finished.out, finished.err);
}

TEST_CASE("the log of another run does not belong to these") {
    const Copy copy;
    std::filesystem::copy_file(run_folder("another", 64) + "/A2/log.ndjson", copy.log("A2"),
                               std::filesystem::copy_options::overwrite_existing);
    const Finished finished = run_mdcd({"validate", copy.folder});
    CHECK(finished.exit_code == 65);
    CHECK(contains(finished.err, "these logs are not of one run"));
}

TEST_CASE("rules that the processes did not keep to are found out") {
    const Copy copy;
    for (const std::string process : {"L1", "L2", "S1", "S2", "A1", "A2"})
        copy.change(process, [](Lines& lines) {
            replace(lines[0], R"("receiver_log": "while_dirty")", R"("receiver_log": "clean_only")");
        });
    const Finished finished = run_mdcd({"validate", copy.folder});
    CHECK(finished.exit_code == 10);
    CHECK_MESSAGE(contains(finished.out, "A2 did in step "), finished.out);
    CHECK_MESSAGE(contains(finished.out, "logged_input"), finished.out);
}

} // namespace mdcd::tests::runtime
