<?php
// Sources that need a closer look, for prelude.php: programs, blocks with tags or namespaces, and those that are only
// compiled.

namespace reedact;

function prepareSource(array $job): void
{
    $job['mode'] === 'program' ? prepareProgram($job['source']) : prepareBlock($job['source'], $job['line']);
    if ($job['mode'] === 'check') {
        Source::$text = neverRun(Source::$text);
    }
}

/**
 * A block that returns before anything else: include compiles the whole of it, and nothing runs. Only declare() and a
 * namespace have to come first. All is matched possessively, as the interpreter does: else a comment could be taken to
 * end later than it does, and what is behind it would run.
 */
function neverRun(string $text): string
{
    $pattern = <<<'PATTERN'
        ~
        (?(DEFINE)
            (?<tags> \?> (?:\r\n|\r|\n)?+ <\?php (?=[ \t\r\n]) )
            (?<comment> /\* .*? \*/ | (?: // | \#(?!\[) ) (?: (?!\?>)[^\r\n] )*+ (?: [\r\n] | (?&tags) ) )
            (?<gap> (?> \s++ | (?&comment) )*+ )
            (?<value> \w++ | '(?: [^'\\] | \\. )*+' | "(?: [^"\\$] | \\. )*+" )
            (?<pair> (?&gap) \w++ (?&gap) = (?&gap) (?&value) (?&gap) )
            (?<declare> declare (?&gap) \( (?&pair) (?: , (?&pair) )*+ \) (?&gap) (?: ; | (?&tags) ) )
            (?<name> [a-z_\x80-\xff] [\w\\\x80-\xff]*+ )
            (?<namespace> namespace (?: (?=\W)(?&gap) \{ | (?=[\s/\#])(?&gap) (?&name) (?&gap) (?: [;{] | (?&tags) ) ) )
        )
        ^ <\?php (?> (?: (?&gap) (?: ; | (?&tags) | (?&declare) ) )*+ ) (?> (?&gap) (?&namespace) )?+
        ~xis
        PATTERN;
    return preg_replace($pattern, '$0 return;', $text, 1) ?? '<?php return;' . substr($text, strlen('<?php'));
}

/** A program lies in the working directory, where it can find itself, and where others look for what is beside it. */
function prepareProgram(string $source): void
{
    $name = basename(Guest::$path);
    Guest::$path = getcwd() . '/' . (trim($name, '.') === '' ? 'program.php' : $name);
    file_put_contents(Guest::$path, $source);
    // A first line for the shell is skipped in a script that is named to the interpreter, but not in an include.
    $skipped = preg_replace('/^#!.*\n<\?php\b/', "<?php \n", $source, 1, $count);
    Source::$text = $count === 1 ? $skipped : preg_replace('/^#!.*/', '<?php ?>', $source);
}

function prepareBlock(string $source, int $line): void
{
    $body = preg_replace('/^(\s*)<\?php\b/', '$1     ', $source);
    Source::$text = '<?php' . ($line === 1 ? ' ' : str_repeat("\n", $line - 1)) . $body;
    if (preg_match('/\bnamespace\b[\s\w\\\\]*\{/i', $body) || stripos($body, '__halt_compiler') !== false) {
        return; // nothing may stand behind it
    }
    $endsInHtml = strrpos($body, '?>') > max(strrpos($body, '<?php'), strrpos($body, '<?='));
    Source::$endings = $endsInHtml ? ['<?php return null;', "\nreturn null;", ''] : ["\nreturn null;", ''];
}
