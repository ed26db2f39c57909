#include "render/claim_formulas.h"

#include "base/error.h"
#include "base/json_numbers.h"
#include "base/numbers.h"
#include "base/text.h"
#include "claims/claim.h"
#include "claims/relation_signs.h"
#include "render/inline_parser.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace grokreport::render {

namespace {

constexpr std::size_t shown_numbers = 8; // a longer list has half as many, then dots

struct FormulaLine {
    std::string text;
    std::size_t offset;
};

// The lines of one claim, in the order of the file.
struct ClaimLines {
    std::string claim;
    std::size_t offset;
    std::vector<FormulaLine> lines{};
};

std::vector<ClaimLines> read_formula_lines(const Source& source) {
    std::vector<ClaimLines> claims;
    std::size_t offset = 0;
    for (const std::string_view part : split(source.text, '\n')) {
        const std::string text(part);
        if (text.starts_with('[') && text.ends_with(']')) {
            claims.push_back({text.substr(1, text.size() - 2), offset});
        } else if (!text.empty() && !text.starts_with('%')) {
            if (claims.empty())
                fail_at(source, offset, "this formula belongs to no claim", "put [claim.id] above it");
            claims.back().lines.push_back({text, offset});
        }
        offset += text.size() + 1;
    }
    return claims;
}

// Whether `name` matches a pattern with at most one *.
bool matches(const std::string& name, const std::string& pattern) {
    const std::size_t star = pattern.find('*');
    if (star == pattern.npos) return name == pattern;
    return name.size() + 1 >= pattern.size() && name.starts_with(pattern.substr(0, star)) &&
           name.ends_with(pattern.substr(star + 1));
}

// Adds the numbers at `path` below `node`. A list or an object adds all of its numbers; null is NaN.
void collect_numbers(const Json& node, const std::string& path, std::vector<double>& numbers) {
    if (path.empty()) {
        if (node.is_structured()) {
            for (const Json& inner : node)
                collect_numbers(inner, "", numbers);
        } else if (node.is_number() || node.is_null()) {
            numbers.push_back(number_or_nan(node));
        }
        return;
    }
    if (!node.is_object()) return;
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string below = dot == path.size() ? "" : path.substr(dot + 1);
    for (const auto& [name, inner] : node.items())
        if (matches(name, path.substr(0, dot))) collect_numbers(inner, below, numbers);
}

std::string list_as_tex(const std::vector<std::string>& terms) {
    const bool is_long = terms.size() > shown_numbers;
    std::string list;
    for (std::size_t i = 0; i < (is_long ? shown_numbers / 2 : terms.size()); ++i)
        list += (i == 0 ? "" : ",\\ ") + terms[i];
    return is_long ? list + ",\\ \\dots" : list;
}

std::string as_tex(double number) {
    return number_as_tex(format_number(number));
}

// The numbers of an expression "path" or "path - path" as TeX; nullopt where there are none.
std::optional<std::string> numbers_of(const std::string& expression, const Json& details) {
    const std::size_t minus = expression.find(" - ");
    std::vector<double> first, second;
    collect_numbers(details, expression.substr(0, minus), first);
    if (first.empty()) return std::nullopt;
    if (minus != expression.npos) collect_numbers(details, expression.substr(minus + 3), second);
    if (minus != expression.npos && first.size() != second.size()) return std::nullopt;
    std::vector<std::string> terms;
    for (std::size_t i = 0; i < first.size(); ++i)
        terms.push_back(second.empty() ? as_tex(first[i]) : as_tex(first[i]) + " - " + as_tex(second[i]));
    return list_as_tex(terms);
}

// The line with its numbers. Where the run has none, the line ends before the last " = " in front of them.
std::string with_numbers(const FormulaLine& line, const Json& claim, bool is_measured, const Source& source) {
    const std::size_t first = line.text.find("{{");
    const std::size_t equals = line.text.rfind(" = ", first);
    if (first != line.text.npos && equals == line.text.npos)
        fail_at(source, line.offset, "no ' = ' stands before the numbers", "write what they are numbers of");
    if (first != line.text.npos && !is_measured) return line.text.substr(0, equals);
    std::string tex = line.text;
    for (std::size_t at = first; at != tex.npos; at = tex.find("{{", at)) {
        const std::size_t end = tex.find("}}", at);
        if (end == tex.npos)
            fail_at(source, line.offset, "these numbers are not closed", "close them with }}");
        const std::string expression = tex.substr(at + 2, end - at - 2);
        const auto numbers = numbers_of(expression, claim.at("details"));
        if (!numbers)
            fail_at(
                source, line.offset,
                fmt::format("the details of {} have no '{}'", claim.at("id").get<std::string>(), expression),
                "see report/claims.json for what they have");
        tex.replace(at, end + 2 - at, *numbers);
        at += numbers->size();
    }
    return tex;
}

Formula formula_of(const FormulaLine& line, const Json& check, const Json& claim, const Source& source) {
    const bool is_measured = claim.at("verdict") != "not-run" && check.at("value").is_number();
    std::string tex = with_numbers(line, claim, is_measured, source);
    if (is_measured) {
        const double value = check.at("value"), bound = check.at("bound");
        const Relation relation = relation_named(check.at("relation"));
        const std::string unit = check.at("unit");
        const RelationSigns& signs = signs_of_relation(relation);
        const char* const sign = holds(value, relation, bound) ? signs.tex : signs.tex_of_opposite;
        const std::string outcome =
            fmt::format("{} {} {}", number_as_tex(format_measured(value, bound)), sign, as_tex(bound));
        tex += " = " + outcome + (unit.empty() ? "" : "\\ " + value_as_tex(unit));
    }
    return {tex, false, place(source, line.offset), ""};
}

} // namespace

