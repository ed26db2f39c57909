#include "base/error.h"
#include "model/config.h"

#include <catch2/catch.hpp>

using namespace grokreport;

TEST_CASE("run names begin as pinned and depend on the whole config", "[config]") {
    const Config config;
    CHECK(run_name(config).starts_with("p113-seed0-relu-"));
    Config other = config;
    other.weight_decay = 0.5;
    CHECK(run_name(config) != run_name(other));
    CHECK(run_name(config) == run_name(Config{}));
    other.variant = Variant::paper;
    CHECK(run_name(other).starts_with("p113-seed0-paper-"));
}

TEST_CASE("snapshots are those of the post, as far as the run goes", "[config]") {
    Config config;
    CHECK(snapshot_epochs(config) == std::vector{0, 5000, 10000, 20000});
    config.epochs = 7000;
    CHECK(snapshot_epochs(config) == std::vector{0, 5000, 7000});
    config.variant = Variant::linear;
    config.epochs = 40000;
    CHECK(snapshot_epochs(config) == std::vector{0, 20000, 40000});
    config.variant = Variant::paper;
    config.epochs = 20000;
    CHECK(snapshot_epochs(config) == std::vector{0, 5000, 10000, 20000});
}

TEST_CASE("metrics are taken at least every 25 epochs and every 5 in the first 500", "[config]") {
    const Config config;
    int last = 0;
    for (int epoch = 0; epoch <= config.epochs; ++epoch)
        if (is_evaluated(config, epoch)) {
            CHECK(epoch - last <= (epoch <= 500 ? 5 : 25));
            last = epoch;
        }
    CHECK(last == config.epochs);
}

TEST_CASE("configs that no run can have are refused", "[config]") {
    Config config;
    CHECK_NOTHROW(validate(config));
    for (int p : {-7, 0, 1, 2, 3, 4, 9, 91, 114}) {
        config.p = p;
        CHECK_THROWS_AS(validate(config), UsageError);
    }
    for (int p : {5, 7, 59, 113, 199}) {
        config.p = p;
        CHECK_NOTHROW(validate(config));
    }
    for (double fraction : {0.0, 1.0, 0.00001}) {
        config.train_fraction = fraction;
        CHECK_THROWS_AS(validate(config), UsageError);
    }
    config.train_fraction = 0.3;
    config.epochs = most_epochs + 1;
    CHECK_THROWS_AS(validate(config), UsageError);
    config.epochs = 0;
    CHECK_THROWS_AS(validate(config), UsageError);
}
