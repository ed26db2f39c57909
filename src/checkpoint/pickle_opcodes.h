// The opcodes of Python's pickle protocol 2 that checkpoints use (Lib/pickletools.py).
#pragma once

namespace grokreport::pickle {

enum class Opcode : unsigned char {
    mark = '(',
    stop = '.',
    none = 'N',
    new_true = 0x88,
    new_false = 0x89,
    binint = 'J',          // 4 bytes, signed
    binint1 = 'K',         // 1 byte
    binint2 = 'M',         // 2 bytes
    long1 = 0x8a,          // size in 1 byte, two's complement
    binfloat = 'G',        // 8 bytes, big-endian
    binunicode = 'X',      // size in 4 bytes, UTF-8
    short_binstring = 'U', // size in 1 byte
    empty_tuple = ')',
    empty_list = ']',
    empty_dict = '}',
    tuple = 't', // of all values above the mark
    tuple1 = 0x85,
    tuple2 = 0x86,
    tuple3 = 0x87,
    append = 'a',
    appends = 'e',
    setitem = 's',
    setitems = 'u',
    binput = 'q', // stores the top of the stack in the memo
    long_binput = 'r',
    binget = 'h',
    long_binget = 'j',
    global = 'c', // module and name, a line each
    reduce = 'R', // calls a global
    build = 'b',  // sets attributes
    binpersid = 'Q',
    proto = 0x80,
};

} // namespace grokreport::pickle
