#include "render/template.h"

#include "base/error.h"
#include "base/text.h"
#include "render/placeholders.h"

#include <cctype>
#include <fmt/format.h>
#include <kainjow/mustache.hpp>

namespace grokreport::render {

namespace mustache = kainjow::mustache;

namespace {

using WriteHtml = std::function<std::string(const std::string&)>;

// The node at a dotted name below `node`, or nullptr.
const Json* look_up(const Json& node, std::string_view name) {
    const Json* found = &node;
    for (const std::string_view part : split(name, '.')) {
        const std::string key(part);
        if (!found->is_object() || !found->contains(key)) return nullptr;
        found = &found->at(key);
    }
    return found;
}

// The names of a section. The mustache library looks a name up in the innermost section first, then outwards.
struct Scope {
    std::string path; // "" for the whole context
    const Json* names;

    std::string full_path(const std::string& name) const { return path.empty() ? name : path + "." + name; }
};

class NameChecker {
  public:
    NameChecker(const Source& source, const Json& context, std::set<std::string>& used)
        : source_(source), used_(used), scopes_{{"", &context}} {}

    void check(const std::vector<Tag>& tags) {
        for (const Tag& tag : tags)
            check(tag);
    }

  private:
    void check(const Tag& tag) {
        const auto [path, node] = resolve(tag);
        const NodeKind kind = kind_of(*node, path);
        used_.insert(path);
        if (tag.kind == Tag::Kind::variable || tag.kind == Tag::Kind::html) {
            check_shown(tag, kind);
        } else if (kind == NodeKind::text || kind == NodeKind::html) {
            fail(tag, "is text and cannot open a section", fmt::format("write {{{{{}}}}}", tag.name));
        } else if (tag.kind == Tag::Kind::section && kind != NodeKind::truth) {
            scopes_.push_back({path, kind == NodeKind::list ? &prototype_of(*node) : node});
            check(tag.body);
            scopes_.pop_back();
        } else if (kind == NodeKind::names) {
            fail(tag, "is always there and cannot be inverted", "invert one of its names");
        } else {
            check(tag.body);
        }
    }

    void check_shown(const Tag& tag, NodeKind kind) const {
        if (kind == NodeKind::text && tag.kind == Tag::Kind::html)
            fail(tag, "is a value, and triple braces would let it act as markup",
                 fmt::format("write {{{{{}}}}}", tag.name));
        if (kind == NodeKind::html && tag.kind == Tag::Kind::variable)
            fail(tag, "is HTML", fmt::format("write {{{{{{{}}}}}}}", tag.name));
        if (kind == NodeKind::truth || kind == NodeKind::list)
            fail(tag, "is no text but chooses what is shown",
                 fmt::format("write {{{{#{0}}}}} ... {{{{/{0}}}}}", tag.name));
        if (kind == NodeKind::names) fail(tag, "is a group of names", "name one of them");
    }

    Scope resolve(const Tag& tag) const {
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
            if (const Json* node = look_up(*scope->names, tag.name))
                return {scope->full_path(tag.name), node};
        std::vector<std::string> known;
        for (const Scope& scope : scopes_)
            for (std::string& name : leaf_paths(*scope.names))
                known.push_back(std::move(name));
        fail_at(
            source_, tag.offset, fmt::format("unknown name '{}'", tag.name),
            did_you_mean(tag.name, known, "see the facts of the run and the claims for the names there are"));
    }

    [[noreturn]] void fail(const Tag& tag, const std::string& what, const std::string& mend) const {
        fail_at(source_, tag.offset, fmt::format("'{}' {}", tag.name, what), mend);
    }

    const Source& source_;
    std::set<std::string>& used_;
    std::vector<Scope> scopes_;
};

mustache::data to_mustache(const Json& node, const WriteHtml& write_html) {
    switch (kind_of(node, "")) {
    case NodeKind::text:
        return node.get<std::string>();
    case NodeKind::truth:
        return node.get<bool>();
    case NodeKind::html:
        return write_html(node.front().get<std::string>());
    case NodeKind::list: {
        mustache::data list(mustache::data::type::list);
        for (const Json& item : items_of(node))
            list << to_mustache(item, write_html);
        return list;
    }
    case NodeKind::names: {
        mustache::data object(mustache::data::type::object);
        for (const auto& [name, inner] : node.items())
            object.set(name, to_mustache(inner, write_html));
        return object;
    }
    }
    throw Error("unknown kind of node in a context", "");
}

// The library replaces a missing name by nothing. This context throws, should Template::check not have run.
class StrictContext : public mustache::context<std::string> {
  public:
    StrictContext(const mustache::data* data, const std::string& template_name)
        : mustache::context<std::string>(data), template_name_(template_name) {}

