# Which headers are for users, and under which names: everything below one prefix, <mdcd/checker/model.hpp>. What lies
# in engine/ is installed only as far as a header for users includes it. Knows no library.
#   cmake -DSOURCE=<this tree> -DGENERATED=<its generated headers> -DOUTPUT=<folder> -DLIBRARIES=<..> -P headers.cmake
# writes the headers with their includes rewritten; included, it gives mdcd_public_headers and mdcd_forwarding_headers.

cmake_policy(VERSION 3.25)

# The headers for users of these libraries in `root`, as paths from there; and those that they include.
function(mdcd_public_headers root generated libraries result)
  file(GLOB_RECURSE headers RELATIVE ${root} ${root}/impl/*.hpp ${root}/checker/*.hpp ${root}/traces/*.hpp
       ${root}/model/*.hpp)
  list(FILTER headers EXCLUDE REGEX "^checker/(cli|engine|package)/|^impl/runtime/")
  foreach(library IN ITEMS impl smt traces actors model)
    if(NOT library IN_LIST libraries)
      list(FILTER headers EXCLUDE REGEX "^(checker/)?${library}/")
    endif()
  endforeach()
  if("checker" IN_LIST libraries)
    list(APPEND headers checker/version.hpp)
  else()
    list(FILTER headers EXCLUDE REGEX "^checker/")
  endif()
  set(open ${headers})
  while(open)
    list(POP_FRONT open header)
    set(file ${root}/${header})
    if(NOT EXISTS ${file})
      set(file ${generated}/${header})
    endif()
    file(STRINGS ${file} includes REGEX "^#include \"")
    foreach(line IN LISTS includes)
      string(REGEX REPLACE "^#include \"([^\"]*)\".*" "\\1" included "${line}")
      if(NOT included IN_LIST headers)
        list(APPEND headers ${included})
        list(APPEND open ${included})
      endif()
    endforeach()
  endwhile()
  list(SORT headers)
  set(${result} ${headers} PARENT_SCOPE)
endfunction()

# In a build tree: <mdcd/checker/model.hpp> includes "checker/model.hpp", for programs that have this project as a part.
function(mdcd_forwarding_headers root generated libraries output)
  mdcd_public_headers(${root} ${generated} "${libraries}" headers)
  foreach(header IN LISTS headers)
    file(CONFIGURE OUTPUT ${output}/mdcd/${header} @ONLY
         CONTENT "// The name that this header has where it is installed.\n#include \"${header}\"\n")
  endforeach()
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  mdcd_public_headers(${SOURCE} ${GENERATED} "${LIBRARIES}" headers)
  file(REMOVE_RECURSE ${OUTPUT})
  foreach(header IN LISTS headers)
    set(file ${SOURCE}/${header})
    if(NOT EXISTS ${file})
      set(file ${GENERATED}/${header})
    endif()
    file(READ ${file} text)
    string(REGEX REPLACE "(^|\n)#include \"" "\\1#include \"mdcd/" text "${text}")
    file(WRITE ${OUTPUT}/mdcd/${header} "${text}")
  endforeach()
endif()
