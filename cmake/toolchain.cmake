# Compiler flags, the compiler cache and the linker.

set(CMAKE_CXX_FLAGS_DEV "-O1 -g1")
# What users run names files as the repository does: nothing of the machine that built it is in the binary, and two
# checkouts give the same bytes.
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -g1 -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers)

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12 offers std::expected only to compilers that announce the C++20 revision of concepts;
  # clang 16 has the revision but not the announcement.
  add_compile_options(-Wno-builtin-macro-redefined -U__cpp_concepts -D__cpp_concepts=202002L)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # At -O3 gcc 12 sees overflows and unset strings inside fmt and the standard library that cannot happen.
  add_compile_options(-Wno-stringop-overflow -Wno-array-bounds -Wno-restrict
                      $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
endif()

if(CMAKE_UNITY_BUILD)
  # Several files are one to the compiler, so a name of one file may hide a name of another.
  add_compile_options(-Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

if(NOT PARCOURS_SANITIZE)
  add_compile_options(-Werror)  # gcc 12 warns of what is not there where sanitizers make it look twice
endif()

# What makes a mistake in memory a stopped program and not a door: addresses drawn anew (PIE), a
# table of functions that cannot be written once they are found (RELRO, BIND_NOW), stacks that are
# checked and do not jump over their guard page, checked copies, bounds of the standard library, jumps
# that land at functions alone (CET; Debian's start files lack its mark, so Linux does not ask for it
# yet). tests/hardening_test.cc reads the binary. The sanitizers look closer by themselves.
if(NOT PARCOURS_SANITIZE)
  set(library "$<STREQUAL:$<TARGET_PROPERTY:TYPE>,SHARED_LIBRARY>")
  add_compile_options("$<$<NOT:${library}>:-fPIE>" -fstack-protector-strong -fstack-clash-protection
                      -fcf-protection=full -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options("$<$<NOT:${library}>:-pie>" -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

if(PARCOURS_SANITIZE)
  add_compile_options(-fsanitize=${PARCOURS_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  if(PARCOURS_SANITIZE MATCHES "undefined")
    # A check at every access to memory doubles the time to compile. The address sanitizer finds an
    # access through a null pointer or out of an object, and x86 and ARM read what is not aligned.
    add_compile_options(-fno-sanitize=null,alignment,object-size,pointer-overflow)
  endif()
  add_link_options(-fsanitize=${PARCOURS_SANITIZE})
endif()

if(PARCOURS_FUZZ)
  # Every module says where it has been, so that the fuzzer is led by what it meets.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(PARCOURS_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)  # threads count together
  add_link_options(--coverage)
endif()

find_program(PARCOURS_CCACHE ccache)
if(PARCOURS_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${PARCOURS_CCACHE})
  if(PARCOURS_PRECOMPILE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()

find_program(PARCOURS_MOLD mold)
if(PARCOURS_MOLD AND NOT PARCOURS_SANITIZE)
  add_link_options(-fuse-ld=mold)
endif()
