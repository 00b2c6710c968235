// The graph goes in as JSON that cannot end its element; the script puts it on the page as text only.
// Knows no model.
#include "checker/actors/explore.hpp"

#include "checker/actors/page_texts.hpp"
#include "traces/markup.hpp"

namespace mdcd::checker::actors {
namespace {

// JSON in which no "</script>" or "<!--" can occur.
std::string inside_script(const std::string& json) {
    std::string text;
    for (const char letter : json)
        text += letter == '<' ? std::string("\\u003c") : std::string(1, letter);
    return text;
}

} // namespace

std::string explore(const ActorSystem& system, const std::string& title, const GraphOptions& options) {
    const std::string name = traces::markup_escaped(title);
    std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                       "'unsafe-inline'; script-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                       name + "</title>\n<style>" + std::string(explore_style()) + "</style>\n</head>\n<body>\n";
    std::string parts(explore_body());
    parts.insert(parts.find("<button"), "<h1>" + name + "</h1>\n");
    page += parts;
    page += "<script id=\"data\" type=\"application/json\">" + inside_script(to_json(graph_of(system, options)));
    page += "</script>\n<script>" + std::string(explore_script()) + "</script>\n</body>\n</html>\n";
    return page;
}

} // namespace mdcd::checker::actors
