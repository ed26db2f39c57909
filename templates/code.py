"""Colours code with Pygments, all blocks in one call:
    code.py  <  [{"language": "python", "text": "..."}, ...]
writes [{"html": "..."} or {"error": "..."}, ...] in the same order. The classes are explained in style.css."""

import json
import sys

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


def coloured(block):
    try:
        lexer = get_lexer_by_name(block["language"], stripnl=False)
    except ClassNotFound as problem:
        return {"error": str(problem)}
    return {"html": highlight(block["text"], lexer, HtmlFormatter(nowrap=True))}


json.dump([coloured(block) for block in json.load(sys.stdin)], sys.stdout)
