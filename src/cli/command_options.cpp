#include "cli/command_options.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <istream>

namespace grokreport {

namespace po = boost::program_options;

namespace {

constexpr std::array commands{
    Command{Action::report, "report", "train what is missing, analyse, draw, and write report/index.html"},
    Command{Action::prepare, "prepare",
            "train, analyse and draw seeds of a sweep that is spread over machines, for report --gather"},
    Command{Action::train, "train", "only train the models of the report; goes on where it was cut off"},
    Command{Action::render, "render",
            "write report/index.html anew from the cached results, after a change of prose"},
    Command{Action::watch, "watch", "render after every change of the prose and show it in an open browser"},
    Command{Action::analyze, "analyze", "check the claims of the post on a model that was trained elsewhere"},
    Command{Action::verify, "verify", "recompute one claim from the stored checkpoints and show how"},
    Command{Action::compare, "compare",
            "hold two runs against each other: which verdicts flipped, which values moved"},
    Command{Action::bench, "bench",
            "time the training against the textbook pass and the matrix-product floor"},
};

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

po::options_description place_options(GivenOptions& given) {
    po::options_description described("where and how");
    auto add = described.add_options();
    add("output", po::value(&given.output)->default_value("."), "folder that gets report/ and figures/");
    add("templates",
        po::value(&given.templates)->default_value(GROKREPORT_SOURCE_DIR "/templates", "those of the source"),
        "folder of the report's prose and page");
    add("threads", po::value(&given.options.threads)->default_value(given.options.threads),
        "threads; the result is the same");
    add("strict", po::bool_switch(&given.options.strict),
        "exit with 3 when a claim departs from its expectation");
    return described;
}

po::options_description run_options(Options& options) {
    po::options_description described("training");
    auto add = described.add_options();
    add("save-every", po::value(&options.save_every)->default_value(options.save_every),
        "seconds of training that a kill may lose, 30 at most");
    add("retrain", po::bool_switch(&options.retrain), "train anew, also what is there or damaged");
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
    add("full", po::bool_switch(&options.bench_full), "every size and number of threads: some minutes");
    add("table", po::value(&options.bench_table), "write the tables to this Markdown file too");
    return described;
}

po::options_description analyze_options(GivenOptions& given) {
    po::options_description described("the model");
    auto add = described.add_options();
    add("checkpoint", po::value(&given.options.imported.checkpoint)->required(),
        "what torch.save wrote: a state dict, plain or under the key model");
    add("layout", po::value(&given.layout),
        "transformerlens or nanda, where the shapes do not tell (src/checkpoint/layouts.h)");
    add("p", po::value(&given.p), "the modulus, where it is not the number of tokens less 1");
    add("split", po::value(&given.split), "nanda: the training pairs are those of Python's seeded shuffle");
    add("split-seed", po::value(&given.split_seed)->default_value(0), "of --split nanda");
    add("train-fraction",
        po::value(&given.options.imported.train_fraction)
            ->default_value(given.options.imported.train_fraction, "0.3"),
        "of --split nanda: share of all pairs that was trained on");
    add("split-file", po::value(&given.split_file),
        "a file of the training pairs, \"a,b\" a line, or of all with train or test in a third column");
    return described;
}

} // namespace

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

// Boost finds these by the type of an option
template std::istream& operator>>(std::istream&, ValueList<int>&);
template std::istream& operator>>(std::istream&, ValueList<double>&);

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

const Command& find_command(std::string_view name) {
    const auto found = std::ranges::find(commands, name, &Command::name);
    if (found == commands.end())
        throw UsageError(fmt::format("unknown command '{}'", name), "`grokreport --help` lists the commands");
    return *found;
}

po::options_description options_of(const Command& command, GivenOptions& given) {
    po::options_description described;
    described.add_options()("help,h", "this text");
    if (command.action == Action::analyze)
        return described.add(analyze_options(given)).add(place_options(given));
    described.add(model_options(given.options, given.lists))
        .add(run_options(given.options))
        .add(place_options(given));
    if (command.action == Action::report || command.action == Action::train)
        described.add(paper_options(given.options));
    if (command.action == Action::report) described.add(report_options(given.options));
    if (command.action == Action::prepare) described.add(prepare_options(given.options));
    if (command.action == Action::watch) described.add(watch_options(given.options));
    if (command.action == Action::verify) described.add(verify_options(given.options));
    if (command.action == Action::bench) described.add(bench_options(given.options));
    if (command.action == Action::compare) described.add(compare_options(given.options));
    return described;
}

} // namespace grokreport
