#include "checkpoint/pickle_reader.h"

#include "checkpoint/pickle_globals.h"
#include "checkpoint/pickle_opcodes.h"

#include <bit>
#include <cstring>
#include <fmt/format.h>
#include <map>

namespace grokreport::pickle {

namespace {

// Far more than the weights and losses of a training run need. Bounds the memory of a hostile file to about
// 200 MB.
constexpr std::size_t most_pickled_values = 1'000'000;

class Machine {
  public:
    Machine(std::string_view bytes, Arena& arena) : bytes_(bytes), arena_(arena) {}

    Value run() {
        while (true) {
            const std::size_t start = position_;
            try {
                const auto opcode = number<Opcode>();
                if (opcode == Opcode::stop) return pop();
                step(opcode);
            } catch (const Malformed& problem) {
                throw Malformed(fmt::format("pickle byte {}: {}", start, problem.what()), problem.mend());
            }
        }
    }

    std::size_t position() const { return position_; }

  private:
    void step(Opcode opcode) {
        switch (opcode) {
        case Opcode::proto:
            take(1); // the version
            return;
        case Opcode::none:
            return push(std::monostate{});
        case Opcode::new_true:
            return push(true);
        case Opcode::new_false:
            return push(false);
        case Opcode::binint:
            return push(std::int64_t{number<std::int32_t>()});
        case Opcode::binint1:
            return push(std::int64_t{number<std::uint8_t>()});
        case Opcode::binint2:
            return push(std::int64_t{number<std::uint16_t>()});
        case Opcode::long1:
            return push(long_integer(take(number<std::uint8_t>())));
        case Opcode::binfloat:
            return push(big_endian_double());
        case Opcode::binunicode:
            return push(take(number<std::uint32_t>()));
        case Opcode::short_binstring:
            return push(take(number<std::uint8_t>()));
        case Opcode::empty_tuple:
            return push(&arena_.tuples.emplace_back());
        case Opcode::empty_list:
            return push(&arena_.lists.emplace_back());
        case Opcode::empty_dict:
            return push(&arena_.dicts.emplace_back());
        case Opcode::mark:
            count();
            return marks_.push_back(stack_.size());
        case Opcode::tuple:
            return push_tuple(pop_to_mark());
        case Opcode::tuple1:
            return push_tuple(pop_last(1));
        case Opcode::tuple2:
            return push_tuple(pop_last(2));
        case Opcode::tuple3:
            return push_tuple(pop_last(3));
        case Opcode::append:
            return append(pop_last(1));
        case Opcode::appends:
            return append(pop_to_mark());
        case Opcode::setitem:
            return set_items(pop_last(2));
        case Opcode::setitems:
            return set_items(pop_to_mark());
        case Opcode::binput:
            return put(number<std::uint8_t>());
        case Opcode::long_binput:
            return put(number<std::uint32_t>());
        case Opcode::binget:
            return push(get(number<std::uint8_t>()));
        case Opcode::long_binget:
            return push(get(number<std::uint32_t>()));
        case Opcode::global:
            return push(global());
        case Opcode::binpersid:
            return push(&arena_.storages.emplace_back(storage_of(pop_tuple())));
        case Opcode::reduce:
            return reduce();
        case Opcode::build:
            return build();
        default:
            throw Malformed(fmt::format("opcode {:#04x} has no place in a checkpoint", int(opcode)));
        }
    }

