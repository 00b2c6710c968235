# Which libraries there are and on which others each stands. Read by the build, by the installed mdcd-config.cmake, and
# by the recipes of package managers (their tests hold them against it). Knows no target.

# In this order each stands on ones before it.
set(_mdcd_known impl checker smt traces actors model)
set(_mdcd_below_impl)
set(_mdcd_below_checker)
set(_mdcd_below_smt checker)
set(_mdcd_below_traces)
set(_mdcd_below_actors checker traces)
set(_mdcd_below_model impl checker smt traces actors)

# mdcd_with_those_below(<variable> library...): these and all that they stand on, in the order above.
macro(mdcd_with_those_below _mdcd_result)
  set(_mdcd_open ${ARGN})
  set(_mdcd_closed)
  while(_mdcd_open)
    list(POP_FRONT _mdcd_open _mdcd_each)
    list(APPEND _mdcd_closed ${_mdcd_each})
    list(APPEND _mdcd_open ${_mdcd_below_${_mdcd_each}})
  endwhile()
  set(${_mdcd_result})
  foreach(_mdcd_each IN LISTS _mdcd_known)
    if(_mdcd_each IN_LIST _mdcd_closed)
      list(APPEND ${_mdcd_result} ${_mdcd_each})
    endif()
  endforeach()
endmacro()
