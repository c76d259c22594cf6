# parcours_small(target)
#
# A program that is carried to computers that we do not know: what nobody calls is left out, and the
# libraries that are not on every Debian are linked into it where there is a static one. Debian has
# none of fmt, simdjson, toml++ and libzip; the first three need the C++ library of the system, so it
# stays the system's as well: two of them in one program do not go together.
function(parcours_small target)
  if(PARCOURS_SANITIZE OR PARCOURS_COVERAGE)
    return()
  endif()
  target_link_options(${target} PRIVATE -Wl,--gc-sections)
  foreach(library sodium expat)
    find_library(PARCOURS_STATIC_${library} lib${library}.a)
    if(PARCOURS_STATIC_${library})
      target_link_libraries(${target} PRIVATE ${PARCOURS_STATIC_${library}})
    endif()
  endforeach()
endfunction()
