// The files of the explorer's page, built into the program: nothing is read from disk while it serves.
// Knows no content; embed_page.cmake writes the table.
#pragma once

#include <span>
#include <string_view>

namespace mdcd::checker::cli::explore {

struct PageFile {
    std::string_view path; // "/", "/explore.js"
    std::string_view type; // "text/html; charset=utf-8"
    std::string_view text;
};

[[nodiscard]] std::span<const PageFile> page_files();

} // namespace mdcd::checker::cli::explore
