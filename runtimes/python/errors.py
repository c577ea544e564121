# Loaded by prelude.py into its own namespace when a run has ended with an exception. What the interpreter prints for it
# comes from the interpreter's own hook: no other code says it so exactly, and none would be loaded so soon.

from _io import StringIO

MOST_MESSAGE, MOST_TRACE = 1 << 16, 1 << 18  # characters; more helps nobody and could exceed the value's limit


def failed(error, job):
    """Tells of the error as the interpreter would, and ends as it would."""
    sys.setrecursionlimit(1000)
    block = job["mode"] != "program"
    trace = error.__traceback__
    while trace and is_prelude(trace.tb_frame.f_code):
        trace = trace.tb_next
    error.with_traceback(trace)
    if not block:
        sys.excepthook(type(error), error, trace)
    if posix.getpid() == PROCESS:
        try:
            write(VALUE, encoded({"error": described(error, job, block)}))
        except OSError:  # it is the guest's to close
            write(2, b"nothing can be told of this run: it has closed descriptor 4\n")
    if not block:
        end_program(error)
    flush()
    posix._exit(1)


def is_prelude(code):
    return code.co_filename.rpartition("/")[0] == __file__.rpartition("/")[0]


def end_program(error):
    if isinstance(error, KeyboardInterrupt):  # ends like the signal that it stands for
        import _signal

        flush()
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
        posix.kill(posix.getpid(), _signal.SIGINT)
    raise SystemExit(1)  # from here on it is the interpreter's own way out: threads, atexit, streams


def described(error, job, block):
    own = job["file"] if block else sys.modules["__main__"].__dict__.get("__file__")
    line = line_in(own, error)
    if line and not block:  # whose lines the interpreter counts from 1
        line += job["line"] - 1
    if isinstance(error, SyntaxError) and error.filename == own and not error.text:
        error.text = source_line(job, line)
    trace = printed_with_source(error, job) if block else printed(error).replace(str(own), job["file"])
    return {
        "type": type_name(type(error)),
        "message": shortened(message(error), MOST_MESSAGE),
        "file": job["file"],
        "line": line,
        "trace": shortened(trace, MOST_TRACE),
    }


def type_name(kind):
    name = kind.__qualname__.rpartition("<locals>.")[2]
    return name if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{name}"


def message(error):
    try:
        return str.__str__(str(error.msg if isinstance(error, SyntaxError) else error))
    except Exception:
        return "<exception str() failed>"


def line_in(own, error):
    """The line of the job's own source where the error came up, or None."""
    if isinstance(error, SyntaxError) and error.filename == own:
        return error.lineno
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == own:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def source_line(job, line):
    lines = job["source"].splitlines()
    index = (line or 0) - job["line"]
    return lines[index] if 0 <= index < len(lines) else None


def shortened(text, most):
    return text if len(text) <= most else f"{text[: most // 2]}\n[…]\n{text[-most // 2 :]}"


def printed(error):
    stderr, sys.stderr = sys.stderr, StringIO()
    try:
        sys.__excepthook__(type(error), error, error.__traceback__)
        return sys.stderr.getvalue()
    finally:
        sys.stderr = stderr


def printed_with_source(error, job):
    """
    The interpreter shows source lines of files that it finds in sys.path: for so long, the block is one. It is shown as
    it was compiled, with the columns that the interpreter knows.
    """
    folder = f"/tmp/.source-{PROCESS}"
    path = f"{folder}/{job['file'].rpartition('/')[2]}"
    try:
        posix.mkdir(folder)
        with FileIO(path, "w") as file:
            text = "\n" * (job["line"] - 1) + job.get("shown", job["source"])
            write(file.fileno(), text.encode("utf-8", "surrogatepass"))
    except (OSError, ValueError):
        return printed(error)  # the disk is full, perhaps: then without source lines
    sys.path.insert(0, folder)
    try:
        return printed(error)
    finally:
        sys.path.remove(folder)
        posix.unlink(path)
        posix.rmdir(folder)
