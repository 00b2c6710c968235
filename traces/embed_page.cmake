# Writes page_texts.cpp: the files of traces/page as string literals. Run at build time:
# cmake -DOUTPUT=.. -DSOURCE=<page folder> -P embed_page.cmake
string(CONCAT text "// Generated from traces/page.\n#include \"traces/page_texts.hpp\"\n\nnamespace mdcd::traces {\n")
foreach(pair IN ITEMS viewer_script=viewer.js viewer_style=viewer.css trace_script=trace.js trace_style=trace.css)
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
string(APPEND text "\n} // namespace mdcd::traces\n")
file(WRITE ${OUTPUT} "${text}")
