#include "cli/command_options.h"

#include "base/error.h"
#include "base/parse_number.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <istream>

namespace grokreport {

namespace po = boost::program_options;

namespace {

constexpr std::array commands{
    Command{Action::report, "report", "train what is missing, analyse, draw, and write report/index.html"},
    Command{Action::prepare, "prepare",
            "train, analyse and draw seeds of a sweep that is spread over machines, for report --gather"},
    Command{Action::train, "train", "only train the models of the report; resumes what was interrupted"},
    Command{Action::render, "render",
            "write report/index.html again from the stored results, after a change of the text"},
    Command{Action::watch, "watch", "render after every change of the text and show it in an open browser"},
    Command{Action::analyze, "analyze", "check the claims of the post on a model that was trained elsewhere"},
    Command{Action::export_model, "export",
            "write a model as .safetensors or .pt, in TransformerLens's names and layout"},
    Command{Action::claims, "claims",
            "print every claim with its bounds, their reasons and its control, without a run"},
    Command{Action::explain, "explain",
            "print how the trained model adds one pair of numbers, stage by stage"},
    Command{Action::verify, "verify", "recompute one claim from the stored checkpoints and show how"},
    Command{Action::compare, "compare", "compare two runs: which verdicts flipped, which values moved"},
    Command{Action::reference, "reference",
            "train and judge many seeds, and add their claims to the table that reports compare with"},
    Command{Action::bench, "bench",
            "time the training against the textbook pass and the matrix-product floor"},
};

po::options_description model_options(GivenOptions& given) {
    Config& config = given.config;
    po::options_description described("model and training");
    auto add = described.add_options();
    const auto add_list = [&](const char* name, auto& list, const char* help) {
        add(name, po::value(&list)->default_value(list, fmt::format("{}", list.values.front())), help);
    };
    add("seed", po::value(&config.seed)->default_value(config.seed), "seed of the split and of the weights");
    add("seeds", po::value(&given.seeds),
        "several seeds, such as 0,1,5-9: each gets its report, the first the main one");
    add("epochs", po::value(&config.epochs)->default_value(config.epochs), "epochs of the model with ReLU");
    add("linear-epochs", po::value(&given.linear_epochs),
        "epochs of the models without ReLU (default: twice --epochs)");
    add_list("p", given.p,
             "the odd prime of a + b mod p; several, such as 59,113, make a grid, and so for the last three");
    add("d-model", po::value(&config.d_model)->default_value(config.d_model), "width of the residual stream");
    add("n-heads", po::value(&config.n_heads)->default_value(config.n_heads), "attention heads");
    add("d-head", po::value(&config.d_head)->default_value(config.d_head), "width of a head");
    add("d-mlp", po::value(&config.d_mlp)->default_value(config.d_mlp), "neurons of the MLP");
    add_list("train-fraction", given.train_fraction, "share of all pairs that is trained on");
    add_list("learning-rate", given.learning_rate, "AdamW");
    add_list("weight-decay", given.weight_decay, "AdamW");
    return described;
}

po::options_description training_options(GivenOptions& given) {
    po::options_description described("training");
    auto add = described.add_options();
    add("save-every", po::value(&given.save_every)->default_value(given.save_every),
        "seconds of training that a kill may lose, 30 at most");
    add("retrain", po::bool_switch(&given.retrain), "train again, also what is finished or damaged");
    return described;
}

po::options_description place_options(GivenOptions& given) {
    po::options_description described("where and how");
    auto add = described.add_options();
    add("output", po::value(&given.output)->default_value("."), "folder that gets report/ and figures/");
    add("templates",
        po::value(&given.templates)->default_value(GROKREPORT_SOURCE_DIR "/templates", "those of the source"),
        "folder of the report's text and page");
    add("reference",
        po::value(&given.reference)
            ->default_value(GROKREPORT_SOURCE_DIR "/docs/reference/claims.csv", "that of the source"),
        "table of the claims of many seeds that a report of the default settings compares with");
    add("threads", po::value(&given.threads)->default_value(given.threads),
        "threads; the result is the same");
    add("strict", po::bool_switch(&given.strict), "exit with 3 when a claim is not as expected");
    return described;
}

po::options_description paper_options(GivenOptions& given) {
    po::options_description described("beside the post's models");
    described.add_options()(
        "paper", po::bool_switch(&given.paper),
        "train also one of the paper's kind, with a positional embedding, of the first seed");
    return described;
}

// Which model of which file.
po::options_description model_file_options(GivenOptions& given) {
    po::options_description described("the model");
    auto add = described.add_options();
    add("checkpoint", po::value(&given.checkpoint),
        "what torch.save wrote, a state dict or several, or a file of safetensors");
    add("item", po::value(&given.item), "which of several models in the file, such as sweep/3");
    add("layout", po::value(&given.layout),
        "transformerlens or nanda, where the shapes fit both (src/checkpoint/layouts.h)");
    add("p", po::value(&given.modulus), "the modulus, where it is not the number of tokens less 1");
    return described;
}

po::options_description export_options(GivenOptions& given) {
    po::options_description described("the new file");
    described.add_options()("to", po::value(&given.target)->required(),
                            "its name: .safetensors, .pt or .pth at its end says the format");
    return described;
}

po::options_description analyze_options(GivenOptions& given) {
    po::options_description described("its training");
    auto add = described.add_options();
    add("checkpoints", po::value(&given.checkpoints),
        "in place of --checkpoint: all snapshots of one training, 'run/*.pt', or one file that holds them");
    add("split", po::value(&given.split), "nanda: the training pairs are those of Python's seeded shuffle");
    add("split-seed", po::value(&given.split_seed)->default_value(0), "of --split nanda");
    add("train-fraction", po::value(&given.split_fraction)->default_value(given.split_fraction, "0.3"),
        "of --split nanda: share of all pairs that was trained on");
    add("split-file", po::value(&given.split_file),
        "a file of the training pairs, \"a,b\" a line, or of all with train or test in a third column");
    return described;
}

po::options_description claims_options(GivenOptions& given) {
    po::options_description described("claims");
    auto add = described.add_options();
    add("p", po::value(&given.config.p)->default_value(given.config.p),
        "the odd prime of a + b mod p, which some bounds depend on");
    add("json", po::bool_switch(&given.json), "a JSON array instead of text");
    return described;
}

// Of a sweep; what is prepared is drawn and kept, until a report gathers it.
po::options_description keep_options(GivenOptions& given) {
    po::options_description described("several seeds");
    auto add = described.add_options();
    add("keep", po::value(&given.keep)->default_value(given.keep),
        "of the runs of each seed but the first: last (weights and curves), or all");
    add("pages", po::value(&given.pages)->default_value(given.pages),
        "and figures for: main (the first seed), failing (also those with a claim that is not as expected), "
        "all");
    return described;
}

po::options_description reference_options(GivenOptions& given) {
    po::options_description described("reference");
    auto add = described.add_options();
    add("rejudge", po::bool_switch(&given.rejudge),
        "judge again, from the kept weights, also seeds whose rows are up to date");
    add("document", po::value(&given.document), "write what the table says to this Markdown file");
    add("readme", po::value(&given.readme), "write the marked paragraph of this Markdown file");
    return described;
}

// The options that only one command has.
po::options_description own_options(Action action, GivenOptions& given) {
    const auto group = [](const char* name, const char* option, po::value_semantic* value, const char* help) {
        po::options_description described(name);
        described.add_options()(option, value, help);
        return described;
    };
    switch (action) {
    case Action::report: {
        po::options_description described = keep_options(given);
        described.add_options()(
            "gather", po::bool_switch(&given.gather),
            "train nothing: report on the seeds that are there, and say which are missing");
        return described;
    }
    case Action::prepare: {
        po::options_description described = keep_options(given);
        described.add_options()("list", po::bool_switch(&given.list),
                                "only print the seeds that are not ready, one a line");
        return described;
    }
    case Action::watch:
        return group("watch", "port", po::value(&given.port)->default_value(8113),
                     "port of 127.0.0.1 that serves the page");
    case Action::verify:
        return group("claim", "claim", po::value(&given.claim)->required(),
                     "id of the claim, such as grok.accuracy");
    case Action::explain: {
        po::options_description described("the pair");
        auto add = described.add_options();
        add("a", po::value(&given.a)->required(), "the first number, 0 to p - 1");
        add("b", po::value(&given.b)->required(), "the second number, 0 to p - 1");
        return described;
    }
    case Action::compare:
        return group("runs", "runs", po::value(&given.compared)->multitoken()->required(),
                     "two of: a seed, a claims.json, a folder with report/claims.json");
    case Action::reference:
        return reference_options(given);
    case Action::bench: {
        po::options_description described("benchmark");
        auto add = described.add_options();
        add("quick", po::bool_switch(&given.quick), "fewer repetitions, noisier figures");
        add("full", po::bool_switch(&given.full), "every size and number of threads: some minutes");
        add("table", po::value(&given.table), "write the tables to this Markdown file too");
        return described;
    }
    default:
        return po::options_description();
    }
}

} // namespace

template <typename Value>
std::istream& operator>>(std::istream& stream, ValueList<Value>& list) {
    std::string text;
    std::getline(stream, text);
    list.values.clear();
    for (const std::string_view part : split(text, ',')) {
        const auto value = parse_number<Value>(part);
        if (!value || std::ranges::find(list.values, *value) != list.values.end())
            stream.setstate(std::ios::failbit);
        list.values.push_back(value.value_or(Value{}));
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
        text += fmt::format("  {:<9} {}\n", command.name, command.summary);
    text += "\n`grokreport COMMAND --help` lists the options of a command.\n"
            "Exit status: 0 done, also where claims fail; 1 a run failed; 2 bad usage;\n"
            "3 (with --strict) the report was written and a claim is not as expected.\n";
    return text;
}

const Command& find_command(std::string_view name) {
    const auto found = std::ranges::find(commands, name, &Command::name);
    if (found == commands.end())
        throw UsageError(fmt::format("unknown command '{}'", name), "`grokreport --help` lists the commands");
    return *found;
}

po::options_description options_of(Action action, GivenOptions& given) {
    po::options_description described;
    described.add_options()("help,h", "this text");
    if (action == Action::claims) return described.add(claims_options(given));
    if (action == Action::export_model)
        return described.add(model_file_options(given)).add(export_options(given));
    if (action == Action::analyze)
        return described.add(model_file_options(given)).add(analyze_options(given)).add(place_options(given));
    described.add(model_options(given)).add(training_options(given)).add(place_options(given));
    if (action == Action::report || action == Action::train) described.add(paper_options(given));
    if (action != Action::train && action != Action::render) described.add(own_options(action, given));
    return described;
}

} // namespace grokreport
