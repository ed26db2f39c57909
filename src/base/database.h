// A database in one file (SQLite): rows of a sweep survive a kill, and two processes may write in turn.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace grokreport {

// One SQL statement with places `?` for values.
class Statement {
  public:
    // Binds the next place, from the first on.
    Statement& bind(std::string_view text);
    Statement& bind(std::int64_t number);
    Statement& bind(std::optional<double> number); // nothing and what is not finite become NULL

    // Goes to the next row of the result; false after the last. Throws Error where SQLite fails.
    bool step();
    // To the end, then ready to be bound anew.
    void run();

    std::string text(int column) const;
    std::int64_t integer(int column) const;
    std::optional<double> number(int column) const; // nothing for NULL

  private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    std::string file_;
    int next_ = 1;
};

class Database {
  public:
    // Opens the file or creates it. A journal beside it, not a write-ahead log, keeps it whole: that also
    // holds on a network file system that locks files. Another writer is waited for, up to a minute. Throws
    // Error.
    explicit Database(const std::filesystem::path& file);

    void execute(const std::string& sql);
    Statement prepare(const std::string& sql) const;

  private:
    struct Close {
        void operator()(sqlite3* connection) const;
    };
    std::string file_;
    std::unique_ptr<sqlite3, Close> connection_;
};

// Everything between its begin and commit() is written at once. Without commit() nothing is.
class Transaction {
  public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    Database& database_;
    bool open_ = true;
};

} // namespace grokreport
