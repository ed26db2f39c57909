#include "base/database.h"

#include "base/error.h"

#include <cmath>
#include <fmt/format.h>
#include <sqlite3.h>

namespace grokreport {

namespace {

constexpr int milliseconds_to_wait = 60'000; // for another writer

const char* mend_of(int code) {
    switch (code & 0xff) { // without the extended part
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "wait until the other process has ended";
    case SQLITE_FULL:
        return "free disk space";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
        return "delete it: it is made again from the trained runs, and where these were dropped by training";
    default:
        return "check that the file can be written and that its disk works";
    }
}

[[noreturn]] void fail(int code, const std::string& file, const std::string& why) {
    throw Error(fmt::format("{}: {}", file, why), mend_of(code));
}

void require_done(int code, const std::string& file, sqlite3* connection) {
    if (code != SQLITE_OK) fail(code, file, sqlite3_errmsg(connection));
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement& Statement::bind(std::string_view text) {
    require_done(sqlite3_bind_text64(statement_.get(), next_++, text.data(), text.size(), SQLITE_TRANSIENT,
                                     SQLITE_UTF8),
                 file_, sqlite3_db_handle(statement_.get()));
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    require_done(sqlite3_bind_int64(statement_.get(), next_++, number), file_,
                 sqlite3_db_handle(statement_.get()));
    return *this;
}

Statement& Statement::bind(std::optional<double> number) {
    const int code = number && std::isfinite(*number)
                         ? sqlite3_bind_double(statement_.get(), next_++, *number)
                         : sqlite3_bind_null(statement_.get(), next_++);
    require_done(code, file_, sqlite3_db_handle(statement_.get()));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        fail(code, file_, sqlite3_errmsg(sqlite3_db_handle(statement_.get())));
    return code == SQLITE_ROW;
}

void Statement::run() {
    while (step()) {
    }
    sqlite3_reset(statement_.get());
    next_ = 1;
}

std::string Statement::text(int column) const {
    const auto* const first = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    return first == nullptr
               ? std::string()
               : std::string(first, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::optional<double> Statement::number(int column) const {
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
    return sqlite3_column_double(statement_.get(), column);
}

void Database::Close::operator()(sqlite3* connection) const {
    sqlite3_close(connection);
}

Database::Database(const std::filesystem::path& file) : file_(file.string()) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(
        file_.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
    connection_.reset(opened);
    require_done(code, file_, opened);
    sqlite3_busy_timeout(opened, milliseconds_to_wait);
}

void Database::execute(const std::string& sql) {
    require_done(sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr), file_,
                 connection_.get());
}

Statement Database::prepare(const std::string& sql) const {
    Statement prepared;
    prepared.file_ = file_;
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v2(connection_.get(), sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
    prepared.statement_.reset(statement);
    require_done(code, file_, connection_.get());
    return prepared;
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (const Error&) { // the connection is gone, and so is the transaction
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

} // namespace grokreport
