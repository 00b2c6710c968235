# How a folder becomes a library: every source in it, nothing from its subfolders. Sources are globbed so that
# adding a file needs no edit here. Knows no folder by name.

# The standard headers that most sources read, compiled once. Every source still includes what it uses: the preset
# `clang` builds without this.
option(MDCD_PRECOMPILED_HEADERS "Compile the standard headers once" ${PROJECT_IS_TOP_LEVEL})
set(mdcd_standard_headers <algorithm> <array> <atomic> <bit> <chrono> <compare> <condition_variable> <cstdint>
    <filesystem> <fstream> <functional> <map> <memory> <mutex> <optional> <ranges> <set> <span> <sstream> <stdexcept>
    <string> <string_view> <thread> <tuple> <type_traits> <unordered_map> <utility> <variant> <vector>)
if(MDCD_PRECOMPILED_HEADERS)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp.new "// Nothing: carries the precompiled headers.\n")
  file(COPY_FILE ${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp.new ${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp
       ONLY_IF_DIFFERENT)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Without the first the compiler cache does not see what is precompiled. g++ 12 then reports its own string (GCC bug
    # 105651 and its kin), since it no longer knows what comes from a system header.
    add_compile_options(-fpch-preprocess -Wno-array-bounds -Wno-stringop-overflow)
  endif()
  add_library(mdcd_precompiled OBJECT ${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp)
  target_compile_features(mdcd_precompiled PUBLIC cxx_std_20)
  target_precompile_headers(mdcd_precompiled PRIVATE ${mdcd_standard_headers})
endif()

# To optimise what hardly runs takes the compiler longer than it saves, under ASan three times as long. Its
# preset optimises nothing but libraries that are busy in tests: what searches, what a search calls, what asks, the
# runtime.
set(MDCD_BUSY_OPTIONS "" CACHE STRING "Options for libraries that are busy in tests, after all others")
if(MDCD_PRECOMPILED_HEADERS AND MDCD_BUSY_OPTIONS)
  add_library(mdcd_precompiled_busy OBJECT ${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp)
  target_compile_options(mdcd_precompiled_busy PRIVATE ${MDCD_BUSY_OPTIONS})
  target_compile_features(mdcd_precompiled_busy PUBLIC cxx_std_20)
  target_precompile_headers(mdcd_precompiled_busy PRIVATE ${mdcd_standard_headers})
endif()

# mdcd_add_folder(<target> [BUSY] [dependency...]): a static library of the sources in the current folder, an
# interface library if it holds headers only, and nothing if it holds neither. The alias is <target> with its first "_"
# as "::". BUSY: with MDCD_BUSY_OPTIONS.
function(mdcd_add_folder target)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(sources)
    add_library(${target} STATIC ${sources} ${headers})
    set(scope PUBLIC)
  elseif(headers)
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  else()
    return()
  endif()
  string(REGEX REPLACE "^mdcd_" "mdcd::" alias ${target})
  add_library(${alias} ALIAS ${target})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
  set(precompiled mdcd_precompiled)
  if("BUSY" IN_LIST ARGN AND MDCD_BUSY_OPTIONS AND scope STREQUAL "PUBLIC")
    target_compile_options(${target} PRIVATE ${MDCD_BUSY_OPTIONS})
    set(precompiled mdcd_precompiled_busy)
  endif()
  if(MDCD_PRECOMPILED_HEADERS AND scope STREQUAL "PUBLIC" AND NOT target STREQUAL "mdcd_cli")
    target_precompile_headers(${target} REUSE_FROM ${precompiled})
  endif()
  foreach(dependency IN LISTS ARGN)
    if(TARGET ${dependency})
      target_link_libraries(${target} ${scope} ${dependency})
    endif()
  endforeach()
endfunction()

# mdcd_optimise_lightly(<target>): for what runs for less time than it takes to optimise: half of the compile time.
function(mdcd_optimise_lightly target)
  target_compile_options(${target} PRIVATE $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU,Clang>>:-O1>)
endfunction()
