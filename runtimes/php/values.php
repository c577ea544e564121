<?php
// Values between JSON and PHP, for prelude.php: the $ notations of jobs, and what may leave.

namespace reedact;

final class UnsupportedValue extends \Exception
{
}

/** A value with each of its notations, such as {"$bytes": "…"}, replaced by what it stands for. */
function withoutTags(mixed $value): mixed
{
    if (!is_array($value)) {
        return $value;
    }
    if (count($value) === 1) {
        $key = array_key_first($value);
        $content = $value[$key];
        if ($key === '$map' && is_array($content)) {
            return array_map(withoutTags(...), $content);
        }
        if (is_string($content) && in_array($key, ['$number', '$decimal', '$integer', '$bytes'], true)) {
            return untagged($key, $content);
        }
    }
    return array_map(withoutTags(...), $value);
}

function untagged(string $key, string $content): string|int|float
{
    return match ($key) {
        '$bytes' => base64_decode($content),
        '$integer' => intval($content, 16),
        default => ['NaN' => NAN, 'Infinity' => INF, '-Infinity' => -INF][$content] ?? (float) $content,
    };
}

/** Puts together the JSON of one value. */
final class Encoder
{
    private const DEEPEST = 500;
    private const TEXT = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_LINE_TERMINATORS;
    /** The keys on the way to where we are. */
    private array $place = [];
    /** The objects on the way, by id. */
    private array $open = [];

    /** @throws UnsupportedValue with the place, the type and a way out */
    public function text(mixed $value): string
    {
        return match (true) {
            is_string($value) => self::string($value),
            is_int($value) => (string) $value,
            is_array($value) => array_is_list($value) ? $this->list($value) : $this->map($value),
            is_float($value) => self::float($value),
            is_bool($value) => $value ? 'true' : 'false',
            $value === null => 'null',
            default => $this->object($value),
        };
    }

    private static function string(string $text): string
    {
        return json_encode($text, self::TEXT) ?: '{"$bytes":"' . base64_encode($text) . '"}';
    }

    private static function float(float $number): string
    {
        if (is_finite($number)) {
            return json_encode($number, JSON_PRESERVE_ZERO_FRACTION);
        }
        return '{"$number":"' . (is_nan($number) ? 'NaN' : ($number > 0 ? 'Infinity' : '-Infinity')) . '"}';
    }

    private function list(array $list): string
    {
        $this->checkDepth();
        $items = [];
        foreach ($list as $index => $item) {
            $this->place[] = $index;
            $items[] = $this->text($item);
            array_pop($this->place);
        }
        return '[' . implode(',', $items) . ']';
    }

    private function map(array $map): string
    {
        $this->checkDepth();
        $items = [];
        foreach ($map as $key => $item) {
            $name = json_encode((string) $key, self::TEXT);
            if ($name === false) {
                throw $this->refusal('has a key that is no UTF-8 text', 'use bin2hex() or base64_encode() of it');
            }
            $this->place[] = $key;
            $items[] = $name . ':' . $this->text($item);
            array_pop($this->place);
        }
        $text = '{' . implode(',', $items) . '}';
        return count($map) === 1 && str_starts_with((string) $key, '$') ? '{"$map":' . $text . '}' : $text;
    }

    private function checkDepth(): void
    {
        if (count($this->place) >= self::DEEPEST) {
            throw $this->refusal('is nested more than ' . self::DEEPEST . ' deep', 'flatten it, or cut the circle');
        }
    }

    private function object(mixed $value): string
    {
        if ($value instanceof \DateTimeInterface) {
            $isWhole = (int) $value->format('u') === 0;
            return self::string($value->format($isWhole ? 'Y-m-d\TH:i:sP' : 'Y-m-d\TH:i:s.uP'));
        }
        if (!is_object($value) || get_class($value) !== \stdClass::class) {
            $what = 'is of type ' . get_debug_type($value) . ", which can't leave the jail";
            throw $this->refusal($what, self::hint($value));
        }
        $id = spl_object_id($value);
        if (isset($this->open[$id])) {
            throw $this->refusal('contains itself', 'cut the circle');
        }
        $this->open[$id] = true;
        $text = $this->map((array) $value);
        unset($this->open[$id]);
        return $text;
    }

    private static function hint(mixed $value): string
    {
        return match (true) {
            $value instanceof \Closure => 'call it and return what it gives',
            $value instanceof \UnitEnum => 'return its name or value',
            $value instanceof \Traversable => 'return iterator_to_array() of it',
            $value instanceof \JsonSerializable => 'return its jsonSerialize()',
            $value instanceof \DateInterval => 'return its format()',
            is_object($value) => 'return its data, as arrays, texts and numbers',
            default => 'return what can be read from it',
        };
    }

    private function refusal(string $what, string $hint): UnsupportedValue
    {
        $path = '';
        foreach ($this->place as $key) {
            $path .= is_int($key) ? "[$key]" : (preg_match('/^[a-z_]\w*$/i', $key) ? ".$key" : "['$key']");
        }
        $path = ltrim($path, '.');
        $path = $path === '' ? 'the value' : (strlen($path) <= 200 ? $path : substr($path, 0, 200) . '…');
        return new UnsupportedValue("$path $what: $hint");
    }
}
