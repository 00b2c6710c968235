# Writes page_texts.cpp: the files of checker/actors/page as string literals. Run at build time:
# cmake -DOUTPUT=.. -DSOURCE=<page folder> -P embed_page.cmake
string(CONCAT text "// Generated from checker/actors/page.\n#include \"checker/actors/page_texts.hpp\"\n\n"
              "namespace mdcd::checker::actors {\n")
foreach(pair IN ITEMS explore_script=explore.js explore_style=explore.css explore_body=explore.html)
  string(REPLACE "=" ";" pair ${pair})
  list(GET pair 0 function)
  list(GET pair 1 file)
  file(READ ${SOURCE}/${file} content)
  string(LENGTH "${content}" length)
  if(length GREATER 60000) # a literal may be 65535 characters long
    message(FATAL_ERROR "${file} is longer than a string literal may be")
  endif()
  string(APPEND text "\nstd::string_view ${function}() {\n    return R\"~~(${content})~~\";\n}\n")
endforeach()
string(APPEND text "\n} // namespace mdcd::checker::actors\n")
file(WRITE ${OUTPUT} "${text}")
