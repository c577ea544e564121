# Loaded by prelude.py into its own namespace, for values that are more than JSON: the $ notations of jobs, and the slow
# encoder, which knows every kind of value and where in the whole it stands.

import binascii

MOST_BITS, MOST_DIGITS = 400_000, 4_900  # what Java takes from a guest


class UnsupportedValue(Exception):
    """A result that can't leave: its message names the place, the type and a way out."""


class Tags:
    """
    Turns {"$bytes": "…"} and its kin into what they stand for, from the inside out, as the scanner closes each map.
    What {"$map": …} holds was closed just before: if it looked like a notation then, it is taken back.
    """

    def __init__(self):
        self.read = {
            "$number": (str, float),
            "$integer": (str, lambda digits: int(digits, 16)),
            "$decimal": (str, decimal),
            "$bytes": (str, binascii.a2b_base64),
        }
        self.made = self.was = None

    def untagged(self, found):
        if len(found) != 1:
            return found
        (key, content), = found.items()
        if key == "$map" and (type(content) is dict or content is self.made):
            value = self.was if content is self.made else content
        else:
            kind, read = self.read.get(key, (None, None))
            if type(content) is not kind:
                return found
            try:
                value = read(content)
            except (ValueError, ArithmeticError):
                return found  # what stands in a $map can look like a notation and be none
        self.made, self.was = value, found
        return value


def decimal(text):
    from decimal import Decimal

    return Decimal(text)


def exactly(value):
    """The JSON text of any value; raises UnsupportedValue."""
    sys.setrecursionlimit(10 * DEEPEST)
    pieces = []
    Encoder(pieces.append).add(value, None, 0)
    return "".join(pieces)


HINTS = {
    "function": "call it and return what it gives",
    "builtin_function_or_method": "call it and return what it gives",
    "method": "call it and return what it gives",
    "generator": "make a list of it",
    "range": "make a list of it",
    "map": "make a list of it",
    "filter": "make a list of it",
    "zip": "make a list of it",
    "dict_keys": "make a list of it",
    "dict_values": "make a list of it",
    "dict_items": "make a list of it",
    "coroutine": "run it, for example with asyncio.run()",
    "timedelta": "return its total_seconds()",
    "complex": "return its real and imag parts",
    "Fraction": "return its numerator and denominator, or a float of it",
    "ndarray": "return its tolist()",
    "TextIOWrapper": "return what can be read from it",
    "BufferedReader": "return what can be read from it",
}


class Encoder:
    """Puts together the text of one value. A place is None for the whole, else a pair: the place around it, a key."""

    def __init__(self, put):
        self.put = put
        self.open = set()
        modules = sys.modules  # a value of a module's type exists only if that has been imported
        clock, numbers = modules.get("datetime"), modules.get("decimal") or modules.get("_decimal")
        self.times = (clock.date, clock.time) if clock else ()
        self.decimals = (numbers.Decimal,) if numbers else ()

    def add(self, value, place, depth):
        if value is None or value is True or value is False:
            self.put("null" if value is None else "true" if value else "false")
        elif isinstance(value, str):
            self.put(encode_basestring(value))
        elif isinstance(value, int):
            self.put(integer(int(value), place))
        elif isinstance(value, float):
            self.put(floating(float(value)))
        elif isinstance(value, (bytes, bytearray, memoryview)):
            self.put('{"$bytes":"%s"}' % binascii.b2a_base64(value, newline=False).decode())
        elif isinstance(value, self.decimals):
            self.put(decimal_text(value, place))
        elif isinstance(value, self.times):
            self.put(encode_basestring(value.isoformat()))
        elif isinstance(value, (dict, list, tuple, set, frozenset)):
            self.enter(value, place, depth + 1)
        else:
            refuse(place, value)

    def enter(self, value, place, depth):
        if id(value) in self.open:
            raise UnsupportedValue(f"{path(place)} contains itself: cut the circle")
        if depth > DEEPEST:
            raise UnsupportedValue(f"{path(place)} is nested more than {DEEPEST} deep: flatten it")
        self.open.add(id(value))
        if isinstance(value, dict):
            self.add_map(value, place, depth)
        else:
            self.add_list(value, place, depth)
        self.open.remove(id(value))

    def add_list(self, value, place, depth):
        separator = "["
        for index, item in enumerate(value):
            self.put(separator)
            self.add(item, (place, index), depth)
            separator = ","
        self.put("[]" if separator == "[" else "]")

    def add_map(self, value, place, depth):
        keys = [key_text(key, place) for key in value]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise UnsupportedValue(f"{path(place)} has two keys that become {twice!r}: only one of them could stay")
        tagged = len(keys) == 1 and keys[0].startswith("$")
        self.put('{"$map":{' if tagged else "{")
        separator = ""
        for key, item in zip(keys, value.values()):
            self.put(f"{separator}{encode_basestring(key)}:")
            self.add(item, (place, key), depth)
            separator = ","
        self.put("}}" if tagged else "}")


def integer(value, place):
    # Beyond 64 bits in hexadecimal digits: they cost no more the longer a number is, and Python has no limit on them.
    if -(1 << 63) <= value < 1 << 63:
        return str(value)
    if value.bit_length() > MOST_BITS:
        raise UnsupportedValue(f"{path(place)} is an integer of more than {MOST_BITS} bits: return its to_bytes()")
    return '{"$integer":"%x"}' % value


def decimal_text(value, place):
    if not value.is_finite():
        return floating(float("nan" if value.is_nan() else value))
    text = str(value)
    if len(text) > MOST_DIGITS:
        raise UnsupportedValue(f"{path(place)} is a Decimal of more than {MOST_DIGITS} digits: round it")
    return '{"$decimal":"%s"}' % text


def floating(value):
    if value - value == 0:
        return repr(value)
    return '{"$number":"%s"}' % ("NaN" if value != value else "Infinity" if value > 0 else "-Infinity")


def key_text(key, place):
    if isinstance(key, str):
        return str.__str__(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return str(int(key))
    kind = type(key).__name__
    raise UnsupportedValue(f"{path(place)} has a key of type {kind}, and keys are texts: use str() or repr() of it")


def refuse(place, value):
    kind = type(value)
    hint = HINTS.get(kind.__name__, "return its data, as lists, dicts, texts and numbers")
    if hasattr(kind, "__dataclass_fields__"):
        hint = "return dataclasses.asdict() of it"
    elif hasattr(value, "item") and hasattr(value, "dtype"):
        hint = "return its item(), or tolist() of the whole"
    elif hasattr(kind, "__members__"):
        hint = "return its name or value"
    name = kind.__qualname__.rpartition("<locals>.")[2]
    if kind.__module__ not in ("builtins", "__main__"):
        name = f"{kind.__module__}.{name}"
    raise UnsupportedValue(f"{path(place)} is of type {name}, which can't leave the jail: {hint}")


def path(place):
    """Where a value stands, as its author would write it: orders[3].total."""
    steps = []
    while place:
        place, key = place
        steps.append(f"[{key}]" if type(key) is int else f".{key}" if key.isidentifier() else f"[{key!r}]")
    text = "".join(reversed(steps)).removeprefix(".")
    return "the value" if not text else text if len(text) <= 200 else text[:200] + "…"
