// How the relation of a check is written, in one table for all who write it.
#pragma once

#include "claims/claim.h"

#include <array>

namespace grokreport {

struct RelationSigns {
    Relation relation;
    const char* symbol; // of to_string()
    const char* words;  // before a bound, for a sentence such as "is 0.71, not at most 0.7"
    const char* shown;  // on a page
    const char* tex;
    const char* tex_of_opposite;
};
inline constexpr std::array relation_signs{
    RelationSigns{Relation::at_least, ">=", "at least ", "≥", "\\ge", "<"},
    RelationSigns{Relation::greater, ">", "more than ", ">", ">", "\\le"},
    RelationSigns{Relation::at_most, "<=", "at most ", "≤", "\\le", ">"},
    RelationSigns{Relation::less, "<", "less than ", "<", "<", "\\ge"},
    RelationSigns{Relation::equal, "=", "", "=", "=", "\\ne"}};

const RelationSigns& signs_of_relation(Relation relation);

} // namespace grokreport
