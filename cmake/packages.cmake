# The libraries that the program uses, all of them Debian's. docs/dependencies.md says what each is for.
find_package(Torch REQUIRED)
find_package(Eigen3 3.4 REQUIRED)
find_package(OpenMP REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options iostreams filesystem system)
find_package(Catch2 2 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)
find_package(pugixml REQUIRED)
find_package(PNG REQUIRED)

# Found by hand: Debian's configurations of these ask for OpenCL headers and for programs that their libraries
# do not need.
find_path(CMARK_INCLUDE_DIR cmark.h REQUIRED)
find_library(CMARK_LIBRARY cmark REQUIRED)
find_path(CBLAS_INCLUDE_DIR cblas.h PATH_SUFFIXES openblas REQUIRED) # for the benchmark alone
find_library(OPENBLAS_LIBRARY openblas REQUIRED)
find_path(ZIP_INCLUDE_DIR zip.h REQUIRED)
find_library(ZIP_LIBRARY zip REQUIRED)
find_path(SQLITE_INCLUDE_DIR sqlite3.h REQUIRED)
find_library(SQLITE_LIBRARY sqlite3 REQUIRED)
find_path(HTTPLIB_INCLUDE_DIR httplib.h REQUIRED)
find_library(HTTPLIB_LIBRARY cpp-httplib REQUIRED)
find_path(QPDF_INCLUDE_DIR qpdf/QPDF.hh REQUIRED)
find_library(QPDF_LIBRARY qpdf REQUIRED)
find_path(DNNL_INCLUDE_DIR dnnl.h REQUIRED)
find_library(DNNL_LIBRARY dnnl REQUIRED)
