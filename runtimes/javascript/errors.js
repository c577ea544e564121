// What went wrong in a guest's code, as its author would tell it: in his file and lines, without frames of ours.
'use strict';

const LONGEST_CHAIN = 20;
const OURS = /\/runtime\/|node:internal|node:vm|at new Script/;

// The error document. Code that lies in a file of the jail's is shown under the name that the job gives it.
function document(error, job, path) {
    const named = text => (path === job.file ? text : text.replaceAll(`file://${path}`, job.file).replaceAll(path, job.file));
    const trace = named(chain(error));
    return JSON.stringify({
        error: {
            type: type(error),
            message: message(error),
            file: lineOf(trace, job.file) === null ? null : job.file,
            line: lineOf(trace, job.file),
            trace,
        },
    });
}

function isError(error) {
    return error !== null && typeof error === 'object' && typeof error.stack === 'string';
}

function type(error) {
    return isError(error) ? String(error.name || error.constructor?.name || 'Error') : typeof error;
}

function message(error) {
    try {
        return isError(error) ? String(error.message) : String(error);
    } catch {
        return 'a thrown value that has no text';
    }
}

function chain(error) {
    const parts = [];
    for (let link = error, length = 0; length < LONGEST_CHAIN; link = link.cause, length++) {
        parts.push(isError(link) ? withoutOurs(link.stack) : message(link));
        if (!isError(link) || link.cause === undefined) {
            break;
        }
    }
    return parts.join('\ncaused by: ');
}

function withoutOurs(stack) {
    return stack
        .split('\n')
        .filter(line => !(/^\s+at /.test(line) && OURS.test(line)))
        .join('\n');
}

// The first place in the author's own file: the innermost frame, or the line that could not be parsed.
function lineOf(trace, file) {
    const at = trace.indexOf(`${file}:`);
    const found = at < 0 ? null : /^\d+/.exec(trace.slice(at + file.length + 1));
    return found === null ? null : Number(found[0]);
}

module.exports = { document };
