"""Every way in which an opt-out is learned has words on the shop's card."""
import ast

from desk.shown.words import OPT_OUT_SOURCES
from tests.architecture.source import files, name, tree

SAYS_FROM_WHERE = ("opt_out", "stop_messages")


def _sources():
    """The literal sources of every call, and those of a choice between two."""
    for path in files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAYS_FROM_WHERE and len(node.args) > 1:
                yield from ((leaf.value, name(path)) for leaf in ast.walk(node.args[1]) if isinstance(leaf, ast.Constant))


def test_every_source_has_words():
    used = dict(_sources())
    assert {"sms", "sms_word", "provider", "desk"} <= used.keys()
    assert used.keys() - OPT_OUT_SOURCES.keys() == set()
