// The formula of each check of each claim with the numbers of the run in it:
//     min over K of purity = min{0.992, 0.908} = 0.908 >= 0.9
// The left side stands in a template, formulas.tex, because it is mathematics that people read:
//     [embed.circles]
//     \min_{k \in K} \text{purity}(k) = \min\{ {{k_*.purity}} \}
// one line a check, in their order; a line that begins with % is a comment. {{path}} stands for numbers among
// the claim's details, where * is any text within a name, and {{path - path}} for their differences one by
// one. The right side, "= value relation bound", is written from the check, with the relation that holds.
#pragma once

#include "render/context.h"
#include "render/inline_elements.h"
#include "render/source.h"

#include <map>
#include <string>
#include <vector>

namespace grokreport::render {

// By claim id, one formula a check. `claims`: "claims" of claims.json. Where a check has no finite value only
// what stands before the numbers is shown. Throws Error with file:line:column for a claim that does not exist
// or stands there twice, for more or fewer lines than checks, and for a path that the details lack; Error for
// a claim that the template lacks.
std::map<std::string, std::vector<Formula>> claim_formulas(const Source& source, const Json& claims);

// A number as TeX: 1234 -> "1{,}234", 2.1e-15 -> "2.1 \times 10^{-15}".
std::string number_as_tex(const std::string& formatted);

} // namespace grokreport::render
