// The data of a figure as CSV (RFC 4180, lines end in LF): a header line, then one line a row. Doubles
// have 7 significant digits: more than the float32 weights that they are computed from give for certain.
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

    // One row of numbers and texts, mixed freely. Throws Error when it has not one cell a column.
    template <typename... Cells>
    void row(const Cells&... cells) {
        add({cell(cells)...});
    }

    // A row of cells that are not all known by name.
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
