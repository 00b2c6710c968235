# Installs the build into a folder of its own, builds the consumer against it, and runs it.
#   cmake -DBUILD=<build folder> -DSCRATCH=<folder> -DCOMPILER=<c++> -DFLAGS=<flags> -P run.cmake
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nended with ${result}:\n${output}")
  endif()
  message(STATUS "${output}")
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)
# The engine alone must not need what other libraries need.
set(engine -DCMAKE_DISABLE_FIND_PACKAGE_PkgConfig=ON)
set(all -DCONSUMER_OF_ALL=ON)
foreach(variant IN ITEMS engine all)
  run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR} -B ${SCRATCH}/${variant}
      -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_BUILD_TYPE=Release ${${variant}})
  run(${CMAKE_COMMAND} --build ${SCRATCH}/${variant})
  run(${SCRATCH}/${variant}/consumer)
endforeach()
if(EXISTS ${SCRATCH}/prefix/bin/mdcd)
  run(${SCRATCH}/prefix/bin/mdcd --version)
endif()
file(REMOVE_RECURSE ${SCRATCH})
