#include "base/error.h"
#include "base/files.h"
#include "base/folder_watch.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using namespace std::chrono_literals;

TEST_CASE("a watch sees files that are written, replaced and removed, and nothing else", "[watch]") {
    const testing::TemporaryFolder folder;
    const FolderWatch watch({folder.path()});
    CHECK_FALSE(watch.wait(0ms, 0ms));
    write_file(folder / "chapter.md", "# A"); // written beside its place and renamed, as editors do
    CHECK(watch.wait(600s, 10ms));
    CHECK_FALSE(watch.wait(0ms, 0ms)); // all steps of one change are one change
    std::filesystem::remove(folder / "chapter.md");
    CHECK(watch.wait(600s, 10ms));
    CHECK_THROWS_AS(FolderWatch({folder / "missing"}), Error);
}
