# Loaded by prelude.py into its own namespace, for blocks that need a syntax tree: those with texts over several lines,
# with imports from __future__, and those that are wrong.

import _ast


def code_by_tree(job, source):
    """The block as the code of a function; raises the SyntaxError that its author should see."""
    padding = "\n" * (job["line"] - 1)
    tree = compile(padding + source, job["file"], "exec", _ast.PyCF_ONLY_AST, dont_inherit=True)
    for name in job["inputs"]:
        require_variable(name)
    header = compile(f"def block({','.join(job['inputs'])}): pass", job["file"], "exec", _ast.PyCF_ONLY_AST)
    function = header.body[0]
    function.lineno = function.end_lineno = job["line"]
    future = [node for node in tree.body if is_future(node)]
    function.body = [node for node in tree.body if node not in future] or function.body
    header.body[:0] = future
    code = compile(header, job["file"], "exec", dont_inherit=True)
    return next(item for item in code.co_consts if type(item) is CODE).replace(co_name="<block>")


def is_future(node):
    return type(node) is _ast.ImportFrom and node.module == "__future__"


def require_variable(name):
    try:
        compile(f"{name} = 0", "", "exec", dont_inherit=True)
    except SyntaxError:
        raise SyntaxError(f"an input can't be called {name!r} here: Python keeps this word for itself") from None
