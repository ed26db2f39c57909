# Which files are compiled, and read by `make lint`, as one: UNITS are regular expressions on a path from the root, the
# first that fits counts. What computes is not among them: its templates are Eigen's, and eight such files are a unit.
set(UNITS
    "figures:^src/sections/.*/figures[a-z_]*\\.cpp$"
    "claims:^src/(claims/|sections/.*claims\\.cpp$)"
    "sections:^src/sections/"
    "render:^src/render/"
    "program:^src/((bench|cli|commands|pipeline)/|main)"
    "training:^src/training/"
    "model:^src/(checkpoint|model)/"
    "base:^src/(base|drawing|runs)/"
    "tests_readout:^tests/sections/readout/"
    "tests_heads:^tests/(spectral/|sections/(attention|petals|recombination)/)"
    "tests_sections:^tests/sections/"
    "tests_claims:^tests/(claims|calibration|house)/"
    "tests_program:^tests/(bench|cli|commands|pipeline|program)/"
    "tests_render:^tests/(drawing|render)/"
    "tests_base:^tests/")

function(unit_of file unit)
    list(FIND ANALYSES ${file} PLACE)
    if(PLACE GREATER_EQUAL 0)
        math(EXPR PLACE "${PLACE} / 8")
        set(${unit} analyses_${PLACE} PARENT_SCOPE)
        return()
    endif()
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${file})
    foreach(entry ${UNITS})
        string(REGEX MATCH "^([a-z_]+):(.*)$" entry ${entry})
        set(name ${CMAKE_MATCH_1})
        if(path MATCHES "${CMAKE_MATCH_2}")
            set(${unit} ${name} PARENT_SCOPE)
            return()
        endif()
    endforeach()
    message(FATAL_ERROR "${path} is in no unit: add its folder to cmake/units.cmake")
endfunction()
