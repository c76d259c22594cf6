# parcours_module(NAME USES module... WITH library... TESTS_USE module...)
#
# A module is a folder of src/: its *.cc are a static library, its *_test.cc one test program, its *_fuzz.cc
# one fuzz target each. What tests need besides lies in testing/ and is a library parcours_NAME_testing,
# which no product code is linked with; TESTS_USE names the other modules whose testing/ the tests use.
# Files are found by their names; nothing is listed by hand.

if(PARCOURS_PRECOMPILE)
  file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cc "")
  add_library(precompiled STATIC ${CMAKE_BINARY_DIR}/precompiled.cc)
  target_link_libraries(precompiled PUBLIC fmt::fmt)
  target_precompile_headers(precompiled PUBLIC
    <algorithm> <array> <atomic> <chrono> <cstdint> <expected> <filesystem> <functional> <map>
    <memory> <mutex> <optional> <span> <string> <string_view> <thread> <unordered_map> <variant>
    <vector> <fmt/format.h>)
  add_library(precompiled_test STATIC ${CMAKE_BINARY_DIR}/precompiled.cc)
  target_link_libraries(precompiled_test PUBLIC fmt::fmt GTest::gtest)
  target_precompile_headers(precompiled_test PUBLIC
    <algorithm> <array> <atomic> <chrono> <cstdint> <expected> <filesystem> <functional> <map>
    <memory> <mutex> <optional> <span> <string> <string_view> <thread> <unordered_map> <variant>
    <vector> <fmt/format.h> <gtest/gtest.h> <gmock/gmock.h> <rapidcheck/gtest.h>)
endif()

function(parcours_precompile target from)
  if(PARCOURS_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()

function(parcours_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gmock GTest::gtest_main rapidcheck)
  target_compile_definitions(${name} PRIVATE PARCOURS_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  parcours_precompile(${name} precompiled_test)
  # A few processes a program, not one a test: what several tests need is made once in each, and a
  # sanitizer starts seldom.
  list(LENGTH arg_SOURCES files)
  math(EXPR shards "(${files} + 3) / 4")
  foreach(shard RANGE 1 ${shards})
    math(EXPR index "${shard} - 1")
    add_test(NAME ${name}.${shard} COMMAND ${name} --gtest_brief=1)
    # Programs of many files first: a long one that begins last leaves the other cores idle.
    set_tests_properties(${name}.${shard} PROPERTIES LABELS ${name} COST ${files}
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${index}")
  endforeach()
endfunction()

function(parcours_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;WITH;TESTS_USE")
  set(links "")
  foreach(module ${arg_USES})
    list(APPEND links parcours_${module})
  endforeach()

  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  set(tests ${sources})
  set(fuzzers ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cc$")
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|_bench|main)\\.cc$")
  if(PARCOURS_FUZZ)
    list(FILTER sources INCLUDE REGEX "${PARCOURS_FUZZ_NEEDS}")
  endif()

  if(sources)
    add_library(parcours_${name} STATIC ${sources})
    target_include_directories(parcours_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(parcours_${name} PUBLIC ${links} ${arg_WITH} fmt::fmt Threads::Threads)
    parcours_precompile(parcours_${name} precompiled)
  else()
    add_library(parcours_${name} INTERFACE)
    target_include_directories(parcours_${name} INTERFACE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(parcours_${name} INTERFACE ${links} ${arg_WITH} fmt::fmt Threads::Threads)
  endif()

  set(testing "")
  file(GLOB helpers CONFIGURE_DEPENDS testing/*.cc)
  if(PARCOURS_FUZZ)
    list(FILTER helpers INCLUDE REGEX "${PARCOURS_FUZZ_NEEDS}")
  endif()
  if(helpers)
    add_library(parcours_${name}_testing STATIC EXCLUDE_FROM_ALL ${helpers})
    target_link_libraries(parcours_${name}_testing PUBLIC parcours_${name} GTest::gmock rapidcheck)
    target_compile_definitions(parcours_${name}_testing PRIVATE
      PARCOURS_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    parcours_precompile(parcours_${name}_testing precompiled_test)
    list(APPEND testing parcours_${name}_testing)
  endif()
  foreach(module ${arg_TESTS_USE})
    if(TARGET parcours_${module}_testing)
      list(APPEND testing parcours_${module}_testing)
    endif()
  endforeach()

  if(tests AND NOT PARCOURS_FUZZ)
    parcours_test(${name}_test SOURCES ${tests} LINK ${testing} parcours_${name})
  endif()
  if(PARCOURS_FUZZ)
    foreach(file ${fuzzers})
      get_filename_component(target ${file} NAME_WE)
      add_executable(${target} ${file})
      target_link_libraries(${target} PRIVATE ${testing} parcours_${name})
      target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endif()
endfunction()

# parcours_carry(MODULE file AS function)
#
# Builds a text file into a module: `function` of the module's namespace returns it as a std::string_view. The
# module's sources declare it.
function(parcours_carry module file)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "AS" "")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} CARRIED_TEXT)
  set(CARRIED_MODULE ${module})
  set(CARRIED_NAME ${arg_AS})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/carried.cc.in ${arg_AS}.cc @ONLY)
  target_sources(parcours_${module} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${arg_AS}.cc)
endfunction()

# parcours_embed(source NAME=file...)
#
# Gives a source of the module the paths that it builds in with EMBED (src/page/embed.h), as PARCOURS_NAME.
function(parcours_embed source)
  set(files "")
  foreach(file ${ARGN})
    string(REGEX REPLACE "^[A-Z_]+=" "" path "${file}")
    string(REGEX REPLACE "=.*" "" name "${file}")
    if(NOT EXISTS ${path})
      message(FATAL_ERROR "${path} is missing; scripts/setup fetches it")
    endif()
    list(APPEND files ${path})
    set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS "PARCOURS_${name}=\"${path}\"")
  endforeach()
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${files}" SKIP_PRECOMPILE_HEADERS ON)
endfunction()
