#include "release/data_package.h"

#include <string_view>

#include "base/csv_text.h"
#include "release/figures.h"

namespace parcours::release {
namespace {

using nlohmann::ordered_json;

// Names in a package are of small letters, digits and . _ - (Data Package v1, "name").
std::string name_of(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    name += upper ? static_cast<char>(c + 32) : kept ? c : '-';
  }
  return name;
}

struct Schema {
  ordered_json fields = ordered_json::array();
  ordered_json key = ordered_json::array();

  ordered_json json() && {
    return {{"fields", fields}, {"primaryKey", key}, {"missingValues", {""}}};
  }
};

// The columns of codes.
Schema codes_of(const tables::Table& table) {
  Schema made;
  auto& [fields, key] = made;
  for (const tables::Dimension& dimension : table.dimensions) {
    ordered_json codes = ordered_json::array();
    for (const tables::Category& category : dimension.categories) {
      codes.push_back(csv_guarded(category.code));
    }
    codes.push_back(dimension.code(dimension.total()));
    fields.push_back({{"name", csv_guarded(dimension.id)},
                      {"title", page::in(page::Language::english, dimension.label)},
                      {"type", "string"},
                      {"constraints", {{"required", true}, {"enum", codes}}}});
    key.push_back(csv_guarded(dimension.id));
  }
  return made;
}

void add_mean(const tables::Table& table, Schema& schema) {
  if (table.mean_of) {
    schema.fields.push_back(
        {{"name", "mean"},
         {"title", "Mean: " + page::in(page::Language::english, *table.mean_of)},
         {"type", "number"}});
  }
}

ordered_json schema_of(const tables::Table& table) {
  Schema made = codes_of(table);
  made.fields.push_back(
      {{"name", "status"},
       {"title", "Status"},
       {"description",
        "published or confidential. A confidential cell is hidden to protect patients and is not "
        "zero"},
       {"type", "string"},
       {"constraints",
        {{"required", true}, {"enum", {tables::published_word, tables::confidential_word}}}}});
  made.fields.push_back(
      {{"name", "patients"},
       {"title", "Patients"},
       {"description", "Number of patients in the cell; missing where the cell is confidential"},
       {"type", "integer"},
       {"constraints", {{"minimum", 0}}}});
  add_mean(table, made);
  return std::move(made).json();
}

ordered_json schema_of_earlier(const tables::Table& table) {
  Schema made = codes_of(table);
  made.fields.push_back({{"name", "patients"},
                         {"title", "Patients"},
                         {"description",
                          "Number of patients in the cell, as an earlier release "
                          "of the study showed it"},
                         {"type", "integer"},
                         {"constraints", {{"required", true}, {"minimum", 1}}}});
  add_mean(table, made);
  made.fields.push_back({{"name", "period"},
                         {"title", "Period"},
                         {"description", "What the figure is of: the first and the last day"},
                         {"type", "string"}});
  made.fields.push_back({{"name", "released_on"},
                         {"title", "Released on"},
                         {"type", "date"},
                         {"constraints", {{"required", true}}}});
  return std::move(made).json();
}

ordered_json resource_of_earlier(const tables::Table& table, const Made& file) {
  ordered_json resource;
  resource["name"] = name_of(table.id + ".earlier");
  resource["path"] = file.path;
  resource["profile"] = "tabular-data-resource";
  resource["title"] =
      page::in(page::Language::english, table.title) + ": figures of earlier releases";
  resource["format"] = "csv";
  resource["mediatype"] = "text/csv";
  resource["encoding"] = "utf-8";
  resource["bytes"] = file.bytes;
  resource["hash"] = "sha256:" + file.sha256;
  resource["schema"] = schema_of_earlier(table);
  return resource;
}

ordered_json resource_of(const tables::Table& table, const Made& file) {
  const bool csv = file.path.ends_with(".csv");
  ordered_json resource;
  resource["name"] = name_of(csv ? table.id : table.id + ".parquet");
  resource["path"] = file.path;
  resource["profile"] = csv ? "tabular-data-resource" : "data-resource";
  resource["title"] = page::in(page::Language::english, table.title);
  resource["format"] = csv ? "csv" : "parquet";
  resource["mediatype"] = csv ? "text/csv" : "application/vnd.apache.parquet";
  if (csv) {
    resource["encoding"] = "utf-8";
  }
  if (csv) {
    resource["bytes"] = file.bytes;  // validators read Parquet as a table, and count no bytes of it
  }
  resource["hash"] = "sha256:" + file.sha256;
  // Of Parquet too: a reader that guesses takes codes for numbers.
  resource["schema"] = schema_of(table);
  return resource;
}

}  // namespace

ordered_json data_package(const Release& release, const std::vector<Made>& files) {
  ordered_json json;
  json["profile"] = "data-package";
  json["name"] = name_of(release.asked().study);
  json["title"] = page::in(page::Language::english, release.asked().title);
  json["created"] = release.asked().day + "T00:00:00Z";
  json["resources"] = ordered_json::array();
  for (const tables::Table& table : release.verdict().tables()) {
    for (const Made& file : files) {
      if (file.path == "tables/" + table.id + ".csv" ||
          file.path == "tables/" + table.id + ".parquet") {
        json["resources"].push_back(resource_of(table, file));
      } else if (file.path == "earlier/" + table.id + ".csv") {
        json["resources"].push_back(resource_of_earlier(table, file));
      }
    }
  }
  return json;
}

}  // namespace parcours::release
