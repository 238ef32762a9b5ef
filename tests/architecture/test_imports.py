"""Imports have one direction, pure files stay pure, and only some files commit or read the request."""
import ast

import pytest

from tests.architecture.source import APART, LEVEL, PURE, ROOT, files, imports, name, tree, unit

LATE_IMPORTS = {"worker.py"}  # root processes that build the application when they start
IMPURE = {"flask", "sqlalchemy", "core.clock", "core.db", "flask_login", "flask_sqlalchemy", "redis", "rq"}
COMMITTING = ("views", "webhooks", "jobs", "commands")


def test_imports_point_downwards_only():
    wrong = [f"{name(path)}:{line} imports {module}" for path in files() if unit(path) != APART for module, line, _top in imports(path)
             if (target := module.split(".")[0]) in LEVEL and target != unit(path) and LEVEL[target] >= LEVEL[unit(path)] < LEVEL["app"]]
    assert wrong == []


def test_the_check_above_sees_something():
    seen = {(unit(path), module.split(".")[0]) for path in files() for module, _line, _top in imports(path)}
    assert ("tickets", "core") in seen
    assert ("intake", "tickets") in seen


def test_the_simulator_and_the_product_share_no_code():
    shared = [f"{name(path)}:{line} imports {module}" for path in files() for module, line, _top in imports(path)
              if (unit(path) == APART and module.split(".")[0] in LEVEL) or (unit(path) != APART and module.split(".")[0] == APART)]
    assert shared == []
    assert any(unit(path) == APART for path in files())


def test_no_import_hides_inside_a_function():
    hidden = [f"{name(path)}:{line} {module}" for path in files() if name(path) not in LATE_IMPORTS
              for module, line, top in imports(path) if not top]
    assert hidden == []


@pytest.mark.parametrize("path", PURE)
def test_pure_files_know_no_web_no_database_no_clock(path):
    known = {module for module, _line, _top in imports(ROOT / path)}
    assert not {module for module in known for impure in IMPURE if module == impure or module.startswith(impure + ".")}


def test_only_the_clock_reads_the_time():
    allowed = {"core/clock.py", "core/machine/processes.py", "core/machine/embedded.py", "core/machine/leftovers.py", "launch.py",  # processes of the launcher
               "simulator/clockwork.py"}  # the simulator's own clock
    readers = [f"{name(path)}:{node.lineno}" for path in files() if name(path) not in allowed for node in ast.walk(tree(path))
               if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("now", "utcnow", "today", "time")
               and ast.unparse(node.func.value) in ("datetime", "date", "datetime.datetime", "datetime.date", "time")
               and ast.unparse(node.func) != "time.now"]
    assert readers == []


def test_services_never_commit():
    committing = [f"{name(path)}:{node.lineno}" for path in files() if "services" in name(path) or path.stem in ("queries", "models")
                  for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr == "commit"]
    assert committing == []


def test_only_views_and_request_hooks_read_the_request():
    allowed = {"portal", "desk", APART}
    core_hooks = {"core/i18n.py", "core/pages.py", "core/pagination.py", "core/limits.py", "gateways/webhooks.py"}
    wrong = [f"{name(path)}:{line} {module}" for path in files() if unit(path) not in allowed and name(path) not in core_hooks
             for module, line, _top in imports(path) if module in ("flask.request", "flask_login.current_user")]
    assert wrong == []
