#include "duck/duck.h"

#include <duckdb.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <new>
#include <utility>

#include "base/check.h"
#include "base/memory.h"
#include "duck/column_type.h"
#include "duck/fault.h"

namespace parcours::duck {
namespace {

std::unexpected<Error> failed(const char* message, const std::string& where) {
  return std::unexpected(error_of(message, where));
}

// Files come to DuckDB by their descriptors' names.
Status check_proc() {
  if (::access("/proc/self/fd", X_OK) != 0) {
    return machine_fault("there is no /proc/self/fd, and DuckDB reads files through it", {},
                         "mount it: mount -t proc proc /proc");
  }
  return {};
}

// Known again by error_of().
constexpr const char* no_memory = "bad_alloc";

struct LocalReader {
  std::unique_ptr<columns::Source::Reader> reader;
};

// A chunk of DuckDB's.
class ChunkSink : public columns::Sink {
 public:
  explicit ChunkSink(duckdb_data_chunk chunk) : chunk_(chunk) {}

  std::size_t columns() const override { return duckdb_data_chunk_get_column_count(chunk_); }
  void set_null(std::size_t column, std::size_t row) override {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_, column);
    duckdb_vector_ensure_validity_writable(vector);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
  }
  void set_text(std::size_t column, std::size_t row, std::string_view text) override {
    duckdb_vector_assign_string_element_len(duckdb_data_chunk_get_vector(chunk_, column), row,
                                            text.data(), text.size());
  }

 private:
  void* data(std::size_t column) override {
    return duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk_, column));
  }
  duckdb_data_chunk chunk_;
};

void bind_source(duckdb_bind_info info) {
  auto* source = static_cast<columns::Source*>(duckdb_bind_get_extra_info(info));
  for (const columns::Column& column : source->columns()) {
    duckdb_logical_type type =
        duckdb_create_logical_type(static_cast<duckdb_type>(type_of(column.type)));
    duckdb_bind_add_result_column(info, column.name.c_str(), type);
    duckdb_destroy_logical_type(&type);
  }
}

void init_source(duckdb_init_info info) {
  auto* source = static_cast<columns::Source*>(duckdb_init_get_extra_info(info));
  duckdb_init_set_max_threads(info, static_cast<idx_t>(source->most_threads()));
}

// DuckDB calls these on threads of its own, which no exception may leave.
void init_reader(duckdb_init_info info) try {
  auto* source = static_cast<columns::Source*>(duckdb_init_get_extra_info(info));
  auto local = std::make_unique<LocalReader>(source->reader());
  duckdb_init_set_init_data(info, local.release(),
                            [](void* data) { delete static_cast<LocalReader*>(data); });
} catch (const std::bad_alloc&) {
  duckdb_init_set_error(info, no_memory);
}

void fill_chunk(duckdb_function_info info, duckdb_data_chunk chunk) {
  try {
    auto* local = static_cast<LocalReader*>(duckdb_function_get_local_init_data(info));
    ChunkSink sink(chunk);
    const Result<std::size_t> rows = local->reader->fill(sink);
    if (rows) {
      duckdb_data_chunk_set_size(chunk, *rows);
      return;
    }
    duckdb_function_set_error(info, carried(rows.error()).c_str());
  } catch (const std::bad_alloc&) {
    duckdb_function_set_error(info, no_memory);
  }
  duckdb_data_chunk_set_size(chunk, 0);
}

}  // namespace

struct Database::State {
  duckdb_database database = nullptr;
  ~State() { duckdb_close(&database); }
};

struct Connection::State {
  std::shared_ptr<void> database;  // kept open as long as a connection needs it
  duckdb_connection connection = nullptr;
  std::atomic<bool> interrupted = false;  // by us
  ~State() { duckdb_disconnect(&connection); }
};

struct Stream::State {
  std::shared_ptr<Connection::State> asked;
  std::string sql;
  duckdb_result result{};
  bool has_result = false;
  duckdb_data_chunk chunk = nullptr;
  std::size_t rows = 0;
  std::vector<std::string> names;
  std::vector<duckdb_type> types;
  std::vector<duckdb_vector> vectors;
  std::string where;
  std::vector<InputFile> files;  // which the statement names: open until it has ended

