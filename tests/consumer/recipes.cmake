# The recipes for package managers, where these are not at hand: what Conan takes along holds every source of its build
# and can be configured, and the port of vcpkg says the version and the libraries that the build knows.
#   cmake -DSOURCE=<this tree> -DSCRATCH=<folder> -DVERSION=<x.y.z> -DCOMPILER=<c++> -P recipes.cmake
cmake_policy(VERSION 3.25)
include(${SOURCE}/checker/package/libraries.cmake)

function(expect what) # condition..
  if(NOT (${ARGN}))
    message(FATAL_ERROR "${what}")
  endif()
endfunction()

# Conan's patterns are those of fnmatch: * goes across folders.
file(READ ${SOURCE}/conanfile.py recipe)
string(REGEX MATCH "exports_sources = \\(([^)]*)\\)" found "${recipe}")
string(REGEX MATCHALL "\"[^\"]*\"" patterns "${CMAKE_MATCH_1}")
file(GLOB_RECURSE files RELATIVE ${SOURCE} ${SOURCE}/checker/* ${SOURCE}/traces/* ${SOURCE}/impl/* ${SOURCE}/model/*)
list(APPEND files CMakeLists.txt LICENSE)
set(taken)
foreach(file IN LISTS files)
  set(wanted FALSE)
  foreach(pattern IN LISTS patterns)
    string(REGEX REPLACE "^\"(!?)([^\"]*)\"$" "\\2" regex "${pattern}")
    set(excludes "${CMAKE_MATCH_1}")
    string(REPLACE "." "\\." regex "${regex}")
    string(REPLACE "*" ".*" regex "${regex}")
    string(REPLACE "?" "." regex "${regex}")
    if(file MATCHES "^${regex}$")
      if(excludes)
        set(wanted FALSE)
        break()
      endif()
      set(wanted TRUE)
    endif()
  endforeach()
  if(wanted)
    list(APPEND taken ${file})
  endif()
endforeach()
file(REMOVE_RECURSE ${SCRATCH})
foreach(file IN LISTS taken)
  cmake_path(GET file PARENT_PATH folder)
  file(COPY ${SOURCE}/${file} DESTINATION ${SCRATCH}/tree/${folder})
endforeach()
file(GLOB needed RELATIVE ${SOURCE} ${SOURCE}/checker/*.?pp ${SOURCE}/checker/engine/* ${SOURCE}/checker/actors/*.?pp
     ${SOURCE}/checker/actors/*.cmake ${SOURCE}/checker/actors/page/* ${SOURCE}/traces/*.?pp ${SOURCE}/traces/page/*
     ${SOURCE}/checker/package/*.cmake ${SOURCE}/checker/package/*.in)
foreach(file IN LISTS needed)
  expect("conanfile.py does not take ${file} along" file IN_LIST taken)
endforeach()
foreach(file IN LISTS taken)
  if(file MATCHES "^(impl|model|checker/(cli|smt)|checker/package/vcpkg)/")
    message(FATAL_ERROR "conanfile.py takes ${file} along, which no library in it needs")
  endif()
endforeach()
execute_process(
  COMMAND ${CMAKE_COMMAND} -G Ninja -S ${SCRATCH}/tree -B ${SCRATCH}/built -DMDCD_LIBRARIES=actors
          -DCMAKE_CXX_COMPILER=${COMPILER}
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
expect("what conanfile.py takes along cannot be configured:\n${output}" result EQUAL 0)

# What the recipe says that the libraries stand on is what the build says.
mdcd_with_those_below(all actors)
foreach(library IN LISTS all)
  string(REGEX MATCH "\"${library}\": \\[([^]]*)\\]" found "${recipe}")
  expect("conanfile.py has no component ${library}" found)
  foreach(below IN LISTS _mdcd_below_${library})
    string(FIND "${CMAKE_MATCH_1}" "\"${below}\"" at)
    expect("conanfile.py: ${library} stands on ${below}" NOT at EQUAL -1)
  endforeach()
endforeach()

file(READ ${SOURCE}/checker/package/vcpkg/mdcd/vcpkg.json manifest)
string(JSON version GET "${manifest}" version)
expect("vcpkg.json is of version ${version}, the project of ${VERSION}" version STREQUAL VERSION)
file(READ ${SOURCE}/checker/package/vcpkg/mdcd/portfile.cmake port)
string(REGEX MATCH "-DMDCD_LIBRARIES=([a-z]+)" found "${port}")
expect("the port builds a library that there is not" CMAKE_MATCH_1 IN_LIST _mdcd_known)
file(REMOVE_RECURSE ${SCRATCH})
