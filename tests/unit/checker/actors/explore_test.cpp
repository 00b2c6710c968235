// The page to walk through a system: it holds the states, says what is left out, and no text of a user is a part of it
// that a browser would run. Knows no browser.
#include "checker/actors/explore.hpp"

#include <doctest/doctest.h>

#include <string>

#include "checker/actors/examples/two_phase_commit.hpp"

using namespace mdcd::checker::actors;

namespace {

struct Word {
    std::string text;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) { visit("text", self.text); }
};

struct Echo {
    using Message = Word;
    using State = Word;
    State start(Id self, Context<Message>& context) const {
        context.send(self, {"</script><b>"});
        return {};
    }
    void receive(State& state, Id, const Message& message, Context<Message>&) const { state = message; }
};

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

} // namespace

TEST_CASE("all states of a small system, or as many as are asked for") {
    const ActorSystem hasty = examples::commit::two_phase_commit(2, 1);
    const std::string all = explore(hasty, "two-phase commit");
    CHECK(all.find("<title>two-phase commit</title>") != std::string::npos);
    CHECK(all.find("\"broken\": [\"consistent\"]") != std::string::npos);
    CHECK(all.find("\"limit\": null") != std::string::npos);
    const std::string few = explore(hasty, "two-phase commit", {.states_max = 5});
    CHECK(count(few, "\"dead_end\"") == 5);
    CHECK(few.find("at most 5 states are shown") != std::string::npos);
}

TEST_CASE("no text of a user ends an element") {
    ActorSystem system;
    system.add("<i>", Echo{});
    const std::string page = explore(system, "<script>");
    CHECK(count(page, "</script>") == 2); // the data's end and the script's
    CHECK(count(page, "<script>") == 1);
    CHECK(page.find("\\u003c/script>\\u003cb>") != std::string::npos);
}
