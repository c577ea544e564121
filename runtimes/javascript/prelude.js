'use strict';
// The guest's side of an execution, in two halves: warm up and write "R" to descriptor 4; read one job from
// descriptor 3, run it, write its value to descriptor 4. docs/adding-a-runtime.md has both documents.
//
// Each start compiles this file; what few runs need is in the others beside it. Descriptors 3 and 4 don't reach
// children: Node itself has seen to that at its start.

const fs = require('fs');
const Module = module.constructor; // require() would first make an ES module of it
const vm = require('vm');

const JOB = 3;
const VALUE = 4;
const DEEPEST = 500; // how deep values may be nested

/** Whether a document has been written; there is one at most. */
let said = false;

function say(document) {
  if (said) return;
  said = true;
  const bytes = Buffer.from(document);
  try {
    for (let at = 0; at < bytes.length;) at += fs.writeSync(VALUE, bytes, at);
  } catch {
    fs.writeSync(2, 'nothing can be told of this run: it has closed descriptor 4\n');
    process.reallyExit(1);
  }
}

/** One of the files beside this one. The guest may hold every descriptor that it can have: the job's is our spare. */
function load(name) {
  try {
    return require(name);
  } catch (error) {
    if (error.code !== 'EMFILE') throw error;
    fs.closeSync(JOB);
    return require(name);
  }
}

/** A stream to a pipe holds back what its reader is not ready for, and a run's end would lose it. So they wait. */
function makeBlocking(name) {
  const property = Object.getOwnPropertyDescriptor(process, name);
  let stream;
  Object.defineProperty(process, name, {
    ...property,
    get() {
      if (stream === undefined) {
        stream = property.get.call(process);
        stream._handle?.setBlocking?.(true);
      }
      return stream;
    },
  });
}

/** What an ordinary start finds: files, and what modules can ask for. */
function prepare(job) {
  makeBlocking('stdout');
  makeBlocking('stderr');
  for (const name of Object.keys(job.files)) fs.writeFileSync(name, job.files[name]);
  if (/\b(?:require|import|Module)/.test(job.source)) prepareModules(job);
}

/** Paths of packages, and facts about the machine that a jail's /proc does not tell. */
function prepareModules(job) {
  const installed = ['/usr/local/lib/node_modules', '/usr/lib/node_modules', '/usr/share/nodejs'];
  process.env.NODE_PATH = [...job.modulePath, ...installed].join(':');
  Module._initPaths();
  delete process.env.NODE_PATH;
  const os = require('os');
  const cpu = { model: 'unknown', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } };
  os.cpus = () => Array.from({ length: job.processors }, () => ({ ...cpu, times: { ...cpu.times } }));
  os.availableParallelism = () => job.processors;
  os.totalmem = () => job.memory;
  os.freemem = () => Math.max(0, job.memory - process.memoryUsage.rss());
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    // This one is about compileBlock(), not about anything that the guest does.
    if (!String(warning).startsWith('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) emitWarning.call(process, warning, ...rest);
  };
}

/**
 * The block as an async function. Holes are what is around it, as parameters of another function. What is put before the
 * block stands in columns before its first.
 */
function compileBlock(job) {
  const around = ['require', 'module', 'exports', '__filename', '__dirname', ...Object.keys(job.holes)];
  const before = `(function (${around}) { return async function (${Object.keys(job.inputs)}) {`;
  const options = {
    filename: job.file,
    lineOffset: job.line - 1,
    columnOffset: -before.length,
    importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  };
  try {
    const folder = process.cwd();
    const own = new Module(`${folder}/block.js`);
    const script = new vm.Script(`${before}${job.source}\n}})`, options);
    if (job.mode === 'check') return () => null;
    const given = [Module.createRequire(own.id), own, own.exports, own.id, folder, ...Object.values(job.holes)];
    return script.runInThisContext()(...given);
  } catch (error) {
    throw load('./errors.js').syntaxError(error, job, before);
  }
}

/** The JSON of a value: from JSON.stringify where that says what the value is. */
function encoded(value) {
  return isPlain(value, 1) ? JSON.stringify(value) : load('./values.js').encoded(value);
}

function isPlain(value, depth) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isInteger(value) ? Number.isSafeInteger(value) && !Object.is(value, -0) : Number.isFinite(value);
    case 'object':
      return value === null || (depth <= DEEPEST && isPlainContainer(value, depth));
    default:
      return false;
  }
}

function isPlainContainer(value, depth) {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i], depth + 1)) return false;
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const keys = Object.keys(value);
  for (const key of keys) if (!isPlain(value[key], depth + 1)) return false;
  return keys.length !== 1 || keys[0][0] !== '$';
}

async function runBlock(job) {
  process.argv = [process.argv[0], job.file, ...job.arguments];
  await null; // so that the frames below ours are not those of Node's start
  const value = await compileBlock(job)(...Object.values(job.inputs));
  say(`{"value":${encoded(value)}}`);
  process.reallyExit(0);
}

/** Writes the program into the working directory and starts it as Node starts a main module: from an empty stack. */
function startProgram(job) {
  let name = job.file.slice(job.file.lastIndexOf('/') + 1);
  if (!/.\.[cm]?js$/.test(name)) name += '.js';
  job.path = `${process.cwd()}/${name}`;
  fs.writeFileSync(job.path, job.source);
  process.argv = [process.argv[0], job.path, ...job.arguments];
  process.nextTick(Module.runMain, job.path);
}

function failed(error, job) {
  say(load('./errors.js').document(error, job));
  if (job.mode !== 'program') process.reallyExit(1);
}

function run(job) {
  prepare(job);
  process.on('uncaughtExceptionMonitor', (error) => {
    const handled = process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback();
    if (!handled) failed(error, job);
  });
  if (job.mode === 'program') {
    startProgram(job);
    return;
  }
  process.once('beforeExit', () => {
    process.once('exit', (code) => {
      if (code === 0) failed(load('./errors.js').unsettledPromise(), job);
    });
  });
  runBlock(job).catch((error) => failed(error, job));
}

fs.writeSync(VALUE, 'R');
const job = JSON.parse(fs.readFileSync(JOB, 'utf8'));
run(job.tagged ? require('./values.js').withoutTags(job) : job);
