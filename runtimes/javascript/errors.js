'use strict';
// Tells of what ended a run, for prelude.js.

const { inspect } = require('util');
const vm = require('vm');

const MOST_MESSAGE = 1 << 16; // characters; more helps nobody and could exceed the value's limit
const MOST_TRACE = 1 << 18;

/** The document that says what a run ended with. */
function document(error, job) {
  const isError = error instanceof Error || Object.prototype.toString.call(error) === '[object Error]';
  const stack = isError ? attempt(() => String(error.stack), '') : '';
  const hasFrames = stack === '' || stack.includes('\n    at '); // inspect() puts brackets around what has none
  const whole = hasFrames ? attempt(() => inspect(error), 'something that can not be shown') : stack;
  const program = job.mode === 'program';
  const line = lineIn(program ? [`file://${job.path}`, job.path] : [job.file], stack);
  const trace = isError ? withoutPrelude(whole) : `Uncaught ${whole}`;
  return JSON.stringify({
    error: {
      type: isError ? attempt(() => typeName(error), 'Error') : error === null ? 'null' : typeof error,
      message: shortened(isError ? attempt(() => String(error.message), whole) : whole, MOST_MESSAGE),
      file: job.file,
      line: program && line !== null ? line + job.line - 1 : line,
      trace: shortened(program ? named(trace, job) : trace, MOST_TRACE),
    },
  });
}

/** A program lies in a file of the jail's; its author knows it by another name. */
function named(trace, job) {
  return trace.replaceAll(`file://${job.path}`, job.file).replaceAll(job.path, job.file);
}

/** An error's properties can be getters that throw. */
function attempt(get, otherwise) {
  try {
    return get();
  } catch {
    return otherwise;
  }
}

function typeName(error) {
  const { name } = error;
  return name === 'Error' ? error.constructor?.name || name : String(name);
}

/** The line where one of these files comes up first: in a stack, or above the message of a syntax error. */
function lineIn(files, stack) {
  for (const text of stack.split('\n')) {
    for (const file of files) {
      const at = text.indexOf(`${file}:`);
      const number = at < 0 ? NaN : parseInt(text.slice(at + file.length + 1), 10);
      if (number >= 0) return number;
    }
  }
  return null;
}

/** A trace without the frames of this folder and those below them, which are Node's own. */
function withoutPrelude(trace) {
  let below = false;
  const lines = trace.split('\n').filter((line) => {
    const frame = /^\s+at /.test(line);
    below = frame && (below || line.includes(`${__dirname}/`));
    return !below;
  });
  return lines.join('\n');
}

function shortened(text, most) {
  return text.length <= most ? text : `${text.slice(0, most / 2)}\n[…]\n${text.slice(-most / 2)}`;
}

/**
 * The syntax error that the block's author should see. The parser has met it inside what prelude.js puts around the
 * block. As the body of a function by itself the block says the same without that, unless the matter is await.
 */
function syntaxError(error, job, before) {
  if (!(error instanceof SyntaxError)) return error;
  const names = Object.keys(job.inputs);
  const reserved = names.find((name) => attempt(() => !new AsyncFunction(name, ''), true));
  if (reserved !== undefined) {
    const message = `an input can't be called '${reserved}' here: JavaScript keeps this word for itself`;
    return withoutFrames(new SyntaxError(message));
  }
  try {
    vm.compileFunction(job.source, names, { filename: job.file, lineOffset: job.line - 1 });
  } catch (plain) {
    if (plain instanceof SyntaxError && !plain.message.startsWith('await is only valid')) return withoutFrames(plain);
  }
  return withoutFrames(error, before);
}

const AsyncFunction = (async () => {}).constructor;

/** The error with the place and the source line above its message, but without frames and without `before`. */
function withoutFrames(error, before = '') {
  const lines = error.stack.split('\n').filter((line) => !/^\s+at /.test(line));
  const at = lines.findIndex((line) => before !== '' && line.startsWith(before));
  if (at >= 0) {
    lines[at] = lines[at].slice(before.length);
    lines[at + 1] = lines[at + 1].slice(before.length);
  }
  error.stack = lines.join('\n');
  return error;
}

function unsettledPromise() {
  const message = 'the block waits for a promise that nothing will ever settle';
  return Object.assign(new Error(message), { name: 'UnsettledPromise', stack: `UnsettledPromise: ${message}` });
}

module.exports = { document, syntaxError, unsettledPromise };
