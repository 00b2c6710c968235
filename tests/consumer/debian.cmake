# Builds the Debian packages, unpacks them into a folder of its own, and runs the program from there. They are packed
# quickly: what is delivered is packed well (the target `packages`).
#   cmake -DBUILD=<build folder> -DSCRATCH=<folder> -DCPACK=<cpack> -DVERSION=<x.y.z> -P debian.cmake
include(${CMAKE_CURRENT_LIST_DIR}/commands.cmake)

find_program(LINTIAN lintian)
file(REMOVE_RECURSE ${SCRATCH})
run(${CPACK} -G DEB -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip --config ${BUILD}/CPackConfig.cmake -B ${SCRATCH})
foreach(package IN ITEMS mdcd libmdcd-dev)
  file(GLOB archive ${SCRATCH}/${package}_${VERSION}_*.deb)
  if(NOT archive)
    message(FATAL_ERROR "no package ${package} of version ${VERSION} was written")
  endif()
  run(dpkg-deb --info ${archive})
  message(STATUS "${output}")
  run(dpkg-deb --extract ${archive} ${SCRATCH}/root)
  if(LINTIAN) # what breaks the policy of Debian
    run(${LINTIAN} --allow-root --fail-on error ${archive})
    message(STATUS "${output}")
  endif()
endforeach()
run(${SCRATCH}/root/usr/bin/mdcd --version)
if(NOT output STREQUAL "mdcd ${VERSION}\n")
  message(FATAL_ERROR "the packaged program says: ${output}")
endif()
foreach(file IN ITEMS share/man/man1/mdcd.1.gz share/bash-completion/completions/mdcd include/mdcd/checker/model.hpp
                      share/doc/mdcd/copyright)
  if(NOT EXISTS ${SCRATCH}/root/usr/${file})
    message(FATAL_ERROR "the packages lack ${file}")
  endif()
endforeach()
file(REMOVE_RECURSE ${SCRATCH})
