// A matrix with one row for each of all p^2 pairs, in the order of all_pairs(p), that is made one a at a
// time. As a whole it would take p^2 d numbers: 4 GB for the hidden layer of p = 997.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

namespace grokreport {

class PairRows {
  public:
    // of_number(a): p x d, row b for the pair (a, b). Each call computes it anew.
    PairRows(int p, std::function<Eigen::MatrixXd(int a)> of_number)
        : p_(p), of_number_(std::move(of_number)) {}

    // A matrix that is there as a whole: p^2 x d.
    template <typename Derived>
    PairRows(const Eigen::MatrixBase<Derived>& of_all)
        : p_(static_cast<int>(std::lround(std::sqrt(static_cast<double>(of_all.rows()))))),
          of_number_([p = p_, whole = std::make_shared<const Eigen::MatrixXd>(of_all)](int a) {
              return Eigen::MatrixXd(whole->middleRows(static_cast<Eigen::Index>(a) * p, p));
          }) {}

    int p() const { return p_; }
    Eigen::MatrixXd of_number(int a) const { return of_number_(a); }

  private:
    int p_;
    std::function<Eigen::MatrixXd(int a)> of_number_;
};

} // namespace grokreport
