// The page: it asks nothing of the network, its data cannot break out, and it holds what the steps changed.
// What the script does with it needs a browser and is not tested here.
#include "traces/render_html.hpp"

#include <doctest/doctest.h>

#include "examples.hpp"
#include "traces/json.hpp"
#include "traces/render_svg.hpp"
#include "traces/states.hpp"

using namespace mdcd::traces;

namespace {

std::size_t count(std::string text, const std::string& part) {
    for (char& letter : text) {
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    }
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

Value page_data(const std::string& page) {
    const std::string start = "<script id=\"data\" type=\"application/json\">";
    const std::size_t from = page.find(start) + start.size();
    return parse_json(page.substr(from, page.find("</script>", from) - from), "data");
}

} // namespace

TEST_CASE("the page needs no network and allows none") {
    for (const Trace& trace :
         {examples::dropped_checkpoint(), examples::long_run(), examples::awkward(), examples::smallest()}) {
        const std::string page = render_html(trace);
        CHECK(count(page, "default-src 'none'") == 1);
        CHECK(count(page, "src=") == 0);
        CHECK(count(page, "href=") == 0);
        CHECK(count(page, "url(") == 0);
        CHECK(count(page, "://") == 2); // the name space of SVG, of the drawing and of the legend
        CHECK(page.find(render_svg(trace, {.frame = false, .dark_too = true})) != std::string::npos);
    }
}

TEST_CASE("texts of a trace stay texts") {
    const std::string page = render_html(examples::awkward());
    CHECK(count(page, "<script") == 2);
    CHECK(count(page, "</script>") == 2);
    CHECK(count(page, "<b>") == 0);
    CHECK(count(page, "<!--") == 0);
}

TEST_CASE("the data has an entry for the start and one for each step") {
    const Trace trace = examples::dropped_checkpoint();
    const Value data = page_data(render_html(trace));
    REQUIRE(data.list() != nullptr);
    REQUIRE(data.list()->size() == trace.steps.size() + 1);
    const Value& fourth = (*data.list())[4];
    CHECK(*fourth.find("action")->text() == trace.steps[3].action.text);
    CHECK(fourth.find("fired")->list()->size() == 1);
    CHECK((*fourth.find("changes")->list())[2] == Value("A1: checkpoints + {index 1, low_sn 0}"));
    CHECK(parse_json(*fourth.find("state")->text(), "state").find("A1")->find("low_sn")->number() != nullptr);
    CHECK(*fourth.find("digest")->text() == trace.steps[3].digest);
}

TEST_CASE("of a run without end, the list says where the loop begins, the drawing shows it, and its words come first") {
    Trace trace = examples::dropped_checkpoint();
    CHECK_FALSE(loop_begin(trace).has_value());
    const std::size_t begin = trace.steps.size() - 2;
    trace.findings.push_back({.kind = "loop", .process = {}, .message = {}, .text = "again and again"});
    trace.findings.insert(trace.findings.begin(), {.kind = "violated", .process = {}, .message = {}, .text = "so on"});
    CHECK_FALSE(loop_begin(trace).has_value()); // no state is there twice
    trace.steps.back().digest = trace.steps[begin - 1].digest;
    CHECK(loop_begin(trace) == begin);
    const std::string page = render_html(trace);
    CHECK(page.find("<li>again and again</li>\n<li>so on</li>") != std::string::npos);
    CHECK(count(page, "class=\"loop\"") == 2); // and in the legend
    const Value data = page_data(page);
    const Value::List& entries = *data.list();
    CHECK(*entries[begin].find("loop")->text() == "");
    CHECK(*entries[begin + 1].find("loop")->text() == "begins");
    CHECK(*entries[begin + 2].find("loop")->text() == "goes on");
    trace.steps.back().digest = trace.initial_digest;
    CHECK(loop_begin(trace) == 0);
    CHECK(count(render_html(examples::dropped_checkpoint()), "class=\"loop\"") == 0);
}

TEST_CASE("a trace without states has a page without them") {
    Trace trace = examples::dropped_checkpoint();
    trace.initial_state.reset();
    CHECK((*page_data(render_html(trace)).list())[4].find("state")->is_null());
}
