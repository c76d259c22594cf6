# What `cmake --install` lays out: a tree that runs wherever it is moved to. scripts/package makes packages of it.
#
#   bin/parcours          looks for DuckDB in ../lib/parcours
#   bin/parcours-practice the program for a practice's computer, which needs no DuckDB
#   lib/parcours          DuckDB; in the archive that runs alone, Debian's libraries as well
#   share/parcours        rules, attackers, examples
#   share/doc/parcours    what README.md links to, and the licences
#   share/man, share/bash-completion

# An RPATH, not a RUNPATH: it also holds for what the libraries in lib/parcours ask for, so that they stay as Debian built them.
foreach(program parcours parcours-practice)
  target_link_options(${program} PRIVATE -Wl,--disable-new-dtags)
  set_target_properties(${program} PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/parcours")
  install(TARGETS ${program} RUNTIME DESTINATION bin)
endforeach()

get_filename_component(duckdb_name ${DUCKDB_LIBRARY} NAME)
get_filename_component(duckdb_file ${DUCKDB_LIBRARY} REALPATH)
install(FILES ${duckdb_file} DESTINATION lib/parcours RENAME ${duckdb_name})

install(DIRECTORY rules attackers examples DESTINATION share/parcours)
install(DIRECTORY docs DESTINATION share/doc/parcours)
install(FILES README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE NOTICE DESTINATION share/doc/parcours)

# The command writes these itself; so they say what this very build does.
install(CODE [[
  set(tree "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}")
  set(pages "${tree}/share/man/man1")
  set(completions "${tree}/share/bash-completion/completions")
  file(MAKE_DIRECTORY "${pages}" "${completions}")
  execute_process(COMMAND "${tree}/bin/parcours" manual "${pages}" COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND "${tree}/bin/parcours" completions
                  OUTPUT_FILE "${completions}/parcours" COMMAND_ERROR_IS_FATAL ANY)
]])
