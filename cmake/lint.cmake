# What `make lint` reads. Most of the time of clang-tidy goes into the library headers, so it reads the units of the build
# (cmake/units.cmake), and in them the files that the build compiles alone for their flags.
# Left out is what Debian's clang 14 cannot read: the headers of LibTorch and of qpdf.
set(UNREADABLE src/model/transformer.cpp src/model/textbook_autograd.cpp src/bench/textbook_epochs.cpp
    src/runs/provenance.cpp src/drawing/convert.cpp)

list(TRANSFORM UNREADABLE PREPEND ${CMAKE_SOURCE_DIR}/)
file(GLOB_RECURSE LINTED CONFIGURE_DEPENDS src/*.cpp)
list(REMOVE_ITEM LINTED ${UNREADABLE})
foreach(FILE ${LINTED})
    unit_of(${FILE} NAME)
    list(APPEND LINT_UNITS ${NAME})
    string(APPEND CONTENT_${NAME} "#include \"${FILE}\"\n")
endforeach()

list(REMOVE_DUPLICATES LINT_UNITS)
file(REMOVE_RECURSE ${CMAKE_BINARY_DIR}/lint)
foreach(NAME ${LINT_UNITS})
    file(WRITE ${CMAKE_BINARY_DIR}/lint/${NAME}.cpp "${CONTENT_${NAME}}")
    list(APPEND LINT_FILES ${CMAKE_BINARY_DIR}/lint/${NAME}.cpp)
endforeach()

# Never built: it gives the units their place in compile_commands.json.
add_library(grokreport_lint OBJECT EXCLUDE_FROM_ALL ${LINT_FILES})
target_link_libraries(grokreport_lint PRIVATE grokreport_core)
target_compile_definitions(grokreport_lint PRIVATE GROKREPORT_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
