// What GitHub Actions reads: commands whose parts cannot run into each other, cells that stay cells.
// The rules of escaping are those of the runner's own toolkit.
#include "traces/github.hpp"

#include <doctest/doctest.h>

#include "examples.hpp"
#include "traces/render_mermaid.hpp"

using namespace mdcd::traces;

TEST_CASE("an annotation is one line, and nothing in it ends it or its parts early") {
    CHECK(workflow_command({.level = "error",
                            .file = "a,b:c.json",
                            .line = 3,
                            .column = 9,
                            .title = "100%: so, so",
                            .message = "first: 50%\r\nsecond, ::error::"}) ==
          "::error file=a%2Cb%3Ac.json,line=3,col=9,title=100%25%3A so%2C so::first: 50%25%0D%0Asecond, ::error::\n");
}

TEST_CASE("a cell has no markup and no line break") {
    CHECK(markdown_cell("a|b\nc") == "a\\|b c");
    CHECK(markdown_cell("*x* <b> `y` [z](u) & ~") == "\\*x\\* \\<b\\> \\`y\\` \\[z\\](u) \\& \\~");
    CHECK(markdown_cell("\x1B[1m\xFF") == " \\[1m\xEF\xBF\xBD");
    CHECK(markdown_text("a_b <script>alert(1)</script> | [z](u) &\n`x`") ==
          "a_b \\<script\\>alert(1)\\</script\\> \\| \\[z\\](u) \\& \\`x\\`");
    CHECK(markdown_cell("plain text, 7 steps.") == "plain text, 7 steps.");
}

TEST_CASE("a diagram is a block that nothing in it ends, and none if GitHub would not draw it") {
    for (const Trace& trace : {examples::dropped_checkpoint(), examples::long_run(), examples::recovery_by_messages(),
                               examples::smallest(), examples::awkward()}) {
        CAPTURE(trace.property);
        const std::string diagram = render_mermaid(trace);
        const std::string block = mermaid_block(diagram);
        CHECK(block == "```mermaid\n" + diagram + "```\n");
        CHECK(block.find('`', 3) == block.size() - 4); // the first one after the opening is the closing
    }
    CHECK(mermaid_block(std::string(50'000, 'x')) != "");
    CHECK(mermaid_block(std::string(50'001, 'x')) == "");
}
