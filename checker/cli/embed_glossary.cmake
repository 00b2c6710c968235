# Writes glossary_text.cpp: docs/glossary.md as a string literal, for `mdcd explain`. Run at build time, so that an
# edited page is in the next build: cmake -DOUTPUT=.. -DSOURCE=<docs/glossary.md> -P embed_glossary.cmake
file(READ ${SOURCE} content)
string(CONCAT text "// Generated from docs/glossary.md.\n#include \"checker/cli/glossary.hpp\"\n\n"
  "namespace mdcd::checker::cli {\n\nstd::string_view glossary_text() {\n    return R\"~~(${content})~~\";\n}\n\n"
  "} // namespace mdcd::checker::cli\n")
file(WRITE ${OUTPUT} "${text}")
