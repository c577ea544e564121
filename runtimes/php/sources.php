<?php
// Sources that need a closer look, for prelude.php: programs, and blocks with tags or namespaces.

namespace reedact;

function prepareSource(array $job): void
{
    $job['mode'] === 'program' ? prepareProgram($job['source']) : prepareBlock($job['source'], $job['line']);
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
