package io.reedact.value;

import io.reedact.problem.ProblemCode;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes Java values in the value notation: JSON, and for what JSON lacks an object with one key that begins with {@code $}
 * (docs/adding-a-runtime.md, "Values").
 *
 * <p>For one document on one thread. What can't cross is an {@link UnsupportedValueException} that names its place.
 */
public final class ValueWriter {
    /** Lists and maps may be nested so deep. */
    public static final int DEEPEST = 500;

    private static final long LARGEST_SAFE = (1L << 53) - 1;
    private static final BigInteger LEAST_64_BIT = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST_64_BIT = BigInteger.valueOf(Long.MAX_VALUE);

    private final ValueTraits traits;
    private final boolean plainIntegers;
    private final Set<Object> open = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean tagged;

    /** Towards a guest whose language has these traits. */
    public ValueWriter(ValueTraits traits) {
        this(traits, false);
    }

    private ValueWriter(ValueTraits traits, boolean plainIntegers) {
        this.traits = traits;
        this.plainIntegers = plainIntegers;
    }

    /** Towards people and programs that read results: integers are plain numbers, whatever their size. */
    public static ValueWriter forResults() {
        return new ValueWriter(ValueTraits.EXACT, true);
    }

    /** Makes generators that take whatever this class writes: notations double the depth of a value. */
    public static JsonFactory jsonFactory() {
        return JsonFactory.builder()
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(2 * DEEPEST + 10)
                        .build())
                .build();
    }

    /** Whether anything written so far used a {@code $} notation. */
    public boolean hasTags() {
        return tagged;
    }

    /**
     * Writes one value.
     *
     * @param root how the value is called where something in it is refused, for example {@code orders}
     */
    public void write(@Nullable Object value, String root, JsonGenerator out) {
        write(value, new ValuePath(root), out);
    }

    private void write(@Nullable Object value, ValuePath path, JsonGenerator out) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Number number) {
            writeNumber(number, path, out);
        } else if (value instanceof byte[] bytes) {
            writeTag("$bytes", Base64.getEncoder().encodeToString(bytes), out);
        } else if (!writeText(value, path, out)) {
            writeContainer(value, path, out);
        }
    }

    /* --- Numbers --- */

    private void writeNumber(Number number, ValuePath path, JsonGenerator out) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            writeLong(number.longValue(), out);
        } else if (number instanceof Double || number instanceof Float) {
            writeDouble(number instanceof Float f ? Double.parseDouble(f.toString()) : number.doubleValue(), out);
        } else if (number instanceof BigInteger integer) {
            writeBigInteger(integer, path, out);
        } else if (number instanceof BigDecimal decimal) {
            writeDecimal(decimal, path, out);
        } else {
            throw unsupported(number, path);
        }
    }

    private void writeLong(long number, JsonGenerator out) {
        if (plainIntegers || (number >= -LARGEST_SAFE && number <= LARGEST_SAFE)) {
            out.writeNumber(number);
        } else {
            writeTag("$integer", BigInteger.valueOf(number).toString(16), out);
        }
    }

    private void writeBigInteger(BigInteger number, ValuePath path, JsonGenerator out) {
        boolean in64 = number.compareTo(LEAST_64_BIT) >= 0 && number.compareTo(MOST_64_BIT) <= 0;
        if (in64) {
            writeLong(number.longValue(), out);
        } else if (!traits.bigIntegers()) {
            throw new UnsupportedValueException(
                    ProblemCode.VALUE_NUMBER,
                    path.toString(),
                    "an integer beyond 64 bits, which this language does not have",
                    "hand it over as text");
        } else if (plainIntegers) {
            out.writeNumber(number);
        } else {
            writeTag("$integer", number.toString(16), out);
        }
    }

    /** A float's shortest text keeps its point: 1.0 stays 1.0; −0.0, NaN and infinities have no JSON form of their own. */
    private void writeDouble(double number, JsonGenerator out) {
        boolean isNegativeZero = number == 0 && Double.doubleToRawLongBits(number) != 0;
        if (Double.isFinite(number) && !isNegativeZero) {
            out.writeNumber(number);
        } else {
            writeTag("$number", Double.toString(number), out);
        }
    }

    private void writeDecimal(BigDecimal number, ValuePath path, JsonGenerator out) {
        if (traits.exactDecimals()) {
            writeTag("$decimal", number.toString(), out);
            return;
        }
        double near = number.doubleValue();
        boolean same = Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(number) == 0;
        if (!same) {
            throw new UnsupportedValueException(
                    ProblemCode.VALUE_NUMBER,
                    path.toString(),
                    "the decimal " + number + ", which no floating number of this language equals",
                    "hand it over as text, or round it first");
        }
        writeDouble(near, out);
    }

    /* --- Text --- */

    private boolean writeText(Object value, ValuePath path, JsonGenerator out) {
        String text = text(value);
        if (text == null) {
            return false;
        }
        if (!Texts.hasLoneSurrogate(text)) {
            out.writeString(text);
        } else if (traits.loneSurrogates()) {
            out.writeRawValue(Texts.escaped(text));
        } else {
            throw new UnsupportedValueException(
                    ProblemCode.VALUE_TEXT,
                    path.toString(),
                    "a text with half of a surrogate pair, for which this language has no form",
                    "mend the text, or hand it over as bytes");
        }
        return true;
    }

    /** The text that stands for a value in every language; null if it is none of those. */
    private static @Nullable String text(Object value) {
        if (value instanceof CharSequence
                || value instanceof Character
                || value instanceof UUID
                || value instanceof URI) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        boolean isTime = value instanceof TemporalAccessor
                || value instanceof Duration
                || value instanceof Period
                || value instanceof ZoneId;
        return isTime ? value.toString() : null;
    }

    /* --- Containers --- */

    private void writeContainer(Object value, ValuePath path, JsonGenerator out) {
        if (!open.add(value)) {
            throw new UnsupportedValueException(
                    ProblemCode.VALUE_TOO_DEEP, path.toString(), "a value that contains itself", "break the cycle");
        }
        if (path.depth() >= DEEPEST) {
            throw new UnsupportedValueException(
                    ProblemCode.VALUE_TOO_DEEP, path.toString(), "nested more than " + DEEPEST + " deep", "flatten it");
        }
        if (value instanceof Map<?, ?> map) {
            writeMap(map, path, out);
        } else if (value instanceof Collection<?> collection) {
            writeItems(collection, path, out);
        } else if (value.getClass().isArray()) {
            writeArray(value, path, out);
        } else if (value instanceof Record record) {
            writeMap(components(record, path), path, out);
        } else {
            throw unsupported(value, path);
        }
        open.remove(value);
    }

    private void writeItems(Collection<?> items, ValuePath path, JsonGenerator out) {
        out.writeStartArray();
        int index = 0;
        for (Object item : items) {
            writeMember(item, index++, path, out);
        }
        out.writeEndArray();
    }

    private void writeArray(Object array, ValuePath path, JsonGenerator out) {
        out.writeStartArray();
        for (int index = 0; index < Array.getLength(array); index++) {
            writeMember(Array.get(array, index), index, path, out);
        }
        out.writeEndArray();
    }

    private void writeMember(@Nullable Object value, Object keyOrIndex, ValuePath path, JsonGenerator out) {
        path.enter(keyOrIndex);
        write(value, path, out);
        path.leave();
    }

    private void writeMap(Map<?, ?> map, ValuePath path, JsonGenerator out) {
        boolean looksLikeTag =
                map.size() == 1 && key(map.keySet().iterator().next(), path).startsWith("$");
        if (looksLikeTag) {
            tagged = true;
            out.writeStartObject();
            out.writeName("$map");
        }
        writeEntries(map, path, out);
        if (looksLikeTag) {
            out.writeEndObject();
        }
    }

    private void writeEntries(Map<?, ?> map, ValuePath path, JsonGenerator out) {
        Set<String> keys = new HashSet<>();
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = key(entry.getKey(), path);
            if (!keys.add(key)) {
                throw new UnsupportedValueException(
                        ProblemCode.VALUE_KEYS, path.toString(), "two keys become '" + key + "'", "make them differ");
            }
            out.writeName(key);
            writeMember(entry.getValue(), key, path, out);
        }
        out.writeEndObject();
    }

    private String key(@Nullable Object key, ValuePath path) {
        boolean isInteger = key instanceof Long
                || key instanceof Integer
                || key instanceof Short
                || key instanceof Byte
                || key instanceof BigInteger;
        String text = key == null ? null : isInteger ? key.toString() : text(key);
        if (text == null || Texts.hasLoneSurrogate(text)) {
            String found = key == null ? "null" : text == null ? key.getClass().getName() : "half of a surrogate pair";
            throw new UnsupportedValueException(
                    ProblemCode.VALUE_KEYS,
                    path.toString(),
                    "a key has to be text or an integer, found " + found,
                    "convert the keys to text");
        }
        return text;
    }

    private static Map<String, @Nullable Object> components(Record value, ValuePath path) {
        Map<String, @Nullable Object> components = new java.util.LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                components.put(component.getName(), component.getAccessor().invoke(value));
            } catch (InvocationTargetException | IllegalAccessException | RuntimeException e) {
                throw new UnsupportedValueException(
                        ProblemCode.VALUE_UNSUPPORTED,
                        path.toString(),
                        "the component " + component.getName() + " of the record "
                                + value.getClass().getName() + " can't be read",
                        "open its package to this library, or hand over a map");
            }
        }
        return components;
    }

    private void writeTag(String tag, String text, JsonGenerator out) {
        tagged = true;
        out.writeStartObject();
        out.writeStringProperty(tag, text);
        out.writeEndObject();
    }

    private static UnsupportedValueException unsupported(Object value, ValuePath path) {
        return new UnsupportedValueException(
                ProblemCode.VALUE_UNSUPPORTED,
                path.toString(),
                "an object of the class " + value.getClass().getName(),
                "hand over text, numbers, lists, maps or records");
    }
}
