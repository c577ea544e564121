'use strict';
// Values between JSON and JavaScript, for prelude.js: the $ notations of jobs, and what may leave.

const DEEPEST = 500;
const MOST_HEX_DIGITS = 100_000; // what Java takes from a guest

/** A result that can't leave: the message names the place, the type and a way out. */
class UnsupportedValue extends Error {
  name = 'UnsupportedValue';
}

const READ = {
  $number: (text) => Number(text),
  $decimal: (text) => Number(text),
  $bytes: (text) => new Uint8Array(Buffer.from(text, 'base64')),
  $integer: readInteger,
};

function readInteger(digits) {
  const number = digits[0] === '-' ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
  return Number.isSafeInteger(Number(number)) ? Number(number) : number;
}

/** The job with each notation in its inputs, holes and files, such as {"$bytes": "…"}, as what it stands for. */
function withoutTags(job) {
  untagEach(job.inputs);
  untagEach(job.holes);
  untagEach(job.files);
  return job;
}

/** Maps come from JSON.parse, so that __proto__ is a key of their own and stays one. */
function untagEach(container) {
  for (const key of Object.keys(container)) container[key] = untagged(container[key]);
  return container;
}

function untagged(value) {
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length !== 1 || keys[0][0] !== '$') return untagEach(value);
  const content = value[keys[0]];
  if (keys[0] === '$map' && typeof content === 'object') return untagEach(content);
  const known = typeof content === 'string' && Object.hasOwn(READ, keys[0]);
  return known ? READ[keys[0]](content) : untagEach(value);
}

const HINTS = {
  function: 'call it and return what it gives',
  symbol: 'return its description',
  Promise: 'await it',
  RegExp: 'return its source',
  Error: 'return its message',
  WeakMap: 'return what it is about',
  Generator: 'make an array of it',
  DataView: 'return a Uint8Array of its buffer',
};

/** Puts together the JSON of one value. */
class Encoder {
  /** The keys and indexes on the way to where we are. */
  place = [];

  /** The objects on the way. */
  open = new Set();

  text(value) {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return JSON.stringify(value);
      case 'number':
        return number(value);
      case 'bigint':
        return this.integer(value);
      case 'undefined':
        return 'null';
      case 'object':
        return value === null ? 'null' : this.object(value);
      default:
        throw this.refusal(`is a ${typeof value}, which can't leave the jail`, HINTS[typeof value]);
    }
  }

  object(value) {
    if (this.open.has(value)) throw this.refusal('contains itself', 'cut the circle');
    if (Array.isArray(value) || value instanceof Set) return this.within(value, () => this.list(value));
    if (value instanceof Map) return this.within(value, () => this.map(this.mapEntries(value)));
    if (value instanceof Date) return this.date(value);
    const bytes = bytesOf(value);
    if (bytes !== null) return `{"$bytes":"${bytes.toString('base64')}"}`;
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      return this.within(value, () => this.map(Object.entries(value)));
    }
    const name = prototype.constructor?.name || 'object';
    const kind = Object.keys(HINTS).find((each) => value instanceof (globalThis[each] ?? class {})) ?? name;
    throw this.refusal(
      `is of class ${name}, which can't leave the jail`,
      HINTS[kind] ?? (ArrayBuffer.isView(value) ? 'make an array of it' : 'return its data as a plain object: {...it}'),
    );
  }

  within(value, encode) {
    if (this.open.size >= DEEPEST) throw this.refusal(`is nested more than ${DEEPEST} deep`, 'flatten it');
    this.open.add(value);
    const text = encode();
    this.open.delete(value);
    return text;
  }

  at(key, value) {
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'number') return number(value);
    this.place.push(key);
    const text = this.text(value);
    this.place.pop();
    return text;
  }

  list(values) {
    const items = [];
    for (const value of values) items.push(this.at(items.length, value));
    return `[${items.join(',')}]`;
  }

  map(entries) {
    const items = entries.map(([key, value]) => `${JSON.stringify(key)}:${this.at(key, value)}`);
    const text = `{${items.join(',')}}`;
    return entries.length === 1 && entries[0][0].startsWith('$') ? `{"$map":${text}}` : text;
  }

  mapEntries(map) {
    const texts = new Map();
    for (const [key, value] of map) {
      const whole = typeof key === 'bigint' || Number.isSafeInteger(key);
      if (typeof key !== 'string' && !whole) {
        const kind = key === null ? 'null' : typeof key;
        throw this.refusal(`has a key of type ${kind}, and keys are texts`, 'use String() of it');
      }
      const text = String(key);
      if (texts.has(text)) throw this.refusal(`has two keys that become '${text}'`, 'only one of them could stay');
      texts.set(text, value);
    }
    return [...texts];
  }

  /** Beyond 64 bits in hexadecimal digits, which cost no more the longer a number is. */
  integer(value) {
    if (BigInt.asIntN(64, value) === value) return String(value);
    const digits = value.toString(16);
    if (digits.length > MOST_HEX_DIGITS) {
      throw this.refusal(`is an integer of more than ${4 * MOST_HEX_DIGITS} bits`, 'return it as text');
    }
    return `{"$integer":"${digits}"}`;
  }

  date(value) {
    if (Number.isNaN(value.getTime())) throw this.refusal('is an invalid Date', 'return null for it');
    return JSON.stringify(value.toISOString());
  }

  refusal(what, hint) {
    const steps = this.place.map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      return /^[a-z_$][\w$]*$/i.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    });
    const path = steps.join('').replace(/^\./, '');
    const shown = path === '' ? 'the value' : path.length <= 200 ? path : `${path.slice(0, 200)}…`;
    const error = new UnsupportedValue(`${shown} ${what}: ${hint}`);
    error.stack = `${error.name}: ${error.message}`; // its frames are all ours
    return error;
  }
}

function number(value) {
  if (Number.isFinite(value)) {
    if (Object.is(value, -0)) return '-0.0';
    const text = String(value);
    return Number.isSafeInteger(value) || /[.e]/.test(text) ? text : `${text}.0`;
  }
  return `{"$number":"${value}"}`;
}

function bytesOf(value) {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer || value instanceof SharedArrayBuffer ? Buffer.from(value) : null;
}

module.exports = { withoutTags, encoded: (value) => new Encoder().text(value) };
