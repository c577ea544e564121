// Values that JSON has no form for, in the $ notations of docs/adding-a-runtime.md.
'use strict';

const DEEPEST = 500;

class UnsupportedValue extends Error {
    constructor(path, message) {
        super(`${path}: ${message}`);
        this.stack = `UnsupportedValue: ${this.message}`;
    }

    get name() {
        return 'UnsupportedValue';
    }
}

// --- From Java ---

function untagged(value) {
    if (value === null || typeof value !== 'object') {
        return value;
    }
    const keys = Object.keys(value);
    if (!Array.isArray(value) && keys.length === 1 && keys[0][0] === '$') {
        const held = value[keys[0]];
        switch (keys[0]) {
            case '$map':
                return members(held);
            case '$number':
                return Number(held);
            case '$decimal':
                return Number(held);
            case '$integer':
                return integer(held);
            case '$bytes':
                return new Uint8Array(Buffer.from(held, 'base64'));
        }
    }
    return members(value);
}

function members(value) {
    for (const key of Object.keys(value)) {
        value[key] = untagged(value[key]); // also a key __proto__, which JSON.parse has made an own one
    }
    return value;
}

function integer(hex) {
    const number = hex[0] === '-' ? -BigInt('0x' + hex.slice(1)) : BigInt('0x' + hex);
    return Number.isSafeInteger(Number(number)) ? Number(number) : number;
}

// --- To Java ---

function tagged(value) {
    return new Tagger().tagged(value, 'value');
}

class Tagger {
    open = new Set();

    tagged(value, path) {
        switch (typeof value) {
            case 'undefined':
                return null;
            case 'string':
            case 'boolean':
                return value;
            case 'number':
                return number(value);
            case 'bigint':
                return { $integer: value.toString(16) };
            case 'object':
                return value === null ? null : this.container(value, path);
            case 'function':
                throw new UnsupportedValue(path, 'a function can\'t cross; return what it gives');
            default:
                throw new UnsupportedValue(path, `a ${typeof value} can't cross; return text`);
        }
    }

    container(value, path) {
        const bytes = bytesOf(value);
        if (bytes !== null) {
            return { $bytes: bytes.toString('base64') };
        }
        if (value instanceof Date) {
            return date(value, path);
        }
        if (this.open.has(value)) {
            throw new UnsupportedValue(path, 'a value that contains itself can\'t cross; break the cycle');
        }
        if (this.open.size >= DEEPEST) {
            throw new UnsupportedValue(path, `nested more than ${DEEPEST} deep; flatten it`);
        }
        this.open.add(value);
        const result = this.items(value, path);
        this.open.delete(value);
        return result;
    }

    items(value, path) {
        if (Array.isArray(value) || value instanceof Set) {
            return Array.from(value, (item, index) => this.tagged(item, `${path}[${index}]`));
        }
        if (value instanceof Map) {
            return this.map([...value], path);
        }
        const prototype = Object.getPrototypeOf(value);
        if (prototype === null || prototype === Object.prototype) {
            return this.map(Object.entries(value), path);
        }
        throw new UnsupportedValue(path, `an object of the class ${className(value)} can't cross; return a plain object`);
    }

    map(entries, path) {
        const result = Object.create(null);
        for (const [key, item] of entries) {
            const name = keyText(key, path);
            if (name in result) {
                throw new UnsupportedValue(path, `two keys become '${name}'; make them differ`);
            }
            result[name] = this.tagged(item, `${path}.${name}`);
        }
        return entries.length === 1 && Object.keys(result)[0][0] === '$' ? { $map: result } : result;
    }
}

// A safe integer is an integer in Java; all else is a floating number and has to look like one.
function number(value) {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
        return value;
    }
    if (Number.isFinite(value) && !Number.isInteger(value)) {
        return value;
    }
    return { $number: Object.is(value, -0) ? '-0.0' : String(value) };
}

function bytesOf(value) {
    if (value instanceof Uint8Array) {
        return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
    return value instanceof ArrayBuffer || value instanceof SharedArrayBuffer ? Buffer.from(value) : null;
}

function date(value, path) {
    if (Number.isNaN(value.getTime())) {
        throw new UnsupportedValue(path, 'an invalid Date can\'t cross');
    }
    return value.toISOString();
}

function keyText(key, path) {
    if (typeof key === 'string' || typeof key === 'bigint' || Number.isSafeInteger(key)) {
        return String(key);
    }
    throw new UnsupportedValue(path, `a key has to be text or an integer, found ${typeof key}`);
}

function className(value) {
    return value.constructor?.name ?? 'unknown';
}

module.exports = { tagged, untagged };
