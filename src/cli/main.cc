#include "cli/run.h"
#include "program/entry_point.h"

int main(int argc, char** argv) {
  return parcours::program::run_main("parcours", argc, argv, parcours::cli::run_command);
}
