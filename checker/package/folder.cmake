# How a folder becomes a library: every source in it, nothing from its subfolders. Sources are globbed so that
# adding a file needs no edit here. Knows no folder by name.

# mdcd_add_folder(<target> [dependency...]): a static library of the sources in the current folder, an interface
# library if it holds headers only, and nothing if it holds neither. The alias is <target> with its first "_" as "::".
function(mdcd_add_folder target)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(sources)
    add_library(${target} STATIC ${sources} ${headers})
    set(scope PUBLIC)
  elseif(headers)
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  else()
    return()
  endif()
  string(REGEX REPLACE "^mdcd_" "mdcd::" alias ${target})
  add_library(${alias} ALIAS ${target})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
  foreach(dependency IN LISTS ARGN)
    if(TARGET ${dependency})
      target_link_libraries(${target} ${scope} ${dependency})
    endif()
  endforeach()
endfunction()
