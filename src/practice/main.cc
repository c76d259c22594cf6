#include "practice/verbs.h"
#include "program/entry_point.h"

int main(int argc, char** argv) {
  return parcours::program::run_main("parcours-practice", argc, argv, parcours::practice::run);
}
