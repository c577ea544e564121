<?php
// The guest's side of an execution, in two halves: warm up and write "R" to descriptor 4; read one job from descriptor 3,
// run it, write its value to descriptor 4. docs/adding-a-runtime.md has both documents.
//
// The job's code runs in the global scope, as a script of its own would. So nothing of ours is global, and the last lines
// of this file include it. What few runs need is in values.php, errors.php and extensions.php.

namespace reedact;

final class Guest
{
    public static array $job;
    /** What warnings, errors and __FILE__ show as the name of the job's source. */
    public static string $path;
    private static $jobChannel;
    private static $valueChannel;
    private static int $process;
    private static bool $said = false;

    public static function readJob(): void
    {
        self::$valueChannel = fopen('php://fd/4', 'wb');
        fwrite(self::$valueChannel, 'R');
        self::$jobChannel = fopen('php://fd/3', 'rb'); // stays open, see load()
        $job = json_decode(stream_get_contents(self::$jobChannel), true, 4096);
        self::$process = getmypid();
        if ($job['tagged']) {
            require __DIR__ . '/values.php';
            $job['inputs'] = array_map(withoutTags(...), $job['inputs']);
            $job['files'] = array_map(withoutTags(...), $job['files']);
        }
        self::$job = $job;
        self::$path = str_replace(["\0", '://'], ['', ':/'], $job['file']);
        if ($job['mode'] === 'program') {
            $name = basename($job['file']);
            self::$path = getcwd() . '/' . (trim($name, '.') === '' ? 'program.php' : $name);
            file_put_contents(self::$path, $job['source']);
        }
        self::prepare($job, [self::$path, ...$job['arguments']]);
    }

    /** What an ordinary start finds: files, module paths, time zone, arguments, extensions. */
    private static function prepare(array $job, array $arguments): void
    {
        foreach ($job['files'] as $name => $content) {
            file_put_contents($name, $content);
        }
        if ($job['modulePath'] !== []) {
            ini_set('include_path', implode(':', ['.', ...$job['modulePath'], '/usr/share/php']));
        }
        $zone = getenv('TZ');
        if ($zone !== 'UTC' && $zone !== false) {
            date_default_timezone_set($zone);
        }
        self::$job['inputs'] += ['argv' => $arguments, 'argc' => count($arguments)];
        foreach (['PHP_SELF', 'SCRIPT_NAME', 'SCRIPT_FILENAME', 'PATH_TRANSLATED'] as $name) {
            $_SERVER[$name] = self::$path;
        }
        $_SERVER['argv'] = $arguments;
        $_SERVER['argc'] = count($arguments);
        if (Source::namesWhatIsMissing($job['source'])) {
            require __DIR__ . '/extensions.php';
        }
        register_shutdown_function([self::class, 'end']);
    }

    /** Runs one of the files beside this one. The guest may hold every descriptor that it can have: we give our spare one. */
    private static function load(string $name): void
    {
        if (is_resource(self::$jobChannel)) {
            fclose(self::$jobChannel);
        }
        require_once __DIR__ . "/$name.php";
    }

    public static function returned(mixed $value): void
    {
        if (self::$job['mode'] === 'block') {
            self::load('values');
            ini_set('serialize_precision', '-1');
            self::say('{"value":' . (new Encoder())->text($value) . '}');
        }
        self::$said = true;
    }

    /** Writes a document, once, and not from a child that the guest has forked. */
    public static function say(string $document): void
    {
        if (!self::$said && getmypid() === self::$process) {
            fwrite(self::$valueChannel, $document);
        }
        self::$said = true;
    }

    public static function failed(\Throwable $error): void
    {
        if ($error instanceof \ParseError && $error->getFile() === self::$path && Source::hasNext()) {
            return; // perhaps only what we put behind it is wrong
        }
        self::load('errors');
        tell($error);
    }

    /** Runs when all is over. A fatal error, which nothing can catch, is told of here. */
    public static function end(): void
    {
        $error = error_get_last();
        $fatal = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR;
        if (!self::$said && $error !== null && ($error['type'] & $fatal) !== 0) {
            ini_set('memory_limit', '-1'); // it may have been the memory
            self::load('errors');
            tellFatal($error);
        }
    }
}

