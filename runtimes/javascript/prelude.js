// The guest's side of an execution, in two halves: warm up and write "R" to descriptor 4; read one job from descriptor 3,
// run it, write its value to descriptor 4. docs/adding-a-runtime.md has both documents.
//
// What every run needs is here; what few runs need is in values.js and errors.js, read when it is.
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const vm = require('node:vm');

const HERE = __dirname;
const DEEPEST = 500; // how deep values may be nested

// The value channel again, under a descriptor that child processes don't inherit.
const channel = fs.openSync('/proc/self/fd/4', 'w');
fs.closeSync(4);
fs.writeSync(channel, 'R');
run(readJob());

function readJob() {
    const job = JSON.parse(fs.readFileSync(3, 'utf8'));
    fs.closeSync(3);
    if (job.tagged) {
        const { untagged } = require(HERE + '/values.js');
        job.inputs = untaggedMembers(job.inputs, untagged);
        job.files = untaggedMembers(job.files, untagged);
    }
    return job;
}

// Inputs and files are maps of ours: one whose only key begins with $ is no notation.
function untaggedMembers(map, untagged) {
    for (const key of Object.keys(map)) {
        map[key] = untagged(map[key]);
    }
    return map;
}

function run(job) {
    const folder = process.cwd();
    for (const [name, content] of Object.entries(job.files)) {
        fs.writeFileSync(`${folder}/${name}`, content);
    }
    describeHost(job);
    process.env.NODE_PATH = [...job.modulePath, '/usr/local/lib/node_modules', '/usr/lib/node_modules', '/usr/share/nodejs'].join(':');
    Module._initPaths();
    delete process.env.NODE_PATH;
    if (job.mode === 'block') {
        runBlock(job, folder);
    } else {
        runProgram(job, folder);
    }
}

// A jail's /proc has no file about the machine: what programs size their pools by comes from the policy.
function describeHost(job) {
    const os = require('node:os');
    const cpu = { model: 'jail', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } };
    os.cpus = () => Array.from({ length: job.processors }, () => ({ ...cpu, times: { ...cpu.times } }));
    os.availableParallelism = () => job.processors;
    os.totalmem = () => job.memory;
    os.freemem = () => Math.max(0, job.memory - process.memoryUsage.rss());
}

// --- Blocks ---

function compileBlock(job) {
    const before = `(function (require, module, exports, __filename, __dirname) { return async function (${Object.keys(job.inputs)}) {`;
    return new vm.Script(before + job.source + '\n}})', {
        filename: job.file,
        lineOffset: job.line - 1,
        columnOffset: -before.length,
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext();
}

function runBlock(job, folder) {
    const fail = error => {
        finish(require(HERE + '/errors.js').document(error, job, job.file), 1);
    };
    process.on('uncaughtException', fail);
    process.on('unhandledRejection', fail);
    process.on('beforeExit', () => fail(new UnsettledPromise()));
    process.argv = [process.execPath, job.file, ...job.arguments];
    let block;
    try {
        const module = new Module(`${folder}/block.js`);
        module.filename = module.id;
        module.paths = Module._nodeModulePaths(folder);
        const require = Module.createRequire(module.filename);
        block = compileBlock(job)(require, module, module.exports, module.filename, folder);
    } catch (error) {
        fail(error);
    }
    block(...Object.values(job.inputs)).then(value => finish(`{"value":${encoded(value)}}`, 0)).catch(fail);
}

class UnsettledPromise extends Error {
    constructor() {
        super('the block waits for a promise that nothing will ever settle');
        this.stack = `${this.name}: ${this.message}`;
    }

    get name() {
        return 'UnsettledPromise';
    }
}

// Writes the last word and ends at once: nobody pays for an orderly end of a world that is thrown away.
function finish(document, status) {
    const bytes = Buffer.from(document);
    for (let sent = 0; sent < bytes.length; ) {
        sent += fs.writeSync(channel, bytes, sent);
    }
    process.reallyExit(status);
}

// The JSON of a value: at once where JSON.stringify says what it is, else in the $ notations.
function encoded(value) {
    if (!isPlain(value, 1)) {
        value = require(HERE + '/values.js').tagged(value);
    }
    return JSON.stringify(value);
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
        for (let i = 0; i < value.length; i++) {
            if (!isPlain(value[i], depth + 1)) {
                return false;
            }
        }
        return true;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) {
        return false;
    }
    const keys = Object.keys(value);
    return !(keys.length === 1 && keys[0][0] === '$') && keys.every(key => isPlain(value[key], depth + 1));
}

// --- Programs ---

function runProgram(job, folder) {
    const last = job.file.slice(job.file.lastIndexOf('/') + 1);
    const path = `${folder}/${/\.[cm]?js$/.test(last) ? last : `${last || 'program'}.js`}`;
    fs.writeFileSync(path, job.source);
    process.argv = [process.execPath, path, ...job.arguments];
    // Node goes on to say it on stderr and to exit as it always does.
    process.on('uncaughtExceptionMonitor', error => {
        fs.writeSync(channel, require(HERE + '/errors.js').document(error, job, path));
    });
    Module.runMain();
}
