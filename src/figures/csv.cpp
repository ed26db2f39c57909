#include "figures/csv.h"

#include "error.h"

namespace grokreport::figures {

Csv::Csv(const std::vector<std::string>& header) : columns_(header.size()) {
    std::vector<std::string> cells;
    for (const std::string& name : header) cells.push_back(quoted(name));
    add(cells);
}

void Csv::row(const std::vector<double>& cells) {
    std::vector<std::string> texts;
    for (const double value : cells) texts.push_back(cell(value));
    add(texts);
}

std::string Csv::quoted(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

void Csv::add(const std::vector<std::string>& cells) {
    if (cells.size() != columns_)
        throw Error(fmt::format("a row of {} cells in a table of {} columns", cells.size(), columns_),
                    "give one cell a column");
    text_ += fmt::format("{}\n", fmt::join(cells, ","));
}

} // namespace grokreport::figures
