package io.reedact.verification.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.execution.Execution;
import io.reedact.execution.Outcome;
import io.reedact.value.UnsupportedValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of values, row by row, in every language: what Java hands over comes back as the table says. */
@Tag("jail")
@ExtendWith(OpenJails.class)
class ValueConformanceTest {
    private static final Map<String, String> IDENTITY =
            Map.of("python", "return v", "php", "return $v;", "javascript", "return v");
    private static final Object REFUSED = new Object();
    private static final String LONG_TEXT =
            "né\0 <?php ${x} {{ }} 漢 😀 \"'\\\n".repeat(400_000).substring(0, 10_000_000);
    private static final BigInteger BEYOND_64_BITS = BigInteger.TWO.pow(200).negate();

    enum Colour {
        RED
    }

    record Point(int x, List<String> names) {}

    private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

    /** name, what goes in, what comes back in Python, PHP, JavaScript. */
    private static Arguments row(String name, Object in, Object python, Object php, Object javascript) {
        return Arguments.argumentSet(
                name, in, Map.of("python", of(python), "php", of(php), "javascript", of(javascript)));
    }

    private static Arguments row(String name, Object in, Object everywhere) {
        return row(name, in, everywhere, everywhere, everywhere);
    }

    private static List<Object> of(Object value) {
        return Collections.singletonList(value);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("null", null, null),
                row("true", true, true),
                row("byte", (byte) -5, -5L),
                row("int", 7, 7L),
                row("largest safe integer", (1L << 53) - 1, (1L << 53) - 1),
                row("beyond safe integers", (1L << 53) + 1, (1L << 53) + 1),
                row("Long.MAX", Long.MAX_VALUE, Long.MAX_VALUE),
                row("Long.MIN", Long.MIN_VALUE, Long.MIN_VALUE),
                row("big integer", BEYOND_64_BITS, BEYOND_64_BITS, REFUSED, BEYOND_64_BITS),
                row("big integer of 64 bits", BigInteger.TEN, 10L),
                row("double", 0.1, 0.1),
                row("whole double", 1.0, 1.0, 1.0, 1L),
                row("float", 0.1f, 0.1),
                row("negative zero", -0.0, -0.0),
                row("NaN", Double.NaN, Double.NaN),
                row("infinities", List.of(1 / 0.0, -1 / 0.0), List.of(1 / 0.0, -1 / 0.0)),
                row("tiny double", Double.MIN_VALUE, Double.MIN_VALUE),
                row("decimal that is a float", new BigDecimal("1.10"), new BigDecimal("1.10"), 1.1, 1.1),
                row(
                        "decimal that is none",
                        new BigDecimal("0.1000000000000000055511151231"),
                        new BigDecimal("0.1000000000000000055511151231"),
                        REFUSED,
                        REFUSED),
                row("text", "a\"'\\\n\t\u0000 漢 😀 <?php ?> ${x}", "a\"'\\\n\t\u0000 漢 😀 <?php ?> ${x}"),
                row("empty text", "", ""),
                row("char", 'x', "x"),
                row("enum", Colour.RED, "RED"),
                row("uuid", ID, ID.toString()),
                row("uri", URI.create("urn:x"), "urn:x"),
                row("lone surrogate", "a\ud800b", "a\ud800b", REFUSED, "a\ud800b"),
                row("bytes", new byte[] {0, -1, 65}, new byte[] {0, -1, 65}, new byte[] {0, -1, 65}, new byte[] {
                    0, -1, 65
                }),
                row("list", Arrays.asList(1, "a", null, List.of(2)), Arrays.asList(1L, "a", null, List.of(2L))),
                row("array", new int[] {1, 2}, List.of(1L, 2L)),
                row("map", ordered("z", 1, "a", 2), ordered("z", 1L, "a", 2L)),
                row("record", new Point(1, List.of("n")), ordered("x", 1L, "names", List.of("n"))),
                row("integer keys", Map.of(5, "five"), Map.of("5", "five")),
                row("key __proto__", ordered("__proto__", 1, "x", 2), ordered("__proto__", 1L, "x", 2L)),
                row("lone key with $", Map.of("$bytes", "no notation"), Map.of("$bytes", "no notation")),
                row("unknown $ key", Map.of("$ref", 1), Map.of("$ref", 1L)),
                row("empty list", List.of(), List.of()),
                row("empty map", Map.of(), Map.of(), List.of(), Map.of()),
                row("instant", Instant.EPOCH, "1970-01-01T00:00:00Z"),
                row(
                        "date and duration",
                        List.of(LocalDate.EPOCH, Duration.ofMinutes(1)),
                        List.of("1970-01-01", "PT1M")),
                row("10 MB of text", LONG_TEXT, LONG_TEXT),
                row("500 deep", nested(500), nested(500)));
    }

    private static Map<String, Object> ordered(String k1, Object v1, String k2, Object v2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(k1, v1);
        map.put(k2, v2);
        return map;
    }

    private static Object nested(int depth) {
        Object value = new ArrayList<>();
        for (int i = 1; i < depth; i++) {
            value = i % 2 == 0 ? Map.of("k", value) : List.of(value);
        }
        return value;
    }

    @ParameterizedTest
    @MethodSource("rows")
    @org.junit.jupiter.api.Timeout(value = 120, unit = TimeUnit.SECONDS)
    void crossesThereAndBack(Object in, Map<String, List<Object>> expected) {
        expected.forEach((language, back) -> {
            Execution execution = Execution.of(language, IDENTITY.get(language)).with("v", in);
            if (back.get(0) == REFUSED) {
                assertThatThrownBy(() -> OpenJails.run(execution))
                        .as(language)
                        .isInstanceOf(UnsupportedValueException.class)
                        .hasMessageContaining("v: ");
            } else {
                Object found = OpenJails.value(execution);
                assertThat(found).as(language).isEqualTo(back.get(0));
                assertThat(found instanceof Map<?, ?> map ? List.copyOf(map.keySet()) : List.of())
                        .as(language + " keeps the order")
                        .isEqualTo(back.get(0) instanceof Map<?, ?> map ? List.copyOf(map.keySet()) : List.of());
            }
        });
    }

    /** language, expression, what Java gets. */
    static final List<Arguments> OF_GUESTS = List.of(
            Arguments.of("python", "return (1, 2)", List.of(1L, 2L)),
            Arguments.of("python", "return {3}", List.of(3L)),
            Arguments.of("python", "return 1.0", 1.0),
            Arguments.of("python", "return 10 ** 5000", BigInteger.TEN.pow(5000)),
            Arguments.of("python", "import decimal; return decimal.Decimal('1.10')", new BigDecimal("1.10")),
            Arguments.of("python", "return bytearray(b'\\xff')", new byte[] {-1}),
            Arguments.of("python", "return {1: 'a'}", Map.of("1", "a")),
            Arguments.of("python", "import datetime; return datetime.date(2026, 1, 2)", "2026-01-02"),
            Arguments.of(
                    "python", "import datetime; return datetime.datetime(2026, 1, 2, 3, 4, 5)", "2026-01-02T03:04:05"),
            Arguments.of("python", "pass", null),
            Arguments.of("php", "return [1, 'a'];", List.of(1L, "a")),
            Arguments.of("php", "return ['a' => 1];", Map.of("a", 1L)),
            Arguments.of("php", "return [1 => 'x'];", Map.of("1", "x")),
            Arguments.of("php", "return [];", List.of()),
            Arguments.of("php", "return (object) [];", Map.of()),
            Arguments.of("php", "return \"\\xff\";", new byte[] {-1}),
            Arguments.of("php", "return 1.0;", 1.0),
            Arguments.of("php", "return new DateTimeImmutable('2026-01-02T03:04:05Z');", "2026-01-02T03:04:05+00:00"),
            Arguments.of("php", "", null),
            Arguments.of("javascript", "return undefined", null),
            Arguments.of("javascript", "return 1.5", 1.5),
            Arguments.of("javascript", "return 3", 3L),
            Arguments.of("javascript", "return 2n ** 70n", BigInteger.TWO.pow(70)),
            Arguments.of("javascript", "return 5n", 5L),
            Arguments.of("javascript", "return 2 ** 60", Math.pow(2, 60)),
            Arguments.of("javascript", "return -0", -0.0),
            Arguments.of("javascript", "return new Set([1])", List.of(1L)),
            Arguments.of("javascript", "return new Map([['a', 1]])", Map.of("a", 1L)),
            Arguments.of("javascript", "return Buffer.from([255])", new byte[] {-1}),
            Arguments.of("javascript", "return new Uint8Array([255]).buffer", new byte[] {-1}),
            Arguments.of("javascript", "return new Date(0)", "1970-01-01T00:00:00.000Z"),
            Arguments.of("javascript", "return Promise.resolve([undefined])", Collections.singletonList(null)));

    @ParameterizedTest
    @FieldSource("OF_GUESTS")
    void comesBackAsTheTableSays(String language, String code, Object expected) {
        assertThat(OpenJails.value(language, code)).isEqualTo(expected);
    }

    /** language, code, part of the path in the message. */
    static final List<Arguments> UNSUPPORTED = List.of(
            Arguments.of("python", "return {'orders': [1, {'total': print}]}", "orders[1].total"),
            Arguments.of("python", "a = []; a.append(a); return a", "[0]"),
            Arguments.of("python", "return {1: 'a', '1': 'b'}", "1"),
            Arguments.of("python", "a = []\nfor _ in range(501): a = [a]\nreturn a", "deep"),
            Arguments.of("php", "return ['orders' => [1, ['total' => fn() => 1]]];", "orders[1].total"),
            Arguments.of("php", "return [fopen('/dev/null', 'r')];", "[0]"),
            Arguments.of("javascript", "return {orders: [1, {total: () => 1}]}", "orders[1].total"),
            Arguments.of("javascript", "class A {}; return [new A()]", "[0]"),
            Arguments.of("javascript", "const a = []; a.push(a); return a", "[0]"));

    @ParameterizedTest
    @FieldSource("UNSUPPORTED")
    void whatCannotCrossSaysWhere(String language, String code, String place) {
        Outcome outcome = OpenJails.block(language, code);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        var error = ((Outcome.Failed) outcome).error();
        assertThat(error.type()).isEqualTo("UnsupportedValue");
        assertThat(error.message()).contains(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "php", "javascript"})
    void inputsThatCannotCrossAreRefusedWithTheirPlace(String language) {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        for (Object bad : List.of(cycle, nested(501), Thread.currentThread(), Map.of(1, "a", "1", "b"))) {
            Execution execution =
                    Execution.of(language, IDENTITY.get(language)).with("v", Map.of("deep", List.of(bad)));
            assertThatThrownBy(() -> OpenJails.run(execution))
                    .isInstanceOf(UnsupportedValueException.class)
                    .hasMessageStartingWith("v.deep[0]");
        }
    }
}
