# Delivery: what is installed or packaged works outside of this tree.
add_test(NAME package.consumer
         COMMAND ${CMAKE_COMMAND} -DBUILD=${PROJECT_BINARY_DIR} -DSCRATCH=${PROJECT_BINARY_DIR}/consumer
                 -DCOMPILER=${CMAKE_CXX_COMPILER} -DFLAGS=${CMAKE_CXX_FLAGS}
                 -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/run.cmake)
set_tests_properties(package.consumer PROPERTIES LABELS package TIMEOUT 600)
add_test(NAME package.recipes
         COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DSCRATCH=${PROJECT_BINARY_DIR}/recipes
                 -DVERSION=${PROJECT_VERSION} -DCOMPILER=${CMAKE_CXX_COMPILER}
                 -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/recipes.cmake)
set_tests_properties(package.recipes PROPERTIES LABELS package TIMEOUT 300)
if(TARGET mdcd_actors)
  set(guide ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DBUILD=${PROJECT_BINARY_DIR}
      -DCOMPILER=${CMAKE_CXX_COMPILER} -DFLAGS=${CMAKE_CXX_FLAGS})
  set(script -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/guide.cmake)
  add_test(NAME package.guide COMMAND ${guide} -DWAY=installed -DSCRATCH=${PROJECT_BINARY_DIR}/guide ${script})
  add_test(NAME package.fetched
           COMMAND ${guide} -DWAY=fetched -DCONFIGURE_ONLY=ON -DSCRATCH=${PROJECT_BINARY_DIR}/fetched ${script})
  set_tests_properties(package.guide package.fetched PROPERTIES LABELS package TIMEOUT 600)
  # g++ and clang, with and without exceptions, under sanitizers.
  add_test(NAME package.actors_long
           COMMAND ${CMAKE_COMMAND} -DBUILD=${PROJECT_BINARY_DIR} -DSCRATCH=${PROJECT_BINARY_DIR}/consumer_actors
                   -DFLAGS=${CMAKE_CXX_FLAGS} -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/actors.cmake)
  set_tests_properties(package.actors_long PROPERTIES LABELS long TIMEOUT 600
                       SKIP_REGULAR_EXPRESSION "skipped: one of")
  # Builds the engine once more, as a part of another project.
  add_test(NAME package.fetched_long
           COMMAND ${guide} -DWAY=fetched -DSCRATCH=${PROJECT_BINARY_DIR}/fetched_long ${script})
  set_tests_properties(package.fetched_long PROPERTIES LABELS long TIMEOUT 3600)
endif()
find_program(MDCD_READELF readelf)
if(MDCD_READELF AND MDCD_HARDENED AND TARGET mdcd)
  add_test(NAME package.hardening
           COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:mdcd> -DLIBRARY=$<TARGET_FILE:mdcd_checker>
                   -DREADELF=${MDCD_READELF} -DPROCESSOR=${CMAKE_SYSTEM_PROCESSOR}
                   -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/hardening.cmake)
  set_tests_properties(package.hardening PROPERTIES LABELS package TIMEOUT 60)
endif()
find_program(MDCD_DPKG_DEB dpkg-deb)
if(MDCD_DPKG_DEB AND TARGET mdcd)
  add_test(NAME package.debian
           COMMAND ${CMAKE_COMMAND} -DBUILD=${PROJECT_BINARY_DIR} -DSCRATCH=${PROJECT_BINARY_DIR}/debian
                   -DCPACK=${CMAKE_CPACK_COMMAND} -DVERSION=${PROJECT_VERSION}
                   -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/debian.cmake)
  set_tests_properties(package.debian PROPERTIES LABELS package TIMEOUT 600)
endif()
