// What is written as DOT is drawn by Graphviz, where it is installed.
// What is written is looked at in system_graph_test.cpp.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "checker/actors/examples/two_phase_commit.hpp"
#include "checker/actors/system_graph.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

using namespace mdcd::checker::actors;

TEST_CASE("Graphviz draws every state") {
    if (std::system("dot -V > /dev/null 2>&1") != 0) {
        std::puts("skipped: no Graphviz is installed (apt-get install graphviz)"); // ctest looks for "skipped: "
        return;
    }
    const mdcd::tests::ScratchFolder folder;
    const SystemGraph graph = graph_of(examples::commit::two_phase_commit(2, 1));
    std::ofstream(folder.path("states.dot")) << to_dot(graph);
    const std::string command = "dot -Tsvg -o '" + folder.path("states.svg") + "' '" + folder.path("states.dot") + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    const std::string svg = mdcd::traces::read_text_file(folder.path("states.svg"));
    std::size_t nodes = 0;
    for (std::size_t at = svg.find("class=\"node\""); at != std::string::npos; at = svg.find("class=\"node\"", at + 1))
        ++nodes;
    CHECK(nodes == graph.states.size());
    CHECK(svg.find("not: consistent") != std::string::npos);
}