  // Why the result's rows broke off.
  //
  // A thread of DuckDB's that meets an error interrupts the others, and now and then the one that
  // hands out the rows sees the interruption before the error, which is then lost. So where nobody
  // asked to stop, the statement is run again, its rows dropped, to learn what went wrong.
  Error error() {
    Error broken = error_of(duckdb_result_error(&result), where);
    if (broken.fault != Fault::stopped || asked->interrupted) {
      return broken;
    }
    duckdb_result again;
    if (duckdb_query(asked->connection, ("EXPLAIN ANALYZE " + sql).c_str(), &again) !=
        DuckDBSuccess) {
      broken = error_of(duckdb_result_error(&again), where);
    }
    duckdb_destroy_result(&again);
    return broken;
  }

  ~State() {
    if (chunk != nullptr) {
      duckdb_destroy_data_chunk(&chunk);
    }
    if (has_result) {
      duckdb_destroy_result(&result);
    }
  }
};

Database::Database(std::shared_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const Options& options) {
  RETURN_IF_ERROR(check_proc());
  duckdb_config config = nullptr;
  if (duckdb_create_config(&config) != DuckDBSuccess) {
    return machine_fault("cannot start DuckDB");
  }
  bool is_set = true;  // it fails where memory runs out
  const auto set = [&](const char* name, const std::string& value) {
    is_set = is_set && duckdb_set_config(config, name, value.c_str()) == DuckDBSuccess;
  };
  set("threads", std::to_string(options.threads));
  set("autoinstall_known_extensions", "false");
  set("autoload_known_extensions", "false");
  set("preserve_insertion_order", options.in_order ? "true" : "false");
  set("enable_external_file_cache", "false");
  // The rest is for what DuckDB does not count and for structures of ours.
  set("memory_limit", fmt::format("{}KiB", memory_limit() / 4 * 3 / 1024));
  set("temp_directory", options.scratch);
  set("lock_configuration", "true");
  if (!is_set) {
    duckdb_destroy_config(&config);
    return machine_fault("DuckDB does not take its settings", {},
                         "is there memory enough? see --memory");
  }

  auto state = std::make_shared<State>();
  char* message = nullptr;
  const duckdb_state opened = duckdb_open_ext(":memory:", &state->database, config, &message);
  duckdb_destroy_config(&config);
  if (opened != DuckDBSuccess) {
    auto error = failed(message, {});
    duckdb_free(message);
    return error;
  }
  return Database(std::move(state));
}

Result<Connection> Database::connect() {
  auto state = std::make_shared<Connection::State>();
  state->database = state_;
  if (duckdb_connect(state_->database, &state->connection) != DuckDBSuccess) {
    return machine_fault("cannot connect to DuckDB");
  }
  return Connection(std::move(state));
}

Connection::Connection(std::shared_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Status Connection::run(const std::string& sql, const std::string& where) {
  duckdb_result result;
  const duckdb_state state = duckdb_query(state_->connection, sql.c_str(), &result);
  Status status;
  if (state != DuckDBSuccess) {
    status = failed(duckdb_result_error(&result), where);
  }
  duckdb_destroy_result(&result);
  return status;
}

Result<Stream> Connection::stream(const std::string& sql, const std::string& where) {
  return stream(sql, std::vector<InputFile>{}, where);
}

Result<Stream> Connection::stream(const std::string& sql, const FileTable& table) {
  return stream(sql, table.files(), table.files().front().name());
}

Result<Stream> Connection::stream(const std::string& sql, std::vector<InputFile> files,
                                  const std::string& where) {
  duckdb_prepared_statement statement = nullptr;
  if (duckdb_prepare(state_->connection, sql.c_str(), &statement) != DuckDBSuccess) {
    auto error = failed(duckdb_prepare_error(statement), where);
    duckdb_destroy_prepare(&statement);
    return error;
  }
  auto state = std::make_unique<Stream::State>();
  state->asked = state_;
  state->sql = sql;
  state->where = where;
  state->files = std::move(files);
  duckdb_pending_result pending = nullptr;
  duckdb_state ready = duckdb_pending_prepared_streaming(statement, &pending);
  if (ready == DuckDBSuccess) {
    ready = duckdb_execute_pending(pending, &state->result);
    state->has_result = true;
  }
  Status running;
  if (ready != DuckDBSuccess) {
    running = state->has_result ? std::unexpected(state->error())
                                : failed(duckdb_pending_error(pending), where);
  }
  duckdb_destroy_pending(&pending);
  duckdb_destroy_prepare(&statement);
  RETURN_IF_ERROR(running);
  const idx_t columns = duckdb_column_count(&state->result);
  for (idx_t i = 0; i < columns; ++i) {
    state->names.emplace_back(duckdb_column_name(&state->result, i));
    state->types.push_back(duckdb_column_type(&state->result, i));
  }
  return Stream(std::move(state));
}

Status Connection::add(const std::string& name, columns::Source& source) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, name.c_str());
  duckdb_table_function_set_extra_info(function, &source, nullptr);
  duckdb_table_function_set_bind(function, bind_source);
  duckdb_table_function_set_init(function, init_source);
  duckdb_table_function_set_local_init(function, init_reader);
  duckdb_table_function_set_function(function, fill_chunk);
  const duckdb_state added = duckdb_register_table_function(state_->connection, function);
  duckdb_destroy_table_function(&function);
  if (added != DuckDBSuccess) {
    return machine_fault("DuckDB refused the table function " + name);
  }
  return {};
}

