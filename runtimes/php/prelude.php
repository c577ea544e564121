<?php
// The guest's side of an execution, in two halves: warm up and write "R" to descriptor 4; read one job from
// descriptor 3, run it, write its value to descriptor 4. docs/adding-a-runtime.md has both documents.
//
// The job's code runs in the global scope, as a script of its own would. So nothing of ours is global, and the last
// lines of this file include it. Each start compiles this file; what few runs need is in the others beside it. The first
// regular expression of a run costs as much as this whole file, so there is none here.

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
    /** Code that can ask for lists which PHP makes of the time zones that it finds at its start. */
    private const ZONE_LISTS = ['dentifiers', 'ocation', 'include', 'require', 'eval('];

    /** @param string|null $file that has the job where the interpreter was started again for it, see again.php */
    public static function readJob(?string $file): void
    {
        self::$process = getmypid();
        self::$valueChannel = fopen('php://fd/4', 'wb');
        if ($file === null) {
            is_dir('/late') && symlink('/late', '/tmp/.late'); // what the descriptor calls late_paths
            fwrite(self::$valueChannel, 'R');
        }
        self::$jobChannel = fopen('php://fd/3', 'rb'); // stays open, see load()
        $text = $file === null ? stream_get_contents(self::$jobChannel) : file_get_contents($file);
        $job = json_decode($text, true, 4096);
        if (Source::mentions($job['source'], self::ZONE_LISTS) && is_dir('/late')) {
            require __DIR__ . '/again.php';
            $file === null ? startAgain($text) : unlink($file);
        }
        if ($job['tagged']) {
            require __DIR__ . '/values.php';
            foreach (['inputs', 'holes', 'files'] as $member) {
                $job[$member] = array_map(withoutTags(...), $job[$member]);
            }
        }
        self::$job = $job;
        self::$path = str_replace(["\0", '://'], ['', ':/'], $job['file']);
        Source::prepare($job);
        self::prepare($job, [self::$path, ...$job['arguments']]);
        register_shutdown_function([self::class, 'end']);
    }

    /** What an ordinary start finds: files, module paths, time zone, arguments. */
    private static function prepare(array $job, array $arguments): void
    {
        foreach ($job['files'] as $name => $content) {
            file_put_contents($name, $content);
        }
        foreach ($job['holes'] as $name => $value) {
            define($name, $value);
        }
        if ($job['modulePath'] !== []) {
            ini_set('include_path', implode(':', ['.', ...$job['modulePath'], '/usr/share/php']));
        }
        $zone = getenv('TZ');
        if ($zone !== 'UTC' && $zone !== false) {
            date_default_timezone_set($zone);
        }
        $named = ['argv' => $arguments, 'argc' => count($arguments)];
        self::$job['inputs'] += $named;
        $scripts = ['PHP_SELF', 'SCRIPT_NAME', 'SCRIPT_FILENAME', 'PATH_TRANSLATED'];
        $_SERVER = array_replace($_SERVER, array_fill_keys($scripts, self::$path), $named);
    }

    /** Runs one of the files beside this one. The guest may hold every descriptor that it can have: we spare one. */
    private static function load(string $name): void
    {
        if (is_resource(self::$jobChannel)) {
            fclose(self::$jobChannel);
        }
        require_once __DIR__ . "/$name.php";
    }

    public static function returned(mixed $value): void
    {
        if (self::$job['mode'] !== 'program') {
            self::say('{"value":' . self::encoded($value) . '}');
        }
        self::$said = true;
    }

    /** The JSON of a value: from PHP's own encoder where that says what the value is, which for objects it doesn't. */
    private static function encoded(mixed $value): string
    {
        ini_set('serialize_precision', '-1');
        $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_LINE_TERMINATORS;
        $text = is_object($value) ? false : json_encode($value, $flags | JSON_PRESERVE_ZERO_FRACTION, 500);
        $exact = $text !== false && !str_contains($text, '{"$');
        if ($exact && is_array($value)) {
            array_walk_recursive($value, function ($leaf) use (&$exact) {
                $exact = $exact && !is_object($leaf);
            });
        }
        if ($exact) {
            return $text;
        }
        self::load('values');
        return (new Encoder())->text($value);
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
        if ($error instanceof \ParseError && $error->getFile() === self::$path && Source::$endings !== []) {
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
    public static string $text;
    /** What may yet stand behind a block, so that one without a return gives null: include by itself would give 1. */
    public static array $endings = [''];
    /** Words before a bracket that are no functions. */
    private const WORDS = ['' => 0, 'and' => 0, 'array' => 0, 'catch' => 0, 'declare' => 0, 'die' => 0, 'echo' => 0,
        'elseif' => 0, 'empty' => 0, 'exit' => 0, 'fn' => 0, 'for' => 0, 'foreach' => 0, 'function' => 0, 'if' => 0,
        'isset' => 0, 'list' => 0, 'match' => 0, 'or' => 0, 'parent' => 0, 'print' => 0, 'return' => 0, 'self' => 0,
        'static' => 0, 'switch' => 0, 'throw' => 0, 'unset' => 0, 'use' => 0, 'while' => 0, 'yield' => 0];
    private const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789';
    /** What can come to a function or class without its name before a bracket or two colons. */
    private const ROUNDABOUT = ['include', 'require', 'eval(', '_exists', 'defined(', 'constant(', 'extension',
        'Reflection', "'mb_", "'ctype_", "'iconv", "'bc", "'gmp_", "'posix_",
        '"mb_', '"ctype_', '"iconv', '"bc', '"gmp_', '"posix_'];
    private static string $ending;
    private string $source;
    private int $at = 0;

    public static function prepare(array $job): void
    {
        self::$text = $job['source'];
        if ($job['mode'] !== 'block' || str_contains(self::$text, '<?') || str_contains(self::$text, '?>')
            || stripos(self::$text, 'namespace') !== false) {
            require __DIR__ . '/sources.php';
            prepareSource($job);
        } else {
            self::$text = '<?php' . ($job['line'] === 1 ? ' ' : str_repeat("\n", $job['line'] - 1)) . self::$text;
            self::$endings = ["\nreturn null;", ''];
        }
        if (self::mayNeedExtensions($job['source'])) {
            require __DIR__ . '/extensions.php';
        }
    }

    /**
     * Whether a source calls a function or names a class that PHP itself does not have, or could do so in a roundabout
     * way. Only then are extensions loaded: all of them together cost a third of a whole start.
     */
    private static function mayNeedExtensions(string $source): bool
    {
        if (self::mentions($source, self::ROUNDABOUT)) {
            return true;
        }
        $used = $own = [];
        foreach ([...explode('(', $source, -1), ...explode('::', $source, -1)] as $before) {
            $back = strrev(substr(rtrim($before), -80));
            $length = strspn($back, self::LETTERS);
            $name = strrev(substr($back, 0, $length));
            if (str_starts_with(ltrim(substr($back, $length), ' &'), 'noitcnuf')) {
                $own[$name] = true;
            } elseif (!in_array($back[$length] ?? '', ['$', '>', ':'], true)) {
                $used[$name] = true;
            }
        }
        foreach (array_diff_key($used, $own, self::WORDS) as $name => $_) {
            if (!function_exists($name) && !class_exists($name)) {
                return true;
            }
        }
        return false;
    }

    public static function mentions(string $source, array $words): bool
    {
        foreach ($words as $word) {
            if (str_contains($source, $word)) {
                return true;
            }
        }
        return false;
    }

    /** Makes the next include of Guest::$path read the source with the next ending; false when there is none left. */
    public static function next(): bool
    {
        if (self::$endings === []) {
            return false;
        }
        self::$ending = array_shift(self::$endings);
        stream_wrapper_unregister('file');
        stream_wrapper_register('file', self::class);
        return true;
    }

    /** Include's value; where nothing could stand behind the block, 1 is what include gives for no return. */
    public static function value(mixed $included): mixed
    {
        return self::$ending === '' && $included === 1 ? null : $included;
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

Guest::readJob($argv[1] ?? null);
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
