#include "duck/column_type.h"

#include <duckdb.h>

namespace parcours::duck {

int type_of(columns::Type type) {
  switch (type) {
    case columns::Type::integer:
      return DUCKDB_TYPE_INTEGER;
    case columns::Type::tiny:
      return DUCKDB_TYPE_UTINYINT;
    case columns::Type::real:
      return DUCKDB_TYPE_DOUBLE;
    case columns::Type::date:
      return DUCKDB_TYPE_DATE;
    case columns::Type::uuid:
      return DUCKDB_TYPE_UUID;
    case columns::Type::text:
      return DUCKDB_TYPE_VARCHAR;
  }
  return DUCKDB_TYPE_INVALID;
}

std::size_t width_of(int duckdb_type) {
  switch (duckdb_type) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_UTINYINT:
      return 1;
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_USMALLINT:
      return 2;
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DATE:
      return 4;
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_TIME:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return 8;
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_UHUGEINT:
    case DUCKDB_TYPE_UUID:
      return 16;
    case DUCKDB_TYPE_VARCHAR:
      return sizeof(duckdb_string_t);
    default:
      return 0;
  }
}

}  // namespace parcours::duck