    // Reading bytes
    std::string_view take(std::size_t size) {
        if (size > bytes_.size() - position_) throw Malformed("the pickle is cut short");
        return bytes_.substr(std::exchange(position_, position_ + size), size);
    }
    template <class Number>
    Number number() { // little-endian in the pickle and on this machine
        static_assert(std::endian::native == std::endian::little);
        Number result{};
        std::memcpy(&result, take(sizeof result).data(), sizeof result);
        return result;
    }
    double big_endian_double() { return std::bit_cast<double>(__builtin_bswap64(number<std::uint64_t>())); }
    static std::int64_t long_integer(std::string_view bytes) { // two's complement, any number of bytes
        if (bytes.size() > sizeof(std::int64_t)) throw Malformed("an integer has more than 64 bits");
        const bool negative = !bytes.empty() && (bytes.back() & 0x80) != 0;
        std::int64_t result = negative ? -1 : 0;
        std::memcpy(&result, bytes.data(), bytes.size());
        return result;
    }
    std::string_view line() {
        const std::size_t end = bytes_.find('\n', position_);
        if (end == std::string_view::npos) throw Malformed("the pickle is cut short");
        const std::string_view text = take(end - position_);
        take(1);
        return text;
    }

    // The stack. Values below the last mark cannot be reached until that mark is removed.
    void count() {
        if (++values_ > most_pickled_values)
            throw Malformed(fmt::format("it holds more than {} values", most_pickled_values));
    }
    void push(Value value) {
        count();
        stack_.push_back(value);
    }
    void require_on_stack(std::size_t number_of_values) const {
        if (stack_.size() - (marks_.empty() ? 0 : marks_.back()) < number_of_values)
            throw Malformed("a value is missing");
    }
    Value& top() {
        require_on_stack(1);
        return stack_.back();
    }
    Value pop() {
        const Value value = top();
        stack_.pop_back();
        return value;
    }
    std::vector<Value> pop_last(std::size_t number_of_values) {
        require_on_stack(number_of_values);
        const auto first = stack_.end() - static_cast<std::ptrdiff_t>(number_of_values);
        std::vector<Value> values(first, stack_.end());
        stack_.erase(first, stack_.end());
        return values;
    }
    std::vector<Value> pop_to_mark() {
        if (marks_.empty()) throw Malformed("a mark is missing");
        std::vector<Value> values = pop_last(stack_.size() - marks_.back());
        marks_.pop_back();
        return values;
    }
    const Tuple& pop_tuple() { return *expect<const Tuple*>(pop(), "a tuple"); }

    // Opcodes of several steps
    void push_tuple(std::vector<Value> items) { push(&arena_.tuples.emplace_back(Tuple{std::move(items)})); }
    void append(const std::vector<Value>& items) {
        auto& list = expect<List*>(top(), "a list")->items;
        list.insert(list.end(), items.begin(), items.end());
    }
    void set_items(const std::vector<Value>& items) {
        Dict& dict = *expect<Dict*>(top(), "a dict");
        if (items.size() % 2 != 0) throw Malformed("a key of a dict has no value");
        for (std::size_t i = 0; i < items.size(); i += 2)
            dict.entries.emplace_back(items[i], items[i + 1]);
    }
    void put(std::uint32_t index) {
        count();
        memo_[index] = top();
    }
    Value get(std::uint32_t index) const {
        const auto found = memo_.find(index);
        if (found == memo_.end()) throw Malformed("it refers to a value that is not there");
        return found->second;
    }
    Value global() {
        const std::string_view module = line();
        return find_global(module, line());
    }
    void reduce() {
        const Tuple& arguments = pop_tuple();
        push(call(expect<Global>(pop(), "a known function"), arguments, arena_));
    }
    // Drops the attributes of an OrderedDict: torch stores the versions of modules there (_metadata).
    void build() {
        pop();
        expect<Dict*>(top(), "an OrderedDict");
    }

    std::string_view bytes_;
    Arena& arena_;
    std::size_t position_ = 0;
    std::size_t values_ = 0;
    std::vector<Value> stack_;
    std::vector<std::size_t> marks_; // the size of the stack at each mark
    // Not a hash table, because a hostile file could choose indices that all collide
    std::map<std::uint32_t, Value> memo_;
};

} // namespace

Pickle::Pickle(std::string_view bytes) {
    Machine machine(bytes, arena_);
    value_ = machine.run();
    size_ = machine.position();
}

} // namespace grokreport::pickle
