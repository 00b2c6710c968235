# Builds a user's actors against the installed libraries with g++ and with clang, with exceptions and without, under the
# address and the undefined-behaviour sanitizer, and runs them.
#   cmake -DBUILD=<build folder> -DSCRATCH=<folder> -DFLAGS=<flags> -P actors.cmake
cmake_policy(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/commands.cmake)

find_program(PKG_CONFIG NAMES pkg-config pkgconf REQUIRED)
file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix --component development)
file(GLOB pc_folder ${SCRATCH}/prefix/lib*/pkgconfig ${SCRATCH}/prefix/lib/*/pkgconfig)
run(${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${pc_folder} ${PKG_CONFIG} --cflags --libs mdcd-actors)
separate_arguments(library_flags UNIX_COMMAND "${output}")
separate_arguments(own_flags UNIX_COMMAND "${FLAGS}")
list(APPEND own_flags -std=c++20 -O0 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)

find_program(GNU NAMES g++-12 g++)
find_program(CLANG NAMES clang++-14 clang++)
foreach(compiler IN ITEMS ${GNU} ${CLANG})
  if(NOT compiler)
    message(STATUS "skipped: one of g++ and clang++ is not here")
    continue()
  endif()
  foreach(exceptions IN ITEMS -fexceptions -fno-exceptions)
    run(${compiler} ${own_flags} ${sanitizers} ${exceptions} ${CMAKE_CURRENT_LIST_DIR}/actors.cpp
        -o ${SCRATCH}/actors ${library_flags})
    # A mistake leaves a handler by an exception of the library. Frames without exceptions do not free what they own.
    set(leaks 1)
    if(exceptions STREQUAL "-fno-exceptions")
      set(leaks 0)
    endif()
    run(${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=${leaks} ${SCRATCH}/actors)
    message(STATUS "${compiler} ${exceptions}: as it should be")
  endforeach()
endforeach()
file(REMOVE_RECURSE ${SCRATCH})
