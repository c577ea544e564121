package io.reedact.value;

import io.reedact.problem.Location;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import io.reedact.problem.RequestException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the value notation: null, Boolean, Long, BigInteger, Double, BigDecimal, String, byte[], List and Map of these.
 *
 * <p>What is read comes from guests and from people: depth and the length of numbers are bounded, a key that stands twice is
 * refused, and a lone key that begins with {@code $} and is no notation of ours is an ordinary map.
 */
public final class ValueReader {
    /** Notations double the depth of a document, which itself is two levels around a value. */
    private static final int DEEPEST_DOCUMENT = 2 * ValueWriter.DEEPEST + 10;

    private static final int LONGEST_TEXT = 256 << 20;

    /** Reading decimal digits takes time with the square of their number: a million take a quarter of a minute. */
    private static final int MOST_DIGITS_OF_GUESTS = 5_000;

    private static final int MOST_DIGITS_OF_PEOPLE = 1_000_000;

    /** Hexadecimal digits are read in no time, but somebody may want to see the number in decimal ones. */
    private static final int MOST_HEX_DIGITS = 100_000;

    private static final JsonFactory GUESTS = factory(MOST_DIGITS_OF_GUESTS);
    private static final JsonFactory PEOPLE = factory(MOST_DIGITS_OF_PEOPLE);

    private static JsonFactory factory(int mostDigits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_DOCUMENT)
                        .maxStringLength(LONGEST_TEXT)
                        .maxNumberLength(mostDigits)
                        .maxNameLength(LONGEST_TEXT)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private final String source;
    private final int deepest;
    private int depth;

    private ValueReader(String source, int deepest) {
        this.source = source;
        this.deepest = deepest;
    }

    /**
     * Reads a document of a guest's: an object around a value.
     *
     * @throws RequestException if it is not well-formed, if the value is nested more than 500 deep, or if it has a number
     *     that would take long to read: more than 5,000 decimal or 100,000 hexadecimal digits
     */
    public static @Nullable Object parse(byte[] json) {
        return new ValueReader("value", ValueWriter.DEEPEST + 1)
                .read(GUESTS.createParser(ObjectReadContext.empty(), json));
    }

    /**
     * Reads a text of one value.
     *
     * @param source how the text is called where something in it is wrong, for example a file's name
     * @throws RequestException if it is not well-formed, or nested more than 500 deep, with line and column
     */
    public static @Nullable Object parse(String json, String source) {
        return new ValueReader(source, ValueWriter.DEEPEST).read(PEOPLE.createParser(ObjectReadContext.empty(), json));
    }

    private @Nullable Object read(JsonParser in) {
        try (in) {
            JsonToken first = in.nextToken();
            if (first == null) {
                throw malformed("nothing where a value was wanted", in.currentLocation());
            }
            Object value = value(first, in);
            if (in.nextToken() != null) {
                throw malformed("more behind the value", in.currentTokenLocation());
            }
            return value;
        } catch (JacksonException e) {
            throw malformed(e.getOriginalMessage(), e.getLocation());
        }
    }

    private @Nullable Object value(JsonToken token, JsonParser in) {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> in.getString();
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) in.getBigIntegerValue()
                        : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case START_ARRAY, START_OBJECT -> container(token, in);
            default -> throw malformed("unexpected " + token, in.currentTokenLocation());
        };
    }

    /** An integer of a sign and hexadecimal digits. BigInteger's own way takes time with the square of their number. */
    private static Object integer(String text) {
        int sign = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - sign;
        if (digits < 1 || digits > MOST_HEX_DIGITS) {
            throw new NumberFormatException("1 to " + MOST_HEX_DIGITS + " digits");
        }
        byte[] magnitude = new byte[(digits + 1) / 2];
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(text.charAt(text.length() - 1 - i), 16);
            if (digit < 0) {
                throw new NumberFormatException("hexadecimal digits");
            }
            magnitude[magnitude.length - 1 - i / 2] |= (byte) (digit << i % 2 * 4);
        }
        BigInteger number = new BigInteger(1 - 2 * sign, magnitude);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > MOST_DIGITS_OF_GUESTS) {
            throw new NumberFormatException("at most " + MOST_DIGITS_OF_GUESTS + " digits");
        }
        return new BigDecimal(text);
    }

    private @Nullable Object container(JsonToken token, JsonParser in) {
        if (++depth > deepest) {
            throw malformed("nested more than " + ValueWriter.DEEPEST + " deep", in.currentTokenLocation());
        }
        Object value = token == JsonToken.START_ARRAY ? list(in) : mapOrNotation(in);
        depth--;
        return value;
    }

    private List<@Nullable Object> list(JsonParser in) {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            items.add(value(token, in));
        }
        return items;
    }

    /** What {"$map": …} holds is a map whatever its keys look like, and may be known only when it has been read. */
    private @Nullable Object mapOrNotation(JsonParser in) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        Map<String, @Nullable Object> held = null;
        for (String key = in.nextName(); key != null; key = in.nextName()) {
            JsonToken token = in.nextToken();
            boolean holds = key.equals("$map") && token == JsonToken.START_OBJECT;
            held = holds ? entries(in) : held;
            entries.put(key, holds ? held : value(token, in));
        }
        if (held != null && entries.size() == 1) {
            return held;
        }
        if (held != null) {
            entries.put("$map", untagged(held, in));
        }
        return untagged(entries, in);
    }

    private Map<String, @Nullable Object> entries(JsonParser in) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (String key = in.nextName(); key != null; key = in.nextName()) {
            entries.put(key, value(in.nextToken(), in));
        }
        return entries;
    }

    /** What a map with one key that begins with $ stands for; the map itself if that is no notation of ours. */
    private @Nullable Object untagged(Map<String, @Nullable Object> map, JsonParser in) {
        if (map.size() != 1) {
            return map;
        }
        Map.Entry<String, @Nullable Object> entry = map.entrySet().iterator().next();
        Object held = entry.getValue();
        if (!(held instanceof String text)) {
            return map;
        }
        try {
            return switch (entry.getKey()) {
                case "$number" -> Double.valueOf(text);
                case "$decimal" -> decimal(text);
                case "$integer" -> integer(text);
                case "$bytes" -> Base64.getDecoder().decode(text);
                default -> map;
            };
        } catch (IllegalArgumentException e) {
            throw malformed(entry.getKey() + " of something else: " + shortened(text), in.currentTokenLocation());
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private RequestException malformed(String message, @Nullable TokenStreamLocation place) {
        int line = place == null ? 1 : Math.max(1, place.getLineNr());
        int column = place == null ? 1 : Math.max(1, place.getColumnNr());
        return new RequestException(
                new Problem(ProblemCode.VALUE_MALFORMED, message, new Location(source, line, column, 1, null), null));
    }
}
