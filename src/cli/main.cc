#include "cli/run.h"
#include "program/entry_point.h"

int main(int argc, char** argv) {
  return parcours::run_main("parcours", argc, argv, parcours::run_command);
}
