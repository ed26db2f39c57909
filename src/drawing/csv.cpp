#include "drawing/csv.h"

#include "base/error.h"
#include "base/text.h"

namespace grokreport::figures {

Csv::Csv(const std::vector<std::string>& header) : columns_(header.size()) {
    std::vector<std::string> cells;
    for (const std::string& name : header)
        cells.push_back(quoted(name));
    add(cells);
}

std::string Csv::quoted(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    return quoted_cell(text);
}

void Csv::add(const std::vector<std::string>& cells) {
    if (cells.size() != columns_)
        throw Error(fmt::format("a row of {} cells in a table of {} columns", cells.size(), columns_),
                    "give one cell a column");
    for (std::size_t i = 0; i < cells.size(); ++i) {
        text_ += cells[i];
        text_ += i + 1 < cells.size() ? ',' : '\n';
    }
}

} // namespace grokreport::figures
