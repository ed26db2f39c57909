#include "sections/embedding/figures_spectrum.h"

#include "drawing/axis.h"
#include "drawing/csv.h"
#include "drawing/screen.h"

#include <algorithm>
#include <cmath>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr Size spectrum_size{double_column_width, 200};
constexpr Box spectrum_panel{44, 22, double_column_width - 52, 138};
constexpr double spectrum_key_line = 9;
constexpr double bar_width = 0.4; // of the distance between frequencies
constexpr double label_height = 11;
constexpr double label_width = 13;

void draw_key(Plot& plot, const SpectrumFigure& shown) {
    struct Entry {
        const char* text;
        std::string_view colour;
        double at; // pixels from the left edge
    };
    for (const Entry& entry :
         {Entry{"cos", "blue", spectrum_panel.left}, Entry{"sin", "orange", spectrum_panel.left + 46},
          Entry{"constant", "muted", spectrum_panel.left + 90}}) {
        fill_box(plot, spectrum_size, {entry.at, spectrum_key_line - 4, 8, 8}, colour(entry.colour));
        write_at(plot, spectrum_size, {entry.at + 12, spectrum_key_line}, entry.text,
                 {.size = 0, .align = Align::left});
    }
    if (shown.epoch)
        write_at(plot, spectrum_size, {spectrum_panel.left + spectrum_panel.width, spectrum_key_line},
                 fmt::format("epoch {}", with_thousands(*shown.epoch)), {"muted", 0, Align::right});
}

// The frequency above its bars, higher where it would run into the label before it.
void label_active(Plot& plot, const SpectrumFigure& shown, double first, double last, double top) {
    struct Place {
        double x, y; // pixels, y upwards
    };
    std::vector<Place> taken;
    for (int k : shown.spectrum.active) {
        const double height = std::max(shown.spectrum.cos_norms[k - 1], shown.spectrum.sin_norms[k - 1]);
        Place place{spectrum_panel.width * (k - first) / (last - first),
                    spectrum_panel.height * height / top + 7};
        const auto collides = [&](const Place& other) {
            return std::abs(other.x - place.x) < label_width && std::abs(other.y - place.y) < label_height;
        };
        while (std::ranges::any_of(taken, collides))
            place.y += label_height;
        taken.push_back(place);
        const bool is_key = std::ranges::find(shown.key, k) != shown.key.end();
        plot.line("set label {} at first {}, graph {:.6f} center font ',{}' textcolor rgb '{}'",
                  is_key ? markup(fmt::format("{{/:Bold {}}}", k)) : plain(std::to_string(k)), k,
                  place.y / spectrum_panel.height, small_type_size, colour(is_key ? "ink" : "muted"));
    }
}

std::string csv_of(const Spectrum& spectrum) {
    Csv csv({"k", "cos_norm", "sin_norm", "energy_share", "active"});
    csv.row(0, spectrum.constant_norm, 0.0, "", "");
    for (Eigen::Index i = 0; i < spectrum.shares.size(); ++i) {
        const int k = static_cast<int>(i) + 1;
        const bool active = std::ranges::binary_search(spectrum.active, k);
        csv.row(k, spectrum.cos_norms[i], spectrum.sin_norms[i], spectrum.shares[i], active ? 1 : 0);
    }
    return csv.text();
}

} // namespace

double highest_norm(const Spectrum& spectrum) {
    return std::max({spectrum.constant_norm, spectrum.cos_norms.maxCoeff(), spectrum.sin_norms.maxCoeff()});
}

Drawing spectrum(const std::string& id, const SpectrumFigure& shown) {
    const auto n = static_cast<double>(shown.spectrum.shares.size());
    const double first = -1, last = n + 1;
    // Room for two lines of labels above the highest bar
    const double top = shown.highest > 0 ? 1.16 * shown.highest : 1;

    std::vector<std::vector<double>> cosines, sines;
    for (Eigen::Index i = 0; i < shown.spectrum.shares.size(); ++i) {
        const auto k = static_cast<double>(i + 1);
        cosines.push_back({k - bar_width / 2, shown.spectrum.cos_norms[i]});
        sines.push_back({k + bar_width / 2, shown.spectrum.sin_norms[i]});
    }
    Plot plot(id, spectrum_size);
    plot.data("cosines", cosines);
    plot.data("sines", sines);
    plot.data("constant", {{0, shown.spectrum.constant_norm}});
    plot.panel(spectrum_panel);
    plot.line("unset grid");
    plot.line("set grid ytics linecolor rgb '{}' linetype 1 linewidth {} back", colour("grid"), hairline);
    plot.line("set xrange [{}:{}]", first, last);
    plot.line("set yrange [0:{}]", top);
    plot.line("set xtics {}", tick_list(whole_ticks(n, 13)));
    plot.line("set ytics {}", tick_list(linear_ticks(top, 5)));
    plot.line("set label {} at graph 0.5, screen {:.6f} center textcolor rgb '{}'",
              markup("frequency {/:Italic k}"), 7 / spectrum_size.height, colour("ink"));
    plot.line("set label {} at screen {:.6f}, graph 0.5 center rotate by 90 textcolor rgb '{}'",
              markup(shown.name), screen_x(spectrum_size, 9), colour("ink"));
    draw_key(plot, shown);
    label_active(plot, shown, first, last, top);
    plot.line("set boxwidth {}", bar_width);
    plot.line("plot $cosines with boxes linecolor rgb '{}', $sines with boxes linecolor rgb '{}', "
              "$constant with boxes linecolor rgb '{}'",
              colour("blue"), colour("orange"), colour("muted"));
    return std::move(plot).finish(csv_of(shown.spectrum));
}

} // namespace grokreport::figures
