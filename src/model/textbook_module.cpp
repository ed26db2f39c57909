#include "model/textbook_module.h"

#include "base/error.h"

#include <dlfcn.h>
#include <filesystem>

namespace grokreport {

namespace {

constexpr const char* rebuild = "build it anew: make build";

// Stays loaded until the process ends: unloading LibTorch is not safe.
void* load_module() {
    const auto file = std::filesystem::read_symlink("/proc/self/exe").parent_path() / textbook_module;
    void* const module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr)
        throw Error("cannot load the textbook model: " + std::string(::dlerror()), rebuild);
    return module;
}

} // namespace

void* textbook_function(const std::string& name) {
    static void* const module = load_module();
    if (void* const function = ::dlsym(module, name.c_str())) return function;
    throw Error("the textbook model has no function " + name, rebuild);
}

} // namespace grokreport
