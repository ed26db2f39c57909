#include "commands/render.h"

#include "base/process.h"
#include "commands/output.h"
#include "render/page.h"
#include "runs/results_store.h"

namespace grokreport {

void render_stored(const RenderRequest& request) {
    require_program("node", "nodejs");
    write_page(request.paths.index(),
               render_report(stored_results(request.config, request.paths), request.paths,
                             {.formulas_cache = request.paths.formulas_cache(request.config.seed)}));
}

} // namespace grokreport
