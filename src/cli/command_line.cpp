#include "cli/command_line.h"

#include "base/error.h"
#include "base/version.h"
#include "cli/command_options.h"
#include "base/seed_list.h"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <thread>

namespace grokreport {

namespace po = boost::program_options;

namespace {

// Every combination, the last setting running fastest.
std::vector<Config> grid_of(const Lists& lists, const Config& rest) {
    std::vector<Config> grid;
    for (const int p : lists.p.values)
        for (const double train_fraction : lists.train_fraction.values)
            for (const double learning_rate : lists.learning_rate.values)
                for (const double weight_decay : lists.weight_decay.values) {
                    Config config = rest;
                    config.p = p;
                    config.train_fraction = train_fraction;
                    config.learning_rate = learning_rate;
                    config.weight_decay = weight_decay;
                    grid.push_back(config);
                }
    return grid;
}

// Boost would take "-3" for an unsigned seed and wrap it around.
void refuse_negative_seed(const std::vector<std::string>& arguments) {
    for (const std::string option : {"--seed", "--split-seed"})
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const bool is_joined = arguments[i].starts_with(option + "=-");
            const bool is_apart =
                arguments[i] == option && i + 1 < arguments.size() && arguments[i + 1].starts_with("-");
            if (is_joined || is_apart)
                throw UsageError(option + ": not a number of 0 or more", "give one such as 7");
        }
}

// Boost puts the words of an error in the places of such names, and never ends where the words name
// themselves.
void refuse_placeholders(const std::vector<std::string>& arguments) {
    for (const std::string& argument : arguments)
        for (const char* name :
             {"%value%", "%option%", "%canonical_option%", "%prefix%", "%invalid_line%", "%original_token%"})
            if (argument.find(name) != std::string::npos)
                throw UsageError(fmt::format("{}: no option and no value", argument),
                                 fmt::format("leave {} out", name));
}

void check_threads(const Options& options) {
    const unsigned most_threads = std::max(256U, std::thread::hardware_concurrency());
    if (options.threads < 1 || options.threads > static_cast<int>(most_threads))
        throw UsageError(fmt::format("--threads {}: not between 1 and {}", options.threads, most_threads),
                         "leave it out to use every core");
}

void check(Options& options) {
    if (!(options.save_every >= 0 && options.save_every <= 30))
        throw UsageError(fmt::format("--save-every {}: not between 0 and 30 seconds", options.save_every),
                         "leave it out for 20");
    for (const Config& config : options.grid)
        validate(config);
    const bool sweeps = options.action == Action::report || options.action == Action::prepare ||
                        options.action == Action::train;
    if (!sweeps && (options.seeds.size() > 1 || options.grid.size() > 1))
        throw UsageError("several seeds or settings are for report, prepare and train", "give one");
    if (options.linear_epochs == 0) options.linear_epochs = 2 * options.config.epochs;
    validate(variant_of(options, Variant::linear));
    if (options.action == Action::prepare && options.grid.size() > 1)
        throw UsageError("several settings for prepare, which knows seeds alone", "make a grid with report");
    if (options.retrain && (options.gather || options.list))
        throw UsageError("--retrain with --gather or --list, which train nothing", "leave one of them out");
    if (options.paper && options.gather)
        throw UsageError("--paper with --gather, which trains nothing",
                         "leave --paper out: the model is shown where it is there");
}

// What belongs together on the command line.
void check_given(const Command& command, const po::variables_map& values, const Options& options) {
    if (values.contains("linear-epochs") && options.linear_epochs < 1)
        throw UsageError("--linear-epochs: fewer than 1", "train for at least one epoch");
    if (command.action == Action::compare && options.compared.size() != 2)
        throw UsageError(fmt::format("{} runs to compare", options.compared.size()), "name two");
    if (values.contains("seeds") && !values["seed"].defaulted())
        throw UsageError("both --seed and --seeds", "give one of them");
}

// Which model analyze is to read, and how.
ImportOptions import_options(const GivenOptions& given, const po::variables_map& values) {
    ImportOptions imported = given.options.imported;
    if (!given.layout.empty()) {
        imported.layout.layout = layout_named(given.layout);
        if (!imported.layout.layout)
            throw UsageError(fmt::format("--layout {}: unknown", given.layout),
                             "it is transformerlens or nanda");
    }
    if (values.contains("p")) {
        imported.layout.p = given.p;
        validate(Config{.p = given.p});
    }
    const bool is_nanda = !given.split.empty(), is_file = !given.split_file.empty();
    if (is_nanda && given.split != "nanda")
        throw UsageError(fmt::format("--split {}: unknown", given.split), "it is nanda, or use --split-file");
    if (is_nanda && is_file) throw UsageError("both --split and --split-file", "give one of them");
    if (!is_nanda && (!values["split-seed"].defaulted() || !values["train-fraction"].defaulted()))
        throw UsageError("--split-seed and --train-fraction are for --split nanda", "add --split nanda");
    if (!(imported.train_fraction > 0 && imported.train_fraction < 1))
        throw UsageError(fmt::format("--train-fraction {}: not between 0 and 1", imported.train_fraction),
                         "the paper uses 0.3");
    if (is_nanda) imported.split_seed = given.split_seed;
    imported.split_file = given.split_file;
    return imported;
}

std::string help_of(const Command& command, const po::options_description& described) {
    std::ostringstream text;
    text << "usage: grokreport " << command.name << " [options]\n\n" << command.summary << ".\n" << described;
    return text.str();
}

// Reads the command line into what `described` points to.
po::variables_map read_values(const std::vector<std::string>& arguments, const Command& command,
                              const po::options_description& described) {
    po::positional_options_description positional;
    if (command.action == Action::compare) positional.add("runs", 2);
    po::variables_map values;
    po::store(po::command_line_parser(arguments)
                  .options(described)
                  .positional(positional)
                  .style(po::command_line_style::default_style & ~po::command_line_style::allow_guessing)
                  .run(),
              values);
    if (!values.contains("help")) po::notify(values);
    return values;
}

} // namespace

Options parse_options(int argc, const char* const* argv) {
    GivenOptions given;
    Options& options = given.options;
    options.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    if (arguments.empty()) throw UsageError("no command was given", "`grokreport --help` lists the commands");
    if (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
        options.text = overview();
        return options;
    }
    if (arguments[0] == "--version") {
        options.text = fmt::format("grokreport {} at commit {}\n", version(), commit());
        return options;
    }

    const Command& command = find_command(arguments[0]);
    const po::options_description described = options_of(command, given);
    po::variables_map values;
    try {
        const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
        refuse_negative_seed(rest);
        refuse_placeholders(rest);
        values = read_values(rest, command, described);
    } catch (const po::error& wrong) {
        throw UsageError(wrong.what(), fmt::format("`grokreport {} --help` lists the options", command.name));
    }
    if (values.contains("help")) {
        options.text = help_of(command, described);
        return options;
    }
    options.action = command.action;
    options.paths.root = given.output;
    options.paths.templates = given.templates;
    check_threads(options);
    if (command.action == Action::analyze) {
        options.imported = import_options(given, values);
        return options;
    }
    check_given(command, values, options);
    const Lists& lists = given.lists;
    options.seeds = lists.seeds.empty() ? std::vector{options.config.seed} : parse_seed_list(lists.seeds);
    options.config.seed = options.seeds.front();
    options.grid = grid_of(lists, options.config);
    options.config = options.grid.front();
    check(options);
    return options;
}

} // namespace grokreport
