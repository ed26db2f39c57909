// One function a section of the post: analyse, measure, tell, draw. Together they are the body of the report;
// report.cpp calls them in the order of the post.
#pragma once

#include "claims/claim.h"
#include "drawing/plot.h"
#include "sections/models.h"
#include "sections/paper/model.h"
#include "training/trainer.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace grokreport {

// The trained models of one seed.
struct Runs {
    TrainedRun relu, linear, frozen;
};

// What the sections found so far.
struct Findings {
    std::vector<Measurement> measurements;
    nlohmann::ordered_json facts; // one object a section: what its template may name
    std::vector<figures::Drawing> drawings;
};

void find_task(const Models& models, Findings& findings);                       // sections 2 and 3
void find_grokking(const Runs& runs, const Models& models, Findings& findings); // section 4
void find_embedding(const Models& models, Findings& findings);                  // section 5
void find_imported_embedding(const Models& models, Findings& findings);         // the same of one checkpoint
void find_attention(const Models& models, Findings& findings);                  // section 6, first part
void find_petals(const Models& models, Findings& findings);                     // sections 6.1 and 6.2
void find_recombination(const Models& models, Findings& findings);              // section 7
void find_mlp(const Models& models, Findings& findings);                        // section 8, the hidden layer
void find_linear_model(const Runs& runs, Findings& findings);                   // section 8, without ReLU
void find_decoder(const Models& models, Findings& findings);                    // section 8, the decoder
void find_beyond(const Models& models,
                 Findings& findings); // the appendix; the last, as it weighs all controls

// What sections 5 and 6 show of a model of the paper's kind beside `ours`. Its facts are one object; it
// measures nothing for claims.
Findings find_paper_model(const PaperModel& paper, const Models& ours);

} // namespace grokreport
