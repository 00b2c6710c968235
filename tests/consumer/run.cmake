# Installs the build into a folder of its own, builds the consumers against it, with CMake and with pkg-config, and runs
# them.
#   cmake -DBUILD=<build folder> -DSCRATCH=<folder> -DCOMPILER=<c++> -DFLAGS=<flags> -P run.cmake
cmake_policy(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/commands.cmake)

file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)

# One prefix, no macros, and of the engine's inner headers only those that a header for users includes.
file(GLOB roots RELATIVE ${SCRATCH}/prefix/include ${SCRATCH}/prefix/include/*)
if(NOT roots STREQUAL "mdcd")
  message(FATAL_ERROR "installed headers claim these include roots: ${roots}")
endif()
file(GLOB_RECURSE headers ${SCRATCH}/prefix/include/*.hpp)
foreach(header IN LISTS headers)
  file(STRINGS ${header} macros REGEX "^ *# *define")
  file(STRINGS ${header} includes REGEX "^#include \"[^m]")
  if(macros OR includes)
    message(FATAL_ERROR "${header}: ${macros}${includes}")
  endif()
endforeach()
# Of the engine's inner workings only what the templates for users stand on.
file(GLOB inner RELATIVE ${SCRATCH}/prefix/include/mdcd/checker/engine
     ${SCRATCH}/prefix/include/mdcd/checker/engine/*)
set(for_templates bound_model.hpp direct_model.hpp explore.hpp graph_moves.hpp model_binding.hpp short_bytes.hpp
                  state.hpp stop_watch.hpp)
if(NOT inner STREQUAL for_templates)
  message(FATAL_ERROR "of checker/engine these are installed: ${inner}")
endif()
if(EXISTS ${SCRATCH}/prefix/include/mdcd/checker/cli OR EXISTS ${SCRATCH}/prefix/include/mdcd/impl/runtime)
  message(FATAL_ERROR "headers of the program are installed")
endif()

foreach(variant IN ITEMS checker impl all)
  run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR} -B ${SCRATCH}/${variant}
      -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix -DCONSUMER_OF=${variant}
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_BUILD_TYPE=Debug) # builds sooner
  run(${CMAKE_COMMAND} --build ${SCRATCH}/${variant})
  run(${SCRATCH}/${variant}/consumer)
endforeach()

# Without CMake.
find_program(PKG_CONFIG NAMES pkg-config pkgconf)
file(GLOB pc_folder ${SCRATCH}/prefix/lib*/pkgconfig ${SCRATCH}/prefix/lib/*/pkgconfig)
foreach(pair IN ITEMS "checker main.cpp" "impl protocol.cpp")
  separate_arguments(pair UNIX_COMMAND "${pair}")
  list(GET pair 0 library)
  list(GET pair 1 source)
  run(${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${pc_folder} ${PKG_CONFIG} --cflags --libs mdcd-${library})
  separate_arguments(flags UNIX_COMMAND "${output}")
  separate_arguments(own_flags UNIX_COMMAND "${FLAGS}")
  run(${COMPILER} -std=c++20 ${own_flags} ${CMAKE_CURRENT_LIST_DIR}/${source} -o ${SCRATCH}/by-pkg-config ${flags})
  run(${SCRATCH}/by-pkg-config)
endforeach()
if(EXISTS ${SCRATCH}/prefix/bin/mdcd)
  run(${SCRATCH}/prefix/bin/mdcd --version)
endif()
file(REMOVE_RECURSE ${SCRATCH})
