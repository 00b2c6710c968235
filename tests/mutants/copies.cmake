# Part of tests/CMakeLists.txt: programs that are compiled against copies of impl which hold mutants.
#
# The unit tests of impl once more, against a copy of impl that holds the source mutants: one build, and a mutant is
# chosen when the program starts.
add_executable(write_mutated_copy support/write_mutated_copy.cpp)
target_include_directories(write_mutated_copy PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(write_mutated_copy PRIVATE mdcd_mutate)
set(copy ${CMAKE_CURRENT_BINARY_DIR}/mutated)
file(GLOB lists CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/mutants/source/*.mutants)
file(GLOB_RECURSE protocol CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/impl/*.?pp)
list(TRANSFORM protocol PREPEND ${copy}/ OUTPUT_VARIABLE copied)
list(TRANSFORM protocol PREPEND ${PROJECT_SOURCE_DIR}/)
set(copied_sources ${copied})
list(FILTER copied_sources INCLUDE REGEX "/impl/[^/]*\\.cpp$")
add_custom_command(
  OUTPUT ${copy}/written
  BYPRODUCTS ${copied} ${copy}/impl/mutation_switch.hpp
  COMMAND write_mutated_copy ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/mutants/source ${copy}
  COMMAND ${CMAKE_COMMAND} -E touch ${copy}/written
  DEPENDS ${lists} ${protocol}
  COMMENT "Writing the copy of impl that holds the mutants")
file(GLOB unit_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/unit/impl/*.cpp)
add_executable(unit_impl_mutated ${unit_sources} ${copied_sources} ${copy}/written)
target_include_directories(unit_impl_mutated BEFORE PRIVATE ${copy})
target_include_directories(unit_impl_mutated PRIVATE ${PROJECT_SOURCE_DIR})
target_compile_options(unit_impl_mutated PRIVATE -w -O0) # run for a moment each; some mutants are warned of
target_compile_definitions(unit_impl_mutated PRIVATE MDCD_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(unit_impl_mutated PRIVATE mdcd_test_main)
target_compile_definitions(mutants_tests PRIVATE MDCD_UNIT_IMPL_MUTATED="$<TARGET_FILE:unit_impl_mutated>")
add_dependencies(mutants_tests unit_impl_mutated)

# Systems that are explored under mutants of their own, each in another copy.
function(mdcd_add_explored_mutants system what)
  set(copy ${CMAKE_CURRENT_BINARY_DIR}/mutated_${system})
  set(lists ${CMAKE_CURRENT_SOURCE_DIR}/mutants/${system}/${system}.mutants)
  list(TRANSFORM copied REPLACE "/mutated/impl/" "/mutated_${system}/impl/")
  list(TRANSFORM copied_sources REPLACE "/mutated/impl/" "/mutated_${system}/impl/")
  add_custom_command(
    OUTPUT ${copy}/written
    BYPRODUCTS ${copied} ${copy}/impl/mutation_switch.hpp
    COMMAND write_mutated_copy ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/mutants/${system} ${copy}
    COMMAND ${CMAKE_COMMAND} -E touch ${copy}/written
    DEPENDS ${lists} ${protocol}
    COMMENT "Writing the copy of impl that holds the mutants of ${what}")
  set(program ${system}_under_mutant)
  add_executable(${program} support/${program}.cpp ${copied_sources} ${copy}/written)
  target_include_directories(${program} BEFORE PRIVATE ${copy})
  target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_options(${program} PRIVATE -w)
  target_link_libraries(${program} PRIVATE mdcd_actors)
  string(TOUPPER ${program} name)
  target_compile_definitions(mutants_tests PRIVATE MDCD_${name}="$<TARGET_FILE:${program}>")
  add_dependencies(mutants_tests ${program})
endfunction()
if(TARGET mdcd_actors)
  mdcd_add_explored_mutants(upgrade "upgrades")
  mdcd_add_explored_mutants(hostile "the line of defence")
  mdcd_add_explored_mutants(levels "levels of trust")
endif()
