// The space-time diagram: the reviewed file, well-formed markup, and words that do not run into each other.
// Whether it is beautiful has to be looked at.
#include "traces/render_svg.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "examples.hpp"
#include "golden.hpp"
#include "markup_checker.hpp"
#include "traces/characters.hpp"
#include "traces/space_time.hpp"

using namespace mdcd::traces;
using examples::Markup;
using examples::MarkupElement;
using examples::read_markup;

namespace {

struct Box {
    double left, right, top, bottom;
    std::string text;
};

double number(const MarkupElement& element, const char* attribute) {
    return std::stod(element.attributes.at(attribute));
}

// Where the text stands, by the width of a letter of the font at the two sizes that are used beside events.
Box box_of(const MarkupElement& element) {
    const bool small = element.attributes.at("class").find("small") != std::string::npos;
    const double width = static_cast<double>(character_count(element.text)) * (small ? 5.6 : 6.2);
    const double x = number(element, "x");
    const double y = number(element, "y");
    const bool at_end = element.attributes.contains("text-anchor") && element.attributes.at("text-anchor") == "end";
    return {at_end ? x - width : x, at_end ? x : x + width, y - (small ? 8 : 9), y + 1, element.text};
}

std::size_t count(const Markup& markup, const std::string& name, const std::string& classes) {
    return static_cast<std::size_t>(std::ranges::count_if(markup.elements, [&](const MarkupElement& element) {
        return element.name == name && element.attributes.contains("class") &&
               element.attributes.at("class") == classes;
    }));
}

} // namespace

TEST_CASE("the diagram of the known counterexample is the reviewed one") {
    CHECK(examples::golden_difference("dropped_checkpoint.svg", render_svg(examples::dropped_checkpoint())) == "");
}

TEST_CASE("every diagram is well-formed XML") {
    for (const Trace& trace : {examples::dropped_checkpoint(), examples::long_run(), examples::awkward(),
                               examples::smallest(), examples::recovery_by_messages()}) {
        CHECK(read_markup(render_svg(trace)).violation == "");
    }
    CHECK(read_markup("<a><b></a></b>").violation != "");
    CHECK(read_markup("<a x=\"<\"/>").violation != "");
    CHECK(read_markup("<a>&nbsp;</a>").violation != "");
}

TEST_CASE("words beside events do not run into each other, nor over a step's number, nor out of the drawing") {
    for (const Trace& trace :
         {examples::dropped_checkpoint(), examples::long_run(), examples::recovery_by_messages()}) {
        const Markup markup = read_markup(render_svg(trace));
        std::vector<Box> boxes;
        for (const MarkupElement& element : markup.elements) {
            const bool words =
                element.name == "text" && element.attributes.at("class").find("words") != std::string::npos;
            const bool step_number = element.name == "text" && element.attributes.at("class") == "small row" &&
                                     number(element, "x") < SpaceTime::number_column;
            if (words || step_number) {
                boxes.push_back(box_of(element));
            }
        }
        REQUIRE(boxes.size() >= 2 * trace.steps.size());
        const double width = number(markup.elements.front(), "width");
        const double height = number(markup.elements.front(), "height");
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            CAPTURE(boxes[i].text);
            CHECK(boxes[i].left >= 0);
            CHECK(boxes[i].right <= width);
            CHECK(boxes[i].bottom <= height);
            for (std::size_t j = 0; j < i; ++j) {
                const bool apart = boxes[i].right <= boxes[j].left || boxes[j].right <= boxes[i].left ||
                                   boxes[i].bottom <= boxes[j].top || boxes[j].bottom <= boxes[i].top;
                CAPTURE(boxes[j].text);
                CHECK(apart);
            }
        }
    }
}

TEST_CASE("each thing of the run is drawn once, and once more in the legend, which has no other signs") {
    const Markup known = read_markup(render_svg(examples::dropped_checkpoint()));
    CHECK(count(known, "g", "message") == 6);        // five arrived, one is under way
    CHECK(count(known, "line", "arrow dirty") == 4); // three and the legend
    CHECK(count(known, "rect", "box dropped") == 3);
    CHECK(count(known, "polygon", "test") == 2);
    CHECK(count(known, "polyline", "recovery") == 1);
    CHECK(count(known, "line", "halo") == 2);
    CHECK(count(known, "line", "lane undone") == 0); // nobody rolls back
    CHECK(count(known, "rect", "box restored") == 0);
    const Markup run = read_markup(render_svg(examples::long_run()));
    CHECK(count(run, "line", "arrow orphan") == 2);
    CHECK(count(run, "line", "arrow lost") == 2);
    CHECK(count(run, "rect", "box restored") == 4); // A1, A2 and A3 roll back
    CHECK(count(run, "line", "lane undone") == 4);
}

TEST_CASE("a recovery by messages shows who failed a test, coordinated, halted and stopped, and what was undone") {
    const Trace trace = examples::recovery_by_messages();
    const Markup markup = read_markup(render_svg(trace));
    CHECK(count(markup, "polygon", "test failed") == 2); // each sign once more in the legend
    CHECK(count(markup, "rect", "bar coordinating") == 2);
    CHECK(count(markup, "rect", "bar") == 2);
    CHECK(count(markup, "line", "stop") == 2);
    CHECK(count(markup, "rect", "box restored") == 2);
    CHECK(count(markup, "line", "lane undone") == 2);
    const auto says = [&](const char* words) {
        return std::ranges::any_of(markup.elements, [&](const MarkupElement& each) { return each.text == words; });
    };
    CHECK(says("decision(0) to A2"));
    CHECK(says("rolls back to checkpoint 1"));
    // A run without such a recovery does not explain its signs.
    CHECK(count(read_markup(render_svg(examples::long_run())), "rect", "bar") == 0);
}