std::string number_as_tex(const std::string& formatted) {
    static const std::vector<std::pair<std::string, std::string>> signs{
        {"\u00a0", " "}, {"\u2212", "-"}, {"×", "\\times"}, {",", "{,}"}, {"⁻", "-"}};
    static const std::vector<std::string> exponents{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    if (formatted == "not finite") return "\\text{none}";
    std::string tex = formatted;
    const std::size_t power = tex.find("× 10") == tex.npos ? tex.find("×\u00a010") : tex.find("× 10");
    if (power != tex.npos) tex.insert(tex.find("10", power) + 2, "^{").append("}");
    const auto replace = [&](const std::string& sign, const std::string& by) {
        for (std::size_t at = tex.find(sign); at != tex.npos; at = tex.find(sign, at + by.size()))
            tex.replace(at, sign.size(), by);
    };
    for (std::size_t digit = 0; digit < exponents.size(); ++digit)
        replace(exponents[digit], std::to_string(digit));
    for (const auto& [sign, by] : signs)
        replace(sign, by);
    return tex;
}

std::map<std::string, std::vector<Formula>> claim_formulas(const Source& source, const Json& claims) {
    std::vector<std::string> ids;
    for (const Json& claim : claims)
        ids.push_back(claim.at("id"));
    std::map<std::string, std::vector<Formula>> formulas;
    for (const auto& [id, offset, lines] : read_formula_lines(source)) {
        const auto at = std::ranges::find(ids, id);
        if (at == ids.end())
            fail_at(source, offset, fmt::format("there is no claim '{}'", id),
                    did_you_mean(id, ids, "take it out"));
        if (formulas.contains(id))
            fail_at(source, offset, fmt::format("claim '{}' has its formulas already", id),
                    "put them together");
        const Json& claim = claims.at(static_cast<std::size_t>(at - ids.begin()));
        const Json& checks = claim.at("checks");
        if (checks.size() != lines.size())
            fail_at(source, offset,
                    fmt::format("{} lines for the {} checks of '{}'", lines.size(), checks.size(), id),
                    "write one line a check");
        for (std::size_t i = 0; i < checks.size(); ++i)
            formulas[id].push_back(formula_of(lines[i], checks.at(i), claim, source));
    }
    for (const std::string& id : ids)
        if (!formulas.contains(id))
            throw Error(fmt::format("{}: no formula for the claim '{}'", source.name, id),
                        fmt::format("add [{}] and one line a check", id));
    return formulas;
}

} // namespace grokreport::render
