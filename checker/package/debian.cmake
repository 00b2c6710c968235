# Debian packages: the target `packages` builds what is in them, and writes mdcd (the program) and libmdcd-dev (the
# libraries) into the folder `dist` of the build folder. `cpack -G DEB` packs what is built already.
# Dependencies on shared libraries are read from the program where dpkg-dev is there to do it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME mdcd)
set(CPACK_PACKAGE_VENDOR "the mdcd authors")
# Whoever builds packages for others names a person here: Debian's tools ask for an address that mail could reach.
set(MDCD_MAINTAINER "the mdcd authors <maintainers@mdcd.invalid>" CACHE STRING "Maintainer in the packages")
set(CPACK_PACKAGE_CONTACT "${MDCD_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
# Below the summary, which is that of all packages.
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "mdcd explores every interleaving of the code that a process of the protocol
would run, judges every state that can be reached, and prints the shortest run
that ends badly. It compares sets of rules, searches for repairs, and proves
claims for any number of messages.")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "The libraries that mdcd is built of: an explicit-state model checker for any
message-passing system, and the recovery protocol itself, for embedding.
Static libraries, headers below mdcd/, and files for CMake and pkg-config.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME mdcd)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libmdcd-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libsodium-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "libz3-dev, pkg-config")
find_program(MDCD_SHLIBDEPS dpkg-shlibdeps)
if(MDCD_SHLIBDEPS)
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
else()
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "libc6, libstdc++6, libz3-4, libsqlite3-0, libssl3, libsodium23")
endif()
include(CPack)
list(TRANSFORM mdcd_libraries PREPEND mdcd_ OUTPUT_VARIABLE packaged)
add_custom_target(
  packages
  COMMAND ${CMAKE_CPACK_COMMAND} -G DEB --config ${PROJECT_BINARY_DIR}/CPackConfig.cmake -B ${PROJECT_BINARY_DIR}/dist
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${PROJECT_BINARY_DIR}/dist/_CPack_Packages
  DEPENDS mdcd ${packaged}
  VERBATIM USES_TERMINAL)

# What every package of Debian has: its licence and its changes. The same sources give the same bytes, so without the
# time.
find_program(MDCD_GZIP gzip)
if(MDCD_GZIP)
  configure_file(checker/package/changelog.in ${PROJECT_BINARY_DIR}/generated/changelog @ONLY)
  execute_process(COMMAND ${MDCD_GZIP} -9nkf ${PROJECT_BINARY_DIR}/generated/changelog COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${PROJECT_BINARY_DIR}/generated/changelog.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/mdcd
          COMPONENT program)
  install(FILES ${PROJECT_BINARY_DIR}/generated/changelog.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libmdcd-dev
          COMPONENT development)
endif()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libmdcd-dev RENAME copyright COMPONENT development)
