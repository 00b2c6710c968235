# What makes a memory error hard to use, for the program that is shipped (ADR 30): whatever the compiler has of it, as
# Debian's own packages do. tests/consumer/hardening.cmake looks at what came out.
include(CheckCXXCompilerFlag)

set(mdcd_hardening)
foreach(flag IN ITEMS -fstack-protector-strong -fstack-clash-protection -fcf-protection=full)
  string(MAKE_C_IDENTIFIER "MDCD_HAS${flag}" known)
  check_cxx_compiler_flag(${flag} ${known})
  if(${known})
    list(APPEND mdcd_hardening ${flag})
  endif()
endforeach()
if(NOT CMAKE_CXX_FLAGS MATCHES "_FORTIFY_SOURCE")
  list(APPEND mdcd_hardening $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>) # without optimisation it only warns
endif()
# Position-independent executables. A compiler that makes them by itself, as Debian's does, builds the same code as
# before.
list(APPEND mdcd_hardening -fPIE)
add_compile_options(${mdcd_hardening})
add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
