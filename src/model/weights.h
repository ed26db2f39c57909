// The weights of a trained model for the analyses: Eigen matrices in double precision, read from a
// checkpoint.
#pragma once

#include "checkpoint/checkpoint.h"
#include "model/config.h"

#include <Eigen/Core>
#include <filesystem>
#include <string>
#include <vector>

namespace grokreport {

// Names and layouts as in TransformerLens. Our own models have of the biases b_in and b_out alone; the others
// are zero in them.
struct Weights {
    Eigen::MatrixXd W_E;                           // d_vocab x d_model
    Eigen::MatrixXd W_pos;                         // 3 x d_model; zero without a positional embedding
    std::vector<Eigen::MatrixXd> W_Q, W_K, W_V;    // n_heads of d_model x d_head
    std::vector<Eigen::MatrixXd> W_O;              // n_heads of d_head x d_model
    std::vector<Eigen::RowVectorXd> b_Q, b_K, b_V; // n_heads of d_head
    Eigen::RowVectorXd b_O;                        // d_model
    Eigen::MatrixXd W_in;                          // d_model x d_mlp
    Eigen::RowVectorXd b_in;                       // d_mlp
    Eigen::MatrixXd W_out;                         // d_mlp x d_model
    Eigen::RowVectorXd b_out;                      // d_model
    // d_model x d_vocab; in models of other programs d_model x d_vocab_out, d_vocab_out >= p
    Eigen::MatrixXd W_U;
    Eigen::RowVectorXd b_U; // as many as W_U has columns

    int d_vocab() const { return static_cast<int>(W_E.rows()); }
    int p() const { return d_vocab() - 1; } // the last token is '='
    int n_heads() const { return static_cast<int>(W_Q.size()); }
    int d_model() const { return static_cast<int>(W_E.cols()); }
    int d_head() const { return static_cast<int>(W_V.front().cols()); }
    int d_mlp() const { return static_cast<int>(W_in.cols()); }

    // Whether the embedding of a token depends on its position.
    bool has_positions() const;
    // The embeddings of all tokens at `position` (0 for a, 1 for b, 2 for '='): d_vocab x d_model.
    Eigen::MatrixXd embedded(int position) const;
    // The embedding of '=' at position 2: 1 x d_model.
    Eigen::RowVectorXd embedded_equals() const;

    // The query of '=': 1 x d_head.
    Eigen::RowVectorXd query(int head) const;
    // The values of all tokens at `position`: d_vocab x d_head.
    Eigen::MatrixXd values(int head, int position) const;
    // What attention adds at '=' whatever it attends to, because its weights sum to 1: b_O + sum over heads
    // of b_V W_O, 1 x d_model.
    Eigen::RowVectorXd attention_constant() const;
    // resid_post W_U + b_U.
    Eigen::MatrixXd unembedded(const Eigen::MatrixXd& resid_post) const;
    // Sets b_Q, b_K, b_V, b_O and b_U to zero, in the sizes of the other tensors.
    void clear_further_biases();
    // Names of the biases of TransformerLens that are not zero, other than b_in and b_out.
    std::vector<std::string> further_biases() const;
};

// pos_embed.W_pos and the biases other than b_in and b_out may be missing. Throws Error that names `file` and
// the tensor that is missing or does not fit the others.
Weights to_weights(const std::vector<Tensor>& tensors, const std::filesystem::path& file);

// Reads a snapshot of a run of this program. Throws Error, with --retrain as its mend, where the file is
// damaged or its shapes are not those of the config.
Weights load_weights(const std::filesystem::path& file, const Config& config);

} // namespace grokreport
