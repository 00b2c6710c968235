# Writes page_files.cpp: the files of the explorer's page as string literals. Run at build time:
# cmake -DOUTPUT=.. -DSOURCE=<page folder> -P embed_page.cmake
string(CONCAT text "// Generated from checker/cli/explore/page.\n"
  "#include \"checker/cli/explore/page_files.hpp\"\n\n"
  "#include <array>\n\n#include \"traces/page_texts.hpp\"\n\n"
  "namespace mdcd::checker::cli::explore {\n\nstd::span<const PageFile> page_files() {\n")
set(type_html "text/html; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
file(GLOB files RELATIVE ${SOURCE} ${SOURCE}/*)
list(SORT files)
list(LENGTH files count)
math(EXPR count "${count} + 2") # and the viewer, which pages of traces have as well
string(APPEND text "    static const std::array<PageFile, ${count}> files{{\n")
foreach(file IN LISTS files)
  file(READ ${SOURCE}/${file} content)
  cmake_path(GET file EXTENSION LAST_ONLY extension)
  string(SUBSTRING ${extension} 1 -1 extension)
  if(file STREQUAL "index.html")
    set(path "/")
  else()
    set(path "/${file}")
  endif()
  # A literal may be 65535 characters long.
  string(LENGTH "${content}" length)
  if(length GREATER 60000)
    message(FATAL_ERROR "${file} is longer than a string literal may be")
  endif()
  string(APPEND text "        {\"${path}\", \"${type_${extension}}\", R\"~~(${content})~~\"},\n")
endforeach()
string(APPEND text "        {\"/viewer.js\", \"${type_js}\", traces::viewer_script()},\n"
  "        {\"/viewer.css\", \"${type_css}\", traces::viewer_style()},\n")
string(APPEND text "    }};\n    return files;\n}\n\n} // namespace mdcd::checker::cli::explore\n")
file(WRITE ${OUTPUT} "${text}")
