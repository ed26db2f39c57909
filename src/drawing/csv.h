// The data of a figure as CSV (RFC 4180, but lines end in LF): a header line, then one line a row. Doubles
// have 7 significant digits, about the precision of the float32 weights that they are computed from.
#pragma once

#include <fmt/format.h>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace grokreport::figures {

class Csv {
  public:
    explicit Csv(const std::vector<std::string>& header);

    // Adds a row of numbers and texts. Throws Error where it does not have one cell a column.
    template <typename... Cells>
    void row(const Cells&... cells) {
        add({cell(cells)...});
    }

    // Adds a row of finished cells, for a number of columns that is known only at run time.
    void add(const std::vector<std::string>& cells);

    const std::string& text() const { return text_; }

    template <typename Cell>
    static std::string cell(const Cell& value) {
        if constexpr (std::is_floating_point_v<Cell>)
            return fmt::format("{:.7g}", value);
        else if constexpr (std::is_arithmetic_v<Cell>)
            return fmt::format("{}", value);
        else
            return quoted(value);
    }

  private:
    static std::string quoted(std::string_view text);

    std::size_t columns_;
    std::string text_;
};

} // namespace grokreport::figures
