# The guest's side of an execution, in two halves: warm up and write "R" to descriptor 4; read one job from descriptor
# 3, run it, write its value to descriptor 4. docs/adding-a-runtime.md has both documents.
#
# Each start compiles this file, and each line of it costs as much as the whole rest: guest.py and the others come out
# of __pycache__, where their compiled forms lie if the build found this very version of Python, else out of their
# sources.

import _imp
import sys
from _frozen_importlib_external import MAGIC_NUMBER
from _io import FileIO
from marshal import loads


def load(name):
    """Runs one of the files beside this one, in the namespace of this one."""
    path = __file__.replace("prelude.py", name)
    with FileIO(f"{path}.py") as file:
        source = file.readall()
    head = MAGIC_NUMBER + b"\3\0\0\0" + _imp.source_hash(int.from_bytes(MAGIC_NUMBER, "little"), source)  # PEP 552
    try:
        with FileIO(path.replace(name, f"__pycache__/{name}.{sys.implementation.cache_tag}.pyc")) as file:
            compiled = file.readall()
    except OSError:
        compiled = b""
    exec(loads(compiled[16:]) if compiled[:16] == head else compile(source, f"{path}.py", "exec"), globals())


load("guest")
