# What `cmake --install` puts where: the program with its data, and each library as a component of find_package(mdcd).
# Two install components: `program` and `development`.
include(CMakePackageConfigHelpers)

set(mdcd_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/mdcd)
set(mdcd_header_dir ${CMAKE_INSTALL_INCLUDEDIR}/mdcd) # so that an include reads like in this tree: "checker/model.hpp"

set(mdcd_libraries)
foreach(library IN ITEMS impl checker smt traces model)
  if(NOT TARGET mdcd_${library})
    continue()
  endif()
  list(APPEND mdcd_libraries ${library})
  set_target_properties(mdcd_${library} PROPERTIES EXPORT_NAME ${library})
  # One export set each, so that a user of one library does not need what the others need.
  install(TARGETS mdcd_${library} EXPORT mdcd_${library}
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
          INCLUDES DESTINATION ${mdcd_header_dir})
  install(EXPORT mdcd_${library} FILE ${library}.cmake NAMESPACE mdcd:: DESTINATION ${mdcd_package_dir}
          COMPONENT development)
endforeach()
foreach(folder IN ITEMS impl checker traces model)
  install(DIRECTORY ${folder}/ DESTINATION ${mdcd_header_dir}/${folder} COMPONENT development
          FILES_MATCHING PATTERN "*.hpp"
          PATTERN cli EXCLUDE
          PATTERN package EXCLUDE
          PATTERN scopes EXCLUDE
          PATTERN rules EXCLUDE
          PATTERN gates EXCLUDE
          PATTERN schema EXCLUDE)
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/generated/checker/version.hpp DESTINATION ${mdcd_header_dir}/checker
        COMPONENT development)

configure_package_config_file(checker/package/mdcd-config.cmake.in ${PROJECT_BINARY_DIR}/generated/mdcd-config.cmake
                              INSTALL_DESTINATION ${mdcd_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/generated/mdcd-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/generated/mdcd-config.cmake
              ${PROJECT_BINARY_DIR}/generated/mdcd-config-version.cmake
        DESTINATION ${mdcd_package_dir} COMPONENT development)

if(TARGET mdcd)
  install(TARGETS mdcd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  install(DIRECTORY model/scopes model/rules model/gates traces/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/mdcd
          COMPONENT program FILES_MATCHING PATTERN "*.json")
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT program)
endif()

# The program writes its own manual and completion scripts.
if(TARGET mdcd AND NOT CMAKE_CROSSCOMPILING)
  set(written ${PROJECT_BINARY_DIR}/written)
  add_custom_command(
    OUTPUT ${written}/mdcd.1 ${written}/mdcd.bash ${written}/_mdcd ${written}/mdcd.fish
    COMMAND ${CMAKE_COMMAND} -E make_directory ${written}
    COMMAND mdcd manual > ${written}/mdcd.1
    COMMAND mdcd completion bash > ${written}/mdcd.bash
    COMMAND mdcd completion zsh > ${written}/_mdcd
    COMMAND mdcd completion fish > ${written}/mdcd.fish
    DEPENDS mdcd
    VERBATIM)
  add_custom_target(mdcd_written ALL DEPENDS ${written}/mdcd.1)
  install(FILES ${written}/mdcd.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES ${written}/mdcd.bash RENAME mdcd DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          COMPONENT program)
  install(FILES ${written}/_mdcd DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
  install(FILES ${written}/mdcd.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
          COMPONENT program)
endif()
