# The builds of `make sanitize`, `make threads` and `make fuzz`: clang, in half of the time that g++ takes for it, and
# without optimisation but for the engine. What a sanitizer finds ends the program.
if(NOT GROKREPORT_SANITIZE)
    return()
endif()
if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "sanitizers: run `make sanitize` or `make threads`, or cmake with CMAKE_CXX_COMPILER=clang++")
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O0")
if(GROKREPORT_SANITIZE MATCHES address) # the fuzzers link the same library and are guided by its edges
    set(FUZZER_EDGES -fsanitize=fuzzer-no-link)
endif()
set(NUMERIC_FLAGS -O1)
set(EXPONENTIAL_FLAGS -O1 -ffast-math)
target_compile_options(grokreport_options INTERFACE -g1 -fno-omit-frame-pointer
    -fsanitize=${GROKREPORT_SANITIZE} -fno-sanitize-recover=all ${FUZZER_EDGES}
    -fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/tests/sanitizers/ignored.txt)
target_link_options(grokreport_options INTERFACE -fsanitize=${GROKREPORT_SANITIZE})
