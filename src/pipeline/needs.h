// What a report takes of the machine, estimated before anything is trained.
#pragma once

#include "model/config.h"
#include "pipeline/study.h"

#include <filesystem>
#include <string>

namespace grokreport {

// Seconds, and bytes.
struct Needs {
    double seconds = 0; // of the missing trainings
    double memory = 0;  // of whichever takes more, the trainings or the analyses
    double disk = 0;    // of what the missing trainings leave
};

struct Room {
    double memory = 0, disk = 0; // bytes that are free
};

// Memory from /proc and the limit of the control group, disk where `folder` lies. What cannot be read counts
// as unlimited.
Room room_for(const std::filesystem::path& folder);

// "about 3 min on 2 threads, 0.4 GB of memory, 13 MB of disk".
std::string to_text(const Needs& needs, int threads);

// Throws Error, which says what would fit, where the needs are larger than the room.
void require_room(const Needs& needs, const Room& room, const Study& study, int threads);

} // namespace grokreport
