// Included first where LibTorch or qpdf is, in the build of the sanitizers. As of C++20 clang looks into a
// vector whose elements are not complete yet, as these libraries have some, because it is constexpr, and
// calls that an error. Here it is not constexpr.
#pragma once

#include <memory>
#include <string>
#include <tuple>

#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
#define __fill_a1 __fill_a1_of_bits // was declared constexpr before; no std::fill is called for vector<bool>
#include <vector>
#undef __fill_a1
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR constexpr
