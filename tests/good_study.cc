#include "good_study.h"

#include <fstream>
#include <sstream>

namespace parcours {

std::string good_study() {
  return R"([study]
id     = "adults"
title  = { en = "Adults", fr = "Adultes" }
permit = "2026-DR-014"
purpose  = "public-health-research"
asked_by = "Observatoire des soins de ville"
period = [2023-01-01, 2025-12-31]
rules  = "france-2026"

[population]
index = 2024-01-01
age   = [18, 99]

[variables]
sex = { field = "sex" }
age = { field = "age", bands = [18, 40, 65] }
hypertension = { any = "diagnosis:I10*" }

[[table]]
id = "hypertension"
by = ["age", "sex"]
of = "hypertension"
)";
}

std::string good_rules() {
  std::ifstream file(std::string(PARCOURS_SOURCE_DIR) + "/rules/france-2026.toml");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace parcours
