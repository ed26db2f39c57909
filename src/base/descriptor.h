// A file descriptor with an owner.
#pragma once

#include <string_view>

namespace grokreport {

class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {} // -1: none, as failed system calls return
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor() { close(); }

    int get() const { return number_; }
    bool is_open() const { return number_ >= 0; }
    // Both return false, with errno, where the system call fails.
    bool close();
    bool write(std::string_view bytes) const;

  private:
    int number_;
};

} // namespace grokreport
