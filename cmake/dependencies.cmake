# What comes from others. Debian packages, but for DuckDB, which scripts/setup fetches once into the
# cache folder; an installed one (DUCKDB_ROOT, or DUCKDB_ROOT in the environment) is used first.

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(ZLIB REQUIRED)
find_package(EXPAT REQUIRED)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(clp REQUIRED IMPORTED_TARGET clp)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)

pkg_check_modules(libpq REQUIRED libpq)
add_library(libpq_header INTERFACE)
target_include_directories(libpq_header SYSTEM INTERFACE ${libpq_INCLUDE_DIRS})

add_library(rapidcheck INTERFACE)
find_library(PARCOURS_RAPIDCHECK rapidcheck REQUIRED)
target_link_libraries(rapidcheck INTERFACE ${PARCOURS_RAPIDCHECK})

if(DEFINED ENV{PARCOURS_CACHE})
  set(PARCOURS_CACHE "$ENV{PARCOURS_CACHE}" CACHE PATH "What scripts/setup fetched")
elseif(DEFINED ENV{XDG_CACHE_HOME})
  set(PARCOURS_CACHE "$ENV{XDG_CACHE_HOME}/parcours" CACHE PATH "What scripts/setup fetched")
else()
  set(PARCOURS_CACHE "$ENV{HOME}/.cache/parcours" CACHE PATH "What scripts/setup fetched")
endif()

set(DUCKDB_ROOT "$ENV{DUCKDB_ROOT}" CACHE PATH "An installed DuckDB: include/duckdb.h, lib/libduckdb.so")
find_path(DUCKDB_INCLUDE duckdb.h HINTS ${DUCKDB_ROOT} ${PARCOURS_CACHE}/duckdb
          PATH_SUFFIXES include REQUIRED)
find_library(DUCKDB_LIBRARY duckdb HINTS ${DUCKDB_ROOT} ${PARCOURS_CACHE}/duckdb
             PATH_SUFFIXES lib REQUIRED)
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES
  IMPORTED_LOCATION ${DUCKDB_LIBRARY}
  IMPORTED_NO_SONAME ON
  INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_INCLUDE})
