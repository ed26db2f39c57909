#include "bench/textbook_module.h"

#include "base/error.h"

#include <dlfcn.h>
#include <filesystem>

namespace grokreport::bench {

namespace {

// Stays loaded until the process ends: LibTorch does not take well to being unloaded.
TextbookEntry* load_entry() {
    const auto file = std::filesystem::read_symlink("/proc/self/exe").parent_path() / textbook_module;
    if (void* module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL))
        if (void* entry = ::dlsym(module, textbook_entry)) return reinterpret_cast<TextbookEntry*>(entry);
    throw Error("cannot load the textbook model: " + std::string(::dlerror()), "build it anew: make build");
}

} // namespace

std::unique_ptr<EpochRunner> textbook_epochs(const Config& config, int threads) {
    static TextbookEntry* const entry = load_entry();
    return std::unique_ptr<EpochRunner>(entry(config, threads));
}

} // namespace grokreport::bench
