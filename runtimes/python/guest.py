# The prelude proper: see prelude.py. It imports built-in modules and the C half of json alone, and holds what every run
# needs. What few runs need is in values.py, tree.py and errors.py.

import _imp
import _warnings
import posix
import sys
from _frozen_importlib import ModuleSpec, _load
from _frozen_importlib_external import ExtensionFileLoader
from _io import FileIO

try:  # where it lies as a rule: looking for it takes as long as loading it
    place = f"{sys.path[-1]}/_json{_imp.extension_suffixes()[0]}"
    _load(ModuleSpec("_json", ExtensionFileLoader("_json", place), origin=place))
except ImportError:
    pass  # it lies elsewhere, or is built in
from _json import encode_basestring, make_encoder, make_scanner

JOB, VALUE = 3, 4
DEEPEST = 500  # how deep values may be nested
PLAIN = frozenset((str, int, float, bool, type(None)))
CODE, MODULE, FUNCTION = type((lambda: 0).__code__), type(sys), type(lambda: 0)


class Notation:
    """How the scanner reads: as json.loads does."""

    strict, memo = True, {}
    object_hook = object_pairs_hook = None
    parse_float, parse_int, parse_constant = float, int, float


class Quitter:
    """exit and quit, which ordinary starts get from the module site."""

    def __call__(self, code=None):
        raise SystemExit(code)


def write(descriptor, data):
    rest = memoryview(data)
    while rest:
        rest = rest[posix.write(descriptor, rest) :]


def read_job():
    with FileIO(JOB) as channel:
        text = channel.readall().decode()
    sys.setrecursionlimit(5 * DEEPEST)
    if text.rfind('"tagged":true') >= 0:
        load("values")
        Notation.object_hook = Tags().untagged
    job = make_scanner(Notation)(text, 0)[0]
    sys.setrecursionlimit(1000)
    return job


def prepare(job):
    """What an ordinary start finds: its folder, paths and arguments."""
    folder = posix.getcwd()
    version = "python%d.%d" % sys.version_info[:2]
    for name, content in job["files"].items():
        with FileIO(f"{folder}/{name}", "w") as file:
            write(file.fileno(), content)
    sys.path[:0] = [folder, *job["modulePath"]]
    for packages in f"local/lib/{version}/dist", "lib/python3/dist", f"lib/{version}/site":
        try:
            posix.stat(f"{sys.prefix}/{packages}-packages")
            sys.path.append(f"{sys.prefix}/{packages}-packages")
        except OSError:
            pass
    builtins = sys.modules["builtins"]
    builtins.exit = builtins.quit = Quitter()
    main = sys.modules["__main__"] = MODULE("__main__")
    main.__builtins__ = builtins
    return folder, main.__dict__


def shifted(code, lines, **changes):
    """The code as if it stood so many lines further down; line tables are relative to the first line."""
    inner = tuple(shifted(item, lines) if type(item) is CODE else item for item in code.co_consts)
    return code.replace(co_firstlineno=code.co_firstlineno + lines, co_consts=inner, **changes)


def compile_block(job):
    """
    The block as the code of a function with the inputs as its parameters. A tab before each line leaves every
    comparison of indentations as it is. Where a line may not begin with a tab (inside a text), and where anything at
    all is wrong, a syntax tree is made, and with it the very error that the author should see. Both exec and a tab are
    for speed: compile() first makes some hundred types for the nodes of trees.
    """
    source = job["source"].replace("\r\n", "\n").replace("\r", "\n")
    if source[:1] not in " \t\n" and not any(text in source for text in ('"""', "'''", "\\\n", "\f", "__future__")):
        text = f"def block({','.join(job['inputs'])}):\n\t" + source.replace("\n", "\n\t")
        names = {}
        _warnings.filters.insert(0, ("error", None, SyntaxWarning, None, 0))
        try:
            exec(text, names)
            job["shown"] = text[text.index("\n") + 1 :]
            _imp._fix_co_filename(names["block"].__code__, job["file"])
            return shifted(names["block"].__code__, job["line"] - 2, co_name="<block>")
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            pass
        finally:
            del _warnings.filters[0]
    load("tree")
    return code_by_tree(job, source)


def plain(value):
    """Whether the fast encoder's text says what the value is: exact types, texts as keys, not too deep."""
    level, depth = [value], 0
    while level:
        depth += 1
        below = []
        for item in level:
            kind = type(item)
            if kind is dict:
                if [key for key in item if type(key) is not str]:
                    return False
                item = item.values()
            elif kind is not list and kind is not tuple:
                return False
            below += [inner for inner in item if type(inner) not in PLAIN]
        level = below
    return depth <= DEEPEST


def encoded(value):
    """The JSON of a value, in bytes. Half surrogates become escapes."""
    sys.setrecursionlimit(3 * DEEPEST)
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(4300)  # the default; what is longer is written in another form
    try:
        text = "".join(make_encoder({}, None, encode_basestring, None, ":", ",", False, False, False)(value, 0))
        exact = '{"$' not in text and (type(value) in PLAIN or plain(value))
    except (TypeError, ValueError, RecursionError):
        exact = False
    if not exact:
        load("values")
        text = exactly(value)
    return text.encode("utf-8", "backslashreplace")


def run_block(job, names):
    names.update(job["holes"])
    block = FUNCTION(compile_block(job), names)
    value = block(*job["inputs"].values()) if job["mode"] == "block" else None
    if posix.getpid() == PROCESS:  # not a child that the block has forked
        write(VALUE, b'{"value":' + encoded(value) + b"}")


def run_program(job, names, folder):
    name = job["file"].rpartition("/")[2]
    path = f"{folder}/{name if name.strip('.') else 'program.py'}"
    with FileIO(path, "w") as file:
        write(file.fileno(), job["source"].encode("utf-8", "surrogatepass"))
    names["__file__"], names["__cached__"] = sys.argv[0], names["__cached__"] = path, None
    exec(compile(job["source"], path, "exec", dont_inherit=True), names)


def forget_variables(error):
    trace = error.__traceback__.tb_next
    while trace:
        trace.tb_frame.clear()
        trace = trace.tb_next


def flush():
    for stream in sys.stdout, sys.stderr:
        try:
            stream.flush()
        except Exception:
            pass  # closed, or replaced by something else: nothing is left to be written


def run(job):
    folder, names = prepare(job)
    block = job["mode"] != "program"
    sys.argv = [job["file"], *job["arguments"]]
    try:
        if block:
            run_block(job, names)
        else:
            run_program(job, names, folder)
    except SystemExit:
        raise
    except BaseException as error:
        try:
            load("errors")
        except OSError:  # the error's own frames may hold every descriptor that there is
            forget_variables(error)
            load("errors")
        failed(error, job)
    if block:
        flush()
        posix._exit(0)


posix.set_inheritable(VALUE, False)
posix.write(VALUE, b"R")
PROCESS = posix.getpid()
run(read_job())
