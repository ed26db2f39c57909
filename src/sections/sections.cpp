#include "sections/sections.h"

#include "base/thread_pool.h"
#include "sections/attention/claims.h"
#include "sections/attention/section.h"
#include "sections/beyond/section.h"
#include "sections/decoder/claims.h"
#include "sections/decoder/section.h"
#include "sections/embedding/claims.h"
#include "sections/embedding/section.h"
#include "sections/grokking/claims.h"
#include "sections/grokking/section.h"
#include "sections/mlp/claims.h"
#include "sections/mlp/linear.h"
#include "sections/mlp/section.h"
#include "sections/petals/claims.h"
#include "sections/petals/section.h"
#include "sections/readout/claims.h"
#include "sections/readout/exactness.h"
#include "sections/readout/section.h"
#include "sections/recombination/claims.h"
#include "sections/recombination/section.h"
#include "sections/task/section.h"

#include <Eigen/Core>
#include <algorithm>
#include <functional>
#include <iterator>
#include <vector>

namespace grokreport {

namespace {

// The claim about the model without ReLU stands where section 8 of the post makes it, before the circles of
// the hidden layer.
BoundTable mlp_definitions(const Config& config) {
    BoundTable table = definitions_of(mlp_claims(config));
    const BoundTable linear = definitions_of(linear_claims(config));
    const auto place = std::ranges::find(table, "mlp.circles-preserved", &ClaimDefinition::id);
    table.insert(place, linear.begin(), linear.end());
    return table;
}

} // namespace

SectionOutput analyse_sections(const Runs& runs, const Models& models, int threads) {
    Eigen::setNbThreads(1); // the last bits of a product would depend on the number of threads
    const std::vector<std::function<SectionOutput()>> sections{
        [&] { return task_section(models); },        [&] { return grokking_section(runs, models); },
        [&] { return embedding_section(models); },   [&] { return attention_section(models); },
        [&] { return petals_section(models); },      [&] { return recombination_section(models); },
        [&] { return mlp_section(models); },         [&] { return linear_section(runs); },
        [&] { return decoder_section(models); },     [&] { return readout_section(runs, models); },
        [&] { return exactness_section(runs.relu); }};
    std::vector<SectionOutput> outputs(sections.size());
    ThreadPool pool(threads);
    pool.for_each_block(static_cast<int>(sections.size()),
                        [&](int section) { outputs[section] = sections[section](); });

    SectionOutput all;
    for (SectionOutput& output : outputs)
        all.add(std::move(output));
    all.add(beyond_section(models, table_of_bounds(models.config), all.measurements));
    return all;
}

BoundTable table_of_bounds(const Config& config) {
    BoundTable table;
    for (const BoundTable& section :
         {definitions_of(grokking_claims(config)), definitions_of(embedding_claims(config)),
          definitions_of(attention_claims(config)), definitions_of(petals_claims(config)),
          definitions_of(recombination_claims(config)), mlp_definitions(config),
          definitions_of(decoder_claims(config)), definitions_of(readout_claims(config)),
          definitions_of(exactness_claims())})
        std::ranges::copy(section, std::back_inserter(table));
    return table;
}

} // namespace grokreport
