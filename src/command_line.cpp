#include "command_line.h"

#include "base/error.h"
#include "base/version.h"
#include "seed_list.h"

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <charconv>
#include <fmt/format.h>
#include <istream>
#include <sstream>
#include <thread>

namespace grokreport {

namespace po = boost::program_options;

namespace {

struct Command {
    Action action;
    const char* name;
    const char* summary;
};

constexpr std::array commands{
    Command{Action::report, "report", "train what is missing, analyse, draw, and write report/index.html"},
    Command{Action::prepare, "prepare",
            "train, analyse and draw seeds of a sweep that is spread over machines, for report --gather"},
    Command{Action::train, "train", "only train the models of the report; goes on where it was cut off"},
    Command{Action::render, "render",
            "write report/index.html anew from the cached results, after a change of prose"},
    Command{Action::watch, "watch", "render after every change of the prose and show it in an open browser"},
    Command{Action::verify, "verify", "recompute one claim from the stored checkpoints and show how"},
    Command{Action::compare, "compare",
            "hold two runs against each other: which verdicts flipped, which values moved"},
    Command{Action::bench, "bench",
            "time the training against the textbook pass and the matrix-product floor"},
};

std::string overview() {
    std::string text =
        "grokreport: reproduces a write-up of how a one-layer transformer learns a + b mod p,\n"
        "and checks every statement that it makes.\n\n"
        "usage: grokreport COMMAND [options]\n\ncommands:\n";
    for (const Command& command : commands)
        text += fmt::format("  {:<8} {}\n", command.name, command.summary);
    text += "\n`grokreport COMMAND --help` lists the options of a command.\n"
            "Exit status: 0 done, whatever the badges say; 1 a run failed; 2 bad usage;\n"
            "3 (with --strict) the report was written and a claim departs from its expectation.\n";
    return text;
}

// Values of one setting, "113" or "59,113": the first is that of the main model.
template <typename Value>
struct ValueList {
    std::vector<Value> values;
};
template <typename Value>
std::istream& operator>>(std::istream& stream, ValueList<Value>& list) {
    std::string text;
    std::getline(stream, text);
    list.values.clear();
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        Value value{};
        const auto [stop, problem] = std::from_chars(text.data() + begin, text.data() + end, value);
        const bool is_known = std::ranges::find(list.values, value) != list.values.end();
        if (problem != std::errc{} || stop != text.data() + end || is_known)
            stream.setstate(std::ios::failbit);
        list.values.push_back(value);
        begin = end + 1;
    }
    return stream;
}

// The settings that may be given as lists, and the seeds.
struct Lists {
    ValueList<int> p;
    ValueList<double> train_fraction, learning_rate, weight_decay;
    std::string seeds;

