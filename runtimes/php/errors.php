<?php
// Tells of what ended a run, for prelude.php.

namespace reedact;

const MOST_MESSAGE = 1 << 16; // bytes; more helps nobody and could exceed the value's limit
const MOST_TRACE = 1 << 18;

/** Says what a block or program ended with, and lets it end as the interpreter would. */
function tell(\Throwable $error): void
{
    $block = Guest::$job['mode'] !== 'program';
    for ($link = $error; $link !== null; $link = $link->getPrevious()) {
        hidePrelude($link);
    }
    if ($error instanceof UnsupportedValue) {
        say('UnsupportedValue', $error->getMessage(), null, "UnsupportedValue: {$error->getMessage()}");
    } else {
        say($error::class, $error->getMessage(), line($error), (string) $error);
    }
    if (!$block) {
        throw $error; // to the program's own handler, or to PHP, which prints it
    }
    exit(1);
}

/** @param array{message: string, file: string, line: int} $error */
function tellFatal(array $error): void
{
    $line = $error['file'] === Guest::$path ? inJob($error['line']) : null;
    $trace = "Fatal error: {$error['message']} in {$error['file']} on line {$error['line']}";
    say('FatalError', $error['message'], $line, $trace);
    if (Guest::$job['mode'] !== 'program') {
        exit(1);
    }
}

function say(string $type, string $message, ?int $line, string $trace): void
{
    $error = [
        'type' => $type,
        'message' => shortened($message, MOST_MESSAGE),
        'file' => Guest::$job['file'],
        'line' => $line,
        'trace' => shortened(str_replace(Guest::$path, Guest::$job['file'], $trace), MOST_TRACE),
    ];
    $flags = JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES;
    Guest::say(json_encode(['error' => $error], $flags));
}

function shortened(string $text, int $most): string
{
    return strlen($text) <= $most ? $text : substr($text, 0, $most >> 1) . "\n[…]\n" . substr($text, -($most >> 1));
}

/** Takes the frames of this folder out of an error's trace, which is private to it. */
function hidePrelude(\Throwable $error): void
{
    $trace = new \ReflectionProperty($error instanceof \Exception ? \Exception::class : \Error::class, 'trace');
    $foreign = fn(array $frame): bool => dirname($frame['file'] ?? '') !== __DIR__;
    $trace->setValue($error, array_values(array_filter($error->getTrace(), $foreign)));
}

/** The line of the job's own source where an error came up, also inside its eval(); null where it did elsewhere. */
function line(\Throwable $error): ?int
{
    foreach ([['file' => $error->getFile(), 'line' => $error->getLine()], ...$error->getTrace()] as $frame) {
        $file = $frame['file'] ?? '';
        if ($file === Guest::$path) {
            return inJob($frame['line']);
        }
        if (str_starts_with($file, Guest::$path . '(')) {
            return inJob((int) substr($file, strlen(Guest::$path) + 1));
        }
    }
    return null;
}

/** A block is compiled with the lines of its file; a program has them counted from 1. */
function inJob(int $line): int
{
    return Guest::$job['mode'] !== 'program' ? $line : $line + Guest::$job['line'] - 1;
}