    const mustache::data* get(const std::string& name) const override {
        const mustache::data* found = mustache::context<std::string>::get(name);
        if (found == nullptr)
            throw Error(fmt::format("{}: unknown name '{}'", template_name_, name),
                        "check the template first");
        return found;
    }

  private:
    const std::string& template_name_;
};

// Whether a construct begins at byte `at`, so that it gets a position.
bool begins_construct(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    const bool begins_line = at == 0 || text[at - 1] == '\n';
    if (rest.starts_with(":::")) return begins_line;
    const bool is_escaped = at > 0 && text[at - 1] == '\\' && !(at > 1 && text[at - 2] == '\\');
    if (is_escaped) return false;
    const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    if (rest.starts_with('@')) {
        // Inside a word @ is part of an address. Behind a bracket it is part of [@.
        const char before = at == 0 ? ' ' : text[at - 1];
        return rest.size() > 1 && is_letter(rest[1]) && before != '[' &&
               std::isalnum(static_cast<unsigned char>(before)) == 0;
    }
    return rest.starts_with('$') || rest.starts_with("[](#") || rest.starts_with("[^") ||
           rest.starts_with("[@");
}

// The offset behind the tag that begins at `at`.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
    const std::string_view closing = text.substr(at).starts_with("{{{") ? "}}}" : "}}";
    return text.find(closing, at) + closing.size();
}

// The offset behind the line that begins at `at`, if that line has only a section's tag or a comment;
// otherwise `at`. Such a line is not part of the text.
std::size_t end_of_tag_line(std::string_view text, std::size_t at) {
    const std::size_t tag = text.find_first_not_of(" \t", at);
    if (tag == text.npos || !text.substr(tag).starts_with("{{")) return at;
    if (std::string_view("#^/!").find(text[std::min(tag + 2, text.size() - 1)]) == std::string_view::npos)
        return at;
    const std::size_t end = std::min(text.find_first_not_of(" \t", end_of_tag(text, tag)), text.size());
    if (end == text.size()) return end;
    return text[end] == '\n' ? end + 1 : at;
}

// The template in a form for the library. The library drops some lines, such as empty ones behind a section,
// and keeps the line breaks of sections that are not taken. So a tag alone on its line loses its line here,
// and every other line ends in line_end, which makes the library keep it.
std::string prepare_template(std::string_view text, bool with_positions) {
    std::string prepared;
    for (std::size_t i = 0; i < text.size();) {
        const bool begins_line = i == 0 || text[i - 1] == '\n';
        const std::size_t tag_line_end = begins_line ? end_of_tag_line(text, i) : i;
        if (tag_line_end > i) {
            const std::size_t tag = text.find("{{", i);
            prepared += text.substr(tag, end_of_tag(text, tag) - tag);
            i = tag_line_end;
        } else if (text.substr(i).starts_with("{{")) {
            const std::size_t end = end_of_tag(text, i);
            prepared += text.substr(i, end - i);
            i = end;
        } else {
            if (with_positions && begins_construct(text, i))
                prepared += write_placeholder(Placeholder::position, i);
            if (text[i] == '\n') prepared += line_end;
            prepared += text[i++];
        }
    }
    return prepared;
}

} // namespace

Template::Template(Source source, Language language)
    : source_(std::move(source)), language_(language), tags_(parse_tags(source_)) {}

void Template::check(const Json& context, std::set<std::string>& used) const {
    NameChecker(source_, context, used).check(tags_);
}

std::string Template::fill_checked(const Json& context) const {
    std::set<std::string> used;
    check(context, used);
    return fill(context);
}

std::string Template::fill(const Json& context, const WriteHtml& write_html) const {
    const bool is_markdown = language_ == Language::markdown;
    mustache::mustache filler(prepare_template(source_.text, is_markdown));
    if (!filler.is_valid()) throw Error(fmt::format("{}: {}", source_.name, filler.error_message()), "");
    filler.set_custom_escape(
        [&](const std::string& value) { return is_markdown ? hide_value(value) : value_as_html(value); });
    const auto unchanged = [](const std::string& html) { return html; };
    const mustache::data data = to_mustache(context, write_html ? write_html : unchanged);
    StrictContext strict(&data, source_.name);
    return without_line_ends(filler.render(strict));
}

} // namespace grokreport::render