void Connection::interrupt() {
  state_->interrupted = true;
  duckdb_interrupt(state_->connection);
}

Stream::Stream(std::unique_ptr<State> state) : state_(std::move(state)) {}
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;
Stream::~Stream() = default;

Result<bool> Stream::next() {
  if (state_->chunk != nullptr) {
    duckdb_destroy_data_chunk(&state_->chunk);
  }
  state_->rows = 0;
  state_->chunk = duckdb_fetch_chunk(state_->result);
  if (state_->chunk == nullptr) {
    if (const char* message = duckdb_result_error(&state_->result);
        message != nullptr && *message != 0) {
      return std::unexpected(state_->error());
    }
    return false;
  }
  state_->rows = duckdb_data_chunk_get_size(state_->chunk);
  state_->vectors.clear();
  for (idx_t i = 0; i < state_->names.size(); ++i) {
    state_->vectors.push_back(duckdb_data_chunk_get_vector(state_->chunk, i));
  }
  return state_->rows > 0;
}

std::size_t Stream::rows() const {
  return state_->rows;
}
std::size_t Stream::columns() const {
  return state_->names.size();
}
const std::string& Stream::name(std::size_t column) const {
  return state_->names[column];
}

Status Stream::expect(std::span<const columns::Column> columns) const {
  if (columns.size() != state_->types.size()) {
    return bad_input(fmt::format("{} columns instead of {}", state_->types.size(), columns.size()),
                     state_->where);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (state_->types[i] != static_cast<duckdb_type>(type_of(columns[i].type))) {
      return bad_input(fmt::format("column '{}' has the wrong type", columns[i].name),
                       state_->where);
    }
  }
  return {};
}

const void* Stream::data(std::size_t column, std::size_t width) const {
  PARCOURS_CHECK(width == width_of(state_->types[column]));
  return duckdb_vector_get_data(state_->vectors[column]);
}

bool Stream::null(std::size_t column, std::size_t row) const {
  uint64_t* validity = duckdb_vector_get_validity(state_->vectors[column]);
  return validity != nullptr && !duckdb_validity_row_is_valid(validity, row);
}

bool Stream::any_null(std::size_t column) const {
  if (duckdb_vector_get_validity(state_->vectors[column]) == nullptr) {
    return false;
  }
  for (std::size_t row = 0; row < state_->rows; ++row) {
    if (null(column, row)) {
      return true;
    }
  }
  return false;
}

const std::uint64_t* Stream::validity(std::size_t column) const {
  return duckdb_vector_get_validity(state_->vectors[column]);
}

std::string_view Stream::text(std::size_t column, std::size_t row) const {
  PARCOURS_CHECK(state_->types[column] == DUCKDB_TYPE_VARCHAR);
  const auto* strings = static_cast<const duckdb_string_t*>(data(column, sizeof(duckdb_string_t)));
  auto* string = const_cast<duckdb_string_t*>(&strings[row]);
  return {duckdb_string_t_data(string), duckdb_string_t_length(*string)};
}

std::string quoted(std::string_view text) {
  std::string literal = "'";
  for (const char c : text) {
    literal += c;
    if (c == '\'') {
      literal += c;
    }
  }
  return literal + "'";
}

std::string quoted_name(std::string_view name) {
  std::string identifier = "\"";
  for (const char c : name) {
    identifier += c;
    if (c == '"') {
      identifier += c;
    }
  }
  return identifier + "\"";
}

}  // namespace parcours::duck
