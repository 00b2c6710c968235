# What `cmake --install` puts where: the program with its data, and each library as a component of find_package(mdcd).
# Two install components: `program` and `development`.
include(CMakePackageConfigHelpers)

set(mdcd_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/mdcd)

set(mdcd_libraries)
foreach(library IN LISTS mdcd_wanted)
  if(NOT TARGET mdcd_${library})
    continue()
  endif()
  list(APPEND mdcd_libraries ${library})
  set_target_properties(mdcd_${library} PROPERTIES EXPORT_NAME ${library})
  # One export set each, so that a user of one library does not need what the others need.
  install(TARGETS mdcd_${library} EXPORT mdcd_${library}
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT mdcd_${library} FILE ${library}.cmake NAMESPACE mdcd:: DESTINATION ${mdcd_package_dir}
          COMPONENT development)
endforeach()
# Headers below one prefix, <mdcd/checker/model.hpp>: written when they are installed, so that nothing need be built.
install(CODE "execute_process(COMMAND \"${CMAKE_COMMAND}\" \"-DSOURCE=${PROJECT_SOURCE_DIR}\"
    \"-DGENERATED=${PROJECT_BINARY_DIR}/generated\" \"-DOUTPUT=${PROJECT_BINARY_DIR}/headers\"
    \"-DLIBRARIES=${mdcd_libraries}\"
    -P \"${CMAKE_CURRENT_LIST_DIR}/headers.cmake\" COMMAND_ERROR_IS_FATAL ANY)" COMPONENT development)
install(DIRECTORY ${PROJECT_BINARY_DIR}/headers/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)

# For those who build without CMake.
file(RELATIVE_PATH mdcd_prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" mdcd_prefix_from_pc ${mdcd_prefix_from_pc})
foreach(library IN ITEMS impl checker actors)
  if(NOT library IN_LIST mdcd_libraries)
    continue()
  endif()
  configure_file(checker/package/mdcd-${library}.pc.in ${PROJECT_BINARY_DIR}/generated/mdcd-${library}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/generated/mdcd-${library}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
          COMPONENT development)
endforeach()

configure_package_config_file(checker/package/mdcd-config.cmake.in ${PROJECT_BINARY_DIR}/generated/mdcd-config.cmake
                              INSTALL_DESTINATION ${mdcd_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/generated/mdcd-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/generated/mdcd-config.cmake
              ${PROJECT_BINARY_DIR}/generated/mdcd-config-version.cmake checker/package/libraries.cmake
        DESTINATION ${mdcd_package_dir} COMPONENT development)

# The guide (engine.md) with the pages, pictures and runs that it leads to.
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libmdcd-dev COMPONENT development
        OPTIONAL PATTERN "*.sh" EXCLUDE) # a recipe may leave the folder out

if(TARGET mdcd)
  install(TARGETS mdcd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  install(DIRECTORY model/scopes model/rules model/gates traces/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/mdcd
          COMPONENT program FILES_MATCHING PATTERN "*.json")
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT program)
endif()

# What the program has written when it was linked (checker/cli/CMakeLists.txt).
if(TARGET mdcd AND NOT CMAKE_CROSSCOMPILING)
  set(written ${PROJECT_BINARY_DIR}/written)
  find_program(MDCD_GZIP gzip)
  if(MDCD_GZIP) # as every package has it
    install(CODE "execute_process(COMMAND \"${MDCD_GZIP}\" -9nkf \"${written}/mdcd.1\" COMMAND_ERROR_IS_FATAL ANY)"
            COMPONENT program)
    install(FILES ${written}/mdcd.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  else()
    install(FILES ${written}/mdcd.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  endif()
  install(FILES ${written}/mdcd.bash RENAME mdcd DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          COMPONENT program)
  install(FILES ${written}/_mdcd DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
  install(FILES ${written}/mdcd.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
          COMPONENT program)
endif()
