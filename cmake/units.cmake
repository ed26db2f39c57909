# Which files are compiled, and read by `make lint`, as one. Files that compute use Eigen's templates: eight of them are a unit.
# For the others each entry of UNITS is a name and a regular expression for paths; the first that fits counts.
file(GLOB ANALYSES CONFIGURE_DEPENDS src/spectral/*.cpp src/model/activations.cpp src/model/scores.cpp src/sections/*/analysis.cpp
    src/sections/mlp/subspaces.cpp src/sections/mlp/superposition.cpp src/sections/readout/*.cpp)
list(FILTER ANALYSES EXCLUDE REGEX "/(section|facts|explain|[a-z]*_?claims|figures[a-z_]*)\\.cpp$")
set(UNITS
    "figures:^src/sections/.*/figures[a-z_]*\\.cpp$"
    "claims:^src/(claims/|sections/.*claims\\.cpp$)"
    "sections:^src/sections/"
    "render:^src/render/"
    "program:^src/((bench|cli|commands|pipeline)/|main\\.cpp$)"
    "training:^src/training/"
    "model:^src/(checkpoint|model)/"
    "base:^src/(base|drawing|runs)/"
    "tests_readout:^tests/sections/readout/"
    "tests_heads:^tests/(spectral/|sections/(attention|petals|recombination)/)"
    "tests_sections:^tests/sections/"
    "tests_claims:^tests/(claims|calibration|house)/"
    "tests_program:^tests/(bench|cli|commands|pipeline|program)/"
    "tests_render:^tests/(drawing|render)/"
    "tests_base:^tests/(base|checkpoint|model|runs|support|training)/")

function(unit_of file unit)
    list(FIND ANALYSES ${file} place)
    if(place GREATER_EQUAL 0)
        math(EXPR place "${place} / 8")
        set(${unit} analyses_${place} PARENT_SCOPE)
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
