// What is missing (base/missing.h), in SQL. For an expression that is a text.
#pragma once

#include <string>

namespace parcours::exports {

// Without spaces around.
std::string trimmed_sql(const std::string& text);

// The same; null where it is missing, or where it names nothing.
std::string present_sql(const std::string& text);
std::string naming_sql(const std::string& text);

}  // namespace parcours::exports
