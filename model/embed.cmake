# Writes library_files.cpp: the shipped JSON files as string literals. Run at build time, so that an edited scope is
# in the next build: cmake -DOUTPUT=.. -DSOURCE=<model folder> -P embed.cmake
set(text "// Generated from model/scopes and model/rules.\n#include \"model/library.hpp\"\n\n#include <array>\n\n"
  "namespace mdcd::model {\n")
foreach(kind IN ITEMS scopes rules)
  file(GLOB files RELATIVE ${SOURCE} ${SOURCE}/${kind}/*.json)
  list(SORT files)
  list(LENGTH files count)
  if(kind STREQUAL "scopes")
    set(function scope_files)
  else()
    set(function rules_files)
  endif()
  string(APPEND text "\nstd::span<const LibraryFile> ${function}() {\n"
    "    static constexpr std::array<LibraryFile, ${count}> files{{\n")
  foreach(file IN LISTS files)
    file(READ ${SOURCE}/${file} content)
    cmake_path(GET file STEM name)
    string(APPEND text "        {\"${name}\", \"model/${file}\", R\"~~(${content})~~\"},\n")
  endforeach()
  string(APPEND text "    }};\n    return files;\n}\n")
endforeach()
string(APPEND text "\n} // namespace mdcd::model\n")
file(WRITE ${OUTPUT} "${text}")
