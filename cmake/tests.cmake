# The tests, built where they are asked for: who wants a report does not wait for its tests. tests/ mirrors src/, and
# its files are compiled as a few units (cmake/units.cmake). Those that need LibTorch, whose headers cost 15 s and whose start a
# second, stand in a program of their own.
enable_testing()
file(GLOB_RECURSE TESTS CONFIGURE_DEPENDS tests/*_test.cpp)
set(SUPPORT tests/support/reliability.cpp)
set(TEXTBOOK_TESTS ${TESTS})
list(FILTER TEXTBOOK_TESTS INCLUDE REGEX "_textbook_test\\.cpp$")
list(REMOVE_ITEM TESTS ${TEXTBOOK_TESTS})
if(GROKREPORT_SANITIZE AND NOT GROKREPORT_COVERAGE) # they only compute, or look at the source
    list(FILTER TESTS EXCLUDE REGEX "tests/(bench|calibration|house)/")
endif()
set(THREAD_TESTS base/thread_pool base/folder_watch training/engine training/engine_properties training/trainer training/concurrent_runs
    drawing/figures render/live_page) # make threads
list(TRANSFORM THREAD_TESTS REPLACE "(.+)" "${CMAKE_SOURCE_DIR}/tests/\\1_test.cpp")

add_executable(grokreport_tests EXCLUDE_FROM_ALL ${SUPPORT} tests/support/calibration.cpp ${TESTS})
add_executable(grokreport_textbook_tests EXCLUDE_FROM_ALL ${TEXTBOOK_TESTS} src/model/transformer.cpp)
add_executable(grokreport_thread_tests EXCLUDE_FROM_ALL ${SUPPORT} ${THREAD_TESTS} src/render/live_page.cpp)
target_link_libraries(grokreport_textbook_tests PRIVATE grokreport_torch)
foreach(tests grokreport_tests grokreport_textbook_tests grokreport_thread_tests)
    set_target_properties(${tests} PROPERTIES ENABLE_EXPORTS ON)
    target_include_directories(${tests} PRIVATE tests)
    target_link_libraries(${tests} PRIVATE Catch2::Catch2WithMain)
    target_compile_options(${tests} PRIVATE -O0)
    # Without a try block around every assertion: an exception still fails its test case.
    target_compile_definitions(${tests} PRIVATE CATCH_CONFIG_FAST_COMPILE
        GROKREPORT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" GROKREPORT_BINARY="$<TARGET_FILE:grokreport>")
endforeach()
foreach(tests grokreport_tests grokreport_thread_tests)
    target_precompile_headers(${tests} PRIVATE <catch2/catch.hpp> <fmt/format.h> <nlohmann/json.hpp> <string> <vector>)
endforeach()
target_link_libraries(grokreport_tests PRIVATE grokreport_core)
target_link_libraries(grokreport_textbook_tests PRIVATE grokreport_core)
target_link_libraries(grokreport_thread_tests PRIVATE grokreport_lower ${HTTPLIB_LIBRARY})
target_include_directories(grokreport_thread_tests SYSTEM PRIVATE ${HTTPLIB_INCLUDE_DIR})
add_dependencies(grokreport_tests grokreport)
set_source_files_properties(tests/support/reliability.cpp tests/support/calibration.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON) # Catch2's listeners
set_source_files_properties(tests/drawing/svg_test.cpp PROPERTIES COMPILE_DEFINITIONS POINTERHOLDER_TRANSITION=4)
set_source_files_properties(tests/render/live_page_test.cpp PROPERTIES COMPILE_DEFINITIONS "${HTTPLIB_DEFINITIONS}")
unite(grokreport_tests ${TESTS})
if(GROKREPORT_UNITY)
    set_target_properties(grokreport_textbook_tests PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
endif()

if(GROKREPORT_SANITIZE)
    set(COMPLETE -include ${CMAKE_SOURCE_DIR}/tests/sanitizers/vector.h)
    set(INCOMPLETE src/runs/provenance.cpp src/drawing/convert.cpp tests/drawing/svg_test.cpp)
    set_property(SOURCE ${INCOMPLETE} PROPERTY SKIP_PRECOMPILE_HEADERS ON)
    set_property(SOURCE ${INCOMPLETE} APPEND PROPERTY COMPILE_OPTIONS ${COMPLETE})
    target_compile_options(grokreport_textbook PRIVATE ${COMPLETE})
    target_compile_options(grokreport_textbook_tests PRIVATE ${COMPLETE})
    # clang tells of a loop that it does not vectorise
    set_property(SOURCE src/training/adamw.cpp src/training/table_sums.cpp APPEND PROPERTY COMPILE_OPTIONS
        -Wno-pass-failed)
endif()

# What reads from outside, thrown hostile bytes at by libFuzzer: `make fuzz`, in the build of `make sanitize`.
if(GROKREPORT_SANITIZE MATCHES address)
    foreach(name checkpoint safetensors template options stored)
        add_executable(${name}_fuzz EXCLUDE_FROM_ALL tests/fuzz/${name}_fuzz.cpp)
        target_include_directories(${name}_fuzz PRIVATE tests)
        target_compile_definitions(${name}_fuzz PRIVATE GROKREPORT_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        target_link_libraries(${name}_fuzz PRIVATE grokreport_core)
        target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
    endforeach()
    add_custom_target(fuzzers DEPENDS checkpoint_fuzz safetensors_fuzz template_fuzz options_fuzz stored_fuzz)
endif()

# What `ctest` runs: several entries, so that both cores have work, the longest first. Each test case is in exactly one
# of them: an entry names its tags, and the last one takes what no other names.
set(BUILT_REPORT ${CMAKE_BINARY_DIR}/tests/small-report)
add_test(NAME build COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR}
    --target grokreport_tests grokreport_textbook_tests)
set_tests_properties(build PROPERTIES FIXTURES_SETUP built)
# One small report for all test cases that only read one, or start from a copy.
add_test(NAME small_report COMMAND grokreport_tests "[small-report]")
set_tests_properties(small_report PROPERTIES COST 110 FIXTURES_REQUIRED built FIXTURES_SETUP small_report
    ENVIRONMENT GROKREPORT_MAKE_SMALL_REPORT=${BUILT_REPORT})

function(add_tests name cost filter)
    add_test(NAME ${name} COMMAND grokreport_tests ${filter})
    set(fixtures built ${ARGN})
    set_tests_properties(${name} PROPERTIES COST ${cost} FIXTURES_REQUIRED "${fixtures}")
endfunction()
add_tests(program 100 "[pipeline]" small_report)
add_tests(faults 90 "[faults]" small_report)
set_tests_properties(program faults PROPERTIES ENVIRONMENT GROKREPORT_SMALL_REPORT=${BUILT_REPORT})
add_tests(oracle 80 "[oracle]~[pipeline]")
add_tests(drawing 70 "[figures]~[faults]~[pipeline]~[oracle]")
add_tests(rendering 60 "[render]~[figures]~[faults]~[pipeline]~[oracle]")
add_tests(units 50 "~[render]~[figures]~[faults]~[pipeline]~[oracle]~[small-report]")
add_test(NAME textbook COMMAND grokreport_textbook_tests)
set_tests_properties(textbook PROPERTIES COST 40 FIXTURES_REQUIRED built)

# What `make sanitize` runs: where memory can go wrong. Left out are tests that kill the program a hundred times over,
# that ask Python, or that compute at the full size and no more; and whole programs, but for one that reaches most
# lines and those in which the program refuses.
if(GROKREPORT_SANITIZE)
    add_test(NAME watched_program COMMAND grokreport_tests "two seeds and a grid*,*is refused in one line")
    add_test(NAME watched_units COMMAND grokreport_tests
        "~[faults]~[oracle]~[pipeline]~[figures]~[render]~[small-report]~[large]")
    add_test(NAME watched_render COMMAND grokreport_tests "[render]~[pipeline],[figures]~[pipeline]~[faults]~[oracle]")
    set_tests_properties(watched_program watched_units watched_render PROPERTIES LABELS watched)
endif()
