#include "sections/section.h"

#include <algorithm>
#include <iterator>

namespace grokreport {

void SectionOutput::add(SectionOutput other) {
    std::ranges::move(other.measurements, std::back_inserter(measurements));
    facts.update(other.facts);
    std::ranges::move(other.drawings, std::back_inserter(drawings));
    if (!other.explorer.is_null()) explorer = std::move(other.explorer);
}

} // namespace grokreport