    explicit Lists(const Config& usual)
        : p{{usual.p}},
          train_fraction{{usual.train_fraction}},
          learning_rate{{usual.learning_rate}},
          weight_decay{{usual.weight_decay}} {}
};

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

po::options_description model_options(Options& options, Lists& lists) {
    Config& config = options.config;
    po::options_description described("model and training");
    auto add = described.add_options();
    add("seed", po::value(&config.seed)->default_value(config.seed), "seed of the split and of the weights");
    add("seeds", po::value(&lists.seeds),
        "several seeds, such as 0,1,5-9: each gets its report, the first the main one");
    add("epochs", po::value(&config.epochs)->default_value(config.epochs), "epochs of the model with ReLU");
    add("linear-epochs", po::value(&options.linear_epochs),
        "epochs of the models without ReLU (default: twice --epochs)");
    add("p", po::value(&lists.p)->default_value(lists.p, std::to_string(config.p)),
        "the odd prime of a + b mod p; several, such as 59,113, make a grid, and so for the last three");
    add("d-model", po::value(&config.d_model)->default_value(config.d_model), "width of the residual stream");
    add("n-heads", po::value(&config.n_heads)->default_value(config.n_heads), "attention heads");
    add("d-head", po::value(&config.d_head)->default_value(config.d_head), "width of a head");
    add("d-mlp", po::value(&config.d_mlp)->default_value(config.d_mlp), "neurons of the MLP");
    add("train-fraction",
        po::value(&lists.train_fraction)
            ->default_value(lists.train_fraction, fmt::format("{}", config.train_fraction)),
        "share of all pairs that is trained on");
    add("learning-rate",
        po::value(&lists.learning_rate)
            ->default_value(lists.learning_rate, fmt::format("{}", config.learning_rate)),
        "AdamW");
    add("weight-decay",
        po::value(&lists.weight_decay)
            ->default_value(lists.weight_decay, fmt::format("{}", config.weight_decay)),
        "AdamW");
    return described;
}

po::options_description run_options(Options& options, std::string& output, std::string& templates) {
    po::options_description described("where and how");
    auto add = described.add_options();
    add("output", po::value(&output)->default_value("."), "folder that gets report/ and figures/");
    add("templates",
        po::value(&templates)->default_value(GROKREPORT_SOURCE_DIR "/templates", "those of the source"),
        "folder of the report's prose and page");
    add("threads", po::value(&options.threads)->default_value(options.threads),
        "threads; the result is the same");
    add("save-every", po::value(&options.save_every)->default_value(options.save_every),
        "seconds of training that a kill may lose, 30 at most");
    add("retrain", po::bool_switch(&options.retrain), "train anew, also what is there or damaged");
    add("strict", po::bool_switch(&options.strict), "exit with 3 when a claim departs from its expectation");
    return described;
}

po::options_description paper_options(Options& options) {
    po::options_description described("beside the post's models");
    described.add_options()(
        "paper", po::bool_switch(&options.paper),
        "train also one of the paper's kind, with a positional embedding, of the first seed");
    return described;
}

po::options_description report_options(Options& options) {
    po::options_description described("report");
    described.add_options()("gather", po::bool_switch(&options.gather),
                            "train nothing: report on the seeds that are there, and say which are missing");
    return described;
}

po::options_description prepare_options(Options& options) {
    po::options_description described("prepare");
    described.add_options()("list", po::bool_switch(&options.list),
                            "do nothing but print the seeds that are not ready, one a line");
    return described;
}

po::options_description verify_options(Options& options) {
    po::options_description described("claim");
    described.add_options()("claim", po::value(&options.claim)->required(),
                            "id of the claim, such as grok.accuracy");
    return described;
}

po::options_description watch_options(Options& options) {
    po::options_description described("watch");
    described.add_options()("port", po::value(&options.port)->default_value(8113),
                            "of 127.0.0.1, where the page is served");
    return described;
}

po::options_description compare_options(Options& options) {
    po::options_description described("runs");
    described.add_options()("runs", po::value(&options.compared)->multitoken()->required(),
                            "two of: a seed, a claims.json, a folder with report/claims.json");
    return described;
}

po::options_description bench_options(Options& options) {
    po::options_description described("benchmark");
    auto add = described.add_options();
    add("quick", po::bool_switch(&options.quick), "fewer repetitions, noisier figures");
    add("primes", po::value(&options.bench_primes)->multitoken()->default_value({59, 113, 199}, "59 113 199"),
        "the p of the cost table");
    return described;
}

const Command& find_command(const std::string& name) {
    const auto found = std::ranges::find(commands, name, &Command::name);
    if (found == commands.end())
        throw UsageError(fmt::format("unknown command '{}'", name), "`grokreport --help` lists the commands");
    return *found;
}

// Boost would take "-3" for an unsigned seed and wrap it around.
void refuse_negative_seed(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool is_joined = arguments[i].starts_with("--seed=-");
        const bool is_apart =
            arguments[i] == "--seed" && i + 1 < arguments.size() && arguments[i + 1].starts_with("-");
        if (is_joined || is_apart)
            throw UsageError("--seed: not a number of 0 or more", "give one such as 7");
    }
}

void check(Options& options) {
    const unsigned most_threads = std::max(256U, std::thread::hardware_concurrency());
    if (options.threads < 1 || options.threads > static_cast<int>(most_threads))
        throw UsageError(fmt::format("--threads {}: not between 1 and {}", options.threads, most_threads),
                         "leave it out to use every core");
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
}

} // namespace

Options parse_options(int argc, const char* const* argv) {
    Options options;
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
    std::string output, templates;
    Lists lists(options.config);
    po::options_description described;
    described.add_options()("help,h", "this text");
    described.add(model_options(options, lists)).add(run_options(options, output, templates));
    if (command.action == Action::report || command.action == Action::train)
        described.add(paper_options(options));
    if (command.action == Action::report) described.add(report_options(options));
    if (command.action == Action::prepare) described.add(prepare_options(options));
    if (command.action == Action::watch) described.add(watch_options(options));
    if (command.action == Action::verify) described.add(verify_options(options));
    if (command.action == Action::bench) described.add(bench_options(options));
    po::positional_options_description positional;
    if (command.action == Action::compare) {
        described.add(compare_options(options));
        positional.add("runs", 2);
    }
    try {
        const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
        refuse_negative_seed(rest);
        po::variables_map values;
        po::store(po::command_line_parser(rest)
                      .options(described)
                      .positional(positional)
                      .style(po::command_line_style::default_style & ~po::command_line_style::allow_guessing)
                      .run(),
                  values);
        if (values.contains("help")) {
            std::ostringstream text;
            text << "usage: grokreport " << command.name << " [options]\n\n"
                 << command.summary << ".\n"
                 << described;
            options.text = text.str();
            return options;
        }
        po::notify(values);
        if (values.contains("linear-epochs") && options.linear_epochs < 1)
            throw UsageError("--linear-epochs: fewer than 1", "train for at least one epoch");
        if (command.action == Action::compare && options.compared.size() != 2)
            throw UsageError(fmt::format("{} runs to compare", options.compared.size()), "name two");
        if (values.contains("seeds") && !values["seed"].defaulted())
            throw UsageError("both --seed and --seeds", "give one of them");
    } catch (const po::error& wrong) {
        throw UsageError(wrong.what(), fmt::format("`grokreport {} --help` lists the options", command.name));
    }
    options.action = command.action;
    options.seeds = lists.seeds.empty() ? std::vector{options.config.seed} : parse_seed_list(lists.seeds);
    options.config.seed = options.seeds.front();
    options.grid = grid_of(lists, options.config);
    options.config = options.grid.front();
    options.paths.root = output;
    options.paths.templates = templates;
    check(options);
    return options;
}

} // namespace grokreport
