// The formula of each check of each claim, with the numbers of the run:
//     min over K of purity = min{0.992, 0.908} = 0.908 >= 0.9
// The template formulas.tex has the left side, one line a check, in the order of the checks:
//     [embed.circles]
//     \min_{k \in K} \text{purity}(k) = \min\{ {{k_*.purity}} \}
// A line that begins with % is a comment. {{path}} stands for numbers in the details of the claim, where * is
// any text within a name. {{path - path}} stands for their differences. The right side, "= value relation
// bound", is written from the check, with the relation that holds.
#pragma once

#include "render/context.h"
#include "render/inline_elements.h"
#include "render/source.h"

#include <map>
#include <string>
#include <vector>

namespace grokreport::render {

// By claim id, one formula a check. `claims`: "claims" of claims.json. Where a check has no finite value, the
// formula ends before the numbers. Throws Error with file:line:column for a claim that does not exist or
// stands there twice, for a number of lines that differs from the number of checks, and for a path that the
// details lack. Throws Error for a claim that the template lacks.
std::map<std::string, std::vector<Formula>> claim_formulas(const Source& source, const Json& claims);

// A formatted number as TeX: "1,234" -> "1{,}234", "2.1 × 10⁻¹⁵" -> "2.1 \times 10^{-15}".
std::string number_as_tex(const std::string& formatted);

} // namespace grokreport::render