/** The job's source as a file: for one include, this class is the wrapper of all files. */
final class Source
{
    public $context;
    private string $source;
    private int $at = 0;
    private static string $text;
    /** What may stand behind a block, so that one without a return gives null: include by itself would give 1. */
    private static array $endings = [''];
    private static string $ending;
    /** What can stand before a bracket or two colons, and is neither a function nor a class. */
    private const WORDS = ['', 'and', 'array', 'as', 'case', 'catch', 'class', 'clone', 'declare', 'die', 'do', 'echo', 'else',
        'elseif', 'empty', 'exit', 'extends', 'fn', 'for', 'foreach', 'function', 'if', 'in', 'instanceof', 'isset', 'list',
        'match', 'new', 'or', 'parent', 'print', 'return', 'self', 'static', 'switch', 'throw', 'unset', 'use', 'while', 'xor',
        'yield'];

    /** Makes the next include of Guest::$path read the source with the next ending; false when there is none left. */
    public static function next(): bool
    {
        if (!isset(self::$text)) {
            self::prepare(Guest::$job['source']);
        }
        if (!self::hasNext()) {
            return false;
        }
        self::$ending = array_shift(self::$endings);
        stream_wrapper_unregister('file');
        stream_wrapper_register('file', self::class);
        return true;
    }

    public static function hasNext(): bool
    {
        return self::$endings !== [];
    }

    private static function prepare(string $source): void
    {
        if (Guest::$job['mode'] === 'program') {
            // A first line for the shell is skipped in a script that is named to the interpreter, but not in an include.
            $skipped = preg_replace('/^#!.*\n<\?php\b/', "<?php \n", $source, 1, $count);
            self::$text = $count === 1 ? $skipped : preg_replace('/^#!.*/', '<?php ?>', $source);
            return;
        }
        $body = str_contains($source, '<?php') ? preg_replace('/^(\s*)<\?php\b/', '$1     ', $source) : $source;
        $line = Guest::$job['line'];
        self::$text = '<?php' . ($line > 1 ? str_repeat("\n", $line - 1) : ' ') . $body;
        if (!preg_match('/\bnamespace\b[\s\w\\\\]*\{/i', $body)) { // behind those nothing may stand
            $inText = strrpos($body, '?>') > max(strrpos($body, '<?php'), strrpos($body, '<?='));
            self::$endings = $inText ? ['<?php return null;', "\nreturn null;", ''] : ["\nreturn null;", ''];
        }
    }

    /** Include's value, where a block without a return has 1. */
    public static function value(mixed $included): mixed
    {
        return self::$ending === '' && $included === 1 ? null : $included;
    }

    /**
     * Whether a source names what PHP itself does not have, or could come to it in a roundabout way. Only then are
     * extensions loaded: all of them together cost a third of a whole start.
     */
    public static function namesWhatIsMissing(string $source): bool
    {
        $roundabout = '\b(?:include|require|eval|\w+_exists|defined|constant|extension_loaded|get_\w+s|Reflection\w+)(?:_once)?\b'
            . '|[\'"](?:mb_|ctype|iconv|token|posix|bc|gmp|intl|curl|exif|image|dom|xml|simplexml|readline)';
        if (preg_match("/$roundabout/i", $source)) {
            return true;
        }
        preg_match_all('/\b(?:function|class|interface|trait|enum)\s+&?\s*(\w+)/i', $source, $own);
        preg_match_all('/(?<![\w$>:])(\w+)\s*\(/', $source, $called);
        preg_match_all('/\b(?:new|instanceof|extends|implements|catch\s*\()\s*\\\\?(\w+)|(\w+)::/i', $source, $classes);
        $known = array_flip(array_map(strtolower(...), [...self::WORDS, ...$own[1]]));
        foreach (array_unique($called[1]) as $name) {
            if (!function_exists($name) && !isset($known[strtolower($name)])) {
                return true;
            }
        }
        foreach (array_unique([...$classes[1], ...$classes[2]]) as $name) {
            if (!class_exists($name) && !interface_exists($name) && !isset($known[strtolower($name)])) {
                return true;
            }
        }
        return false;
    }

    public function stream_open(): bool
    {
        stream_wrapper_restore('file');
        $this->source = self::$text . self::$ending;
        return true;
    }

    public function stream_read(int $count): string
    {
        $piece = substr($this->source, $this->at, $count);
        $this->at += strlen($piece);
        return $piece;
    }

    public function stream_eof(): bool
    {
        return $this->at === strlen($this->source);
    }

    public function stream_stat(): array
    {
        return [];
    }

    public function stream_set_option(): bool
    {
        return false;
    }
}

Guest::readJob();
while (Source::next()) {
    try {
        \extract(Guest::$job['inputs']);
        Guest::returned(Source::value(include Guest::$path));
        break;
    } catch (\Throwable $error) {
        Guest::failed($error);
        unset($error);
    }
}
