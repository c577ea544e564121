package io.reedact.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.problem.RequestException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

class ValueNotationTest {
    private static final ValueTraits PLAIN = new ValueTraits(false, false, false);

    private static String json(Object value, ValueWriter writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = ValueWriter.jsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            writer.write(value, "v", out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String exact(Object value) {
        return json(value, new ValueWriter(ValueTraits.EXACT));
    }

    @Test
    void plainValuesArePlainJson() {
        assertThat(exact(Arrays.asList(null, true, 1, 1.0, -5L, "é\"\n", 'c', LocalDate.EPOCH)))
                .isEqualTo("[null,true,1,1.0,-5,\"é\\\"\\n\",\"c\",\"1970-01-01\"]");
    }

    @Test
    void whatJsonLacksIsTagged() {
        assertThat(exact(Double.NaN)).isEqualTo("{\"$number\":\"NaN\"}");
        assertThat(exact(Double.NEGATIVE_INFINITY)).isEqualTo("{\"$number\":\"-Infinity\"}");
        assertThat(exact(-0.0)).isEqualTo("{\"$number\":\"-0.0\"}");
        assertThat(exact(new BigDecimal("1.10"))).isEqualTo("{\"$decimal\":\"1.10\"}");
        assertThat(exact(new byte[] {1, -1})).isEqualTo("{\"$bytes\":\"Af8=\"}");
        assertThat(exact(-(1L << 53))).isEqualTo("{\"$integer\":\"-20000000000000\"}");
        assertThat(exact((1L << 53) - 1)).isEqualTo("9007199254740991");
        assertThat(exact(Map.of("$x", 1))).isEqualTo("{\"$map\":{\"$x\":1}}");
    }

    @Test
    void resultsShowIntegersAsPlainNumbers() {
        assertThat(json(BigInteger.TWO.pow(70), ValueWriter.forResults())).isEqualTo("1180591620717411303424");
        assertThat(json(Long.MIN_VALUE, ValueWriter.forResults())).isEqualTo("-9223372036854775808");
    }

    @Test
    void tellsWhetherATagWasUsed() {
        ValueWriter writer = new ValueWriter(ValueTraits.EXACT);
        json(List.of(1, "$", Map.of("a", "$bytes")), writer);
        assertThat(writer.hasTags()).isFalse();
        json(-0.0, writer);
        assertThat(writer.hasTags()).isTrue();
    }

    @Test
    void aDecimalBecomesAFloatOnlyWhereThatChangesNothing() {
        assertThat(json(new BigDecimal("1.10"), new ValueWriter(PLAIN))).isEqualTo("1.1");
        assertThatThrownBy(() -> json(new BigDecimal("0.1000000000000000055"), new ValueWriter(PLAIN)))
                .isInstanceOf(UnsupportedValueException.class)
                .hasMessageContaining("v: the decimal 0.1000000000000000055")
                .hasMessageContaining("VAL-002");
    }

    @Test
    void whatALanguageCannotHoldIsRefusedWithItsPlace() {
        ValueWriter writer = new ValueWriter(PLAIN);
        assertThatThrownBy(() -> json(Map.of("a", List.of(0, BigInteger.TWO.pow(64))), writer))
                .hasMessageStartingWith("v.a[1]: an integer beyond 64 bits");
        assertThatThrownBy(() -> json(List.of("x\ud800"), new ValueWriter(PLAIN)))
                .hasMessageStartingWith("v[0]: a text with half of a surrogate pair");
    }

    @Test
    void objectsOfOtherClassesAreNamed() {
        assertThatThrownBy(() -> exact(Map.of("orders", List.of(new Object()))))
                .isInstanceOf(UnsupportedValueException.class)
                .hasMessageStartingWith("v.orders[0]: an object of the class java.lang.Object");
    }

    @Test
    void cyclesAndDepthAreRefusedAndFiveHundredDeepIsNot() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(Map.of("self", cycle));
        assertThatThrownBy(() -> exact(cycle)).hasMessageStartingWith("v[0].self: a value that contains itself");
        assertThat(exact(nested(500))).hasSize(1000);
        assertThatThrownBy(() -> exact(nested(501))).hasMessageContaining("nested more than 500 deep");
    }

    @Test
    void theSameValueTwiceIsNoCycle() {
        List<Integer> shared = List.of(1);
        assertThat(exact(List.of(shared, shared))).isEqualTo("[[1],[1]]");
    }

    private static Object nested(int depth) {
        Object value = List.of();
        for (int i = 1; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    @Test
    void keysBecomeTextAndMayNotCollide() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, "one");
        map.put(BigInteger.TWO, "two");
        assertThat(exact(map)).isEqualTo("{\"1\":\"one\",\"2\":\"two\"}");
        map.put("1", "again");
        assertThatThrownBy(() -> exact(map)).hasMessageContaining("two keys become '1'");
        assertThatThrownBy(() -> exact(Map.of(1.5, "x"))).hasMessageContaining("a key has to be text or an integer");
    }

    @Test
    void loneSurrogatesKeepTheirEscapes() {
        assertThat(exact("a\ud800\"é")).isEqualTo("\"a\\ud800\\\"\\u00e9\"");
        assertThat(ValueReader.parse("\"a\\ud800\"", "x")).isEqualTo("a\ud800");
    }

    @Test
    void integersHaveAsManyDigitsAsCanBeReadInNoTime() {
        BigInteger large =
                BigInteger.ONE.shiftLeft(399_999).subtract(BigInteger.TEN).negate();
        assertThat(ValueReader.parse(exact(large).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(large);
        for (String number :
                List.of("0", "-0", "f", "-10", "7fffffffffffffff", "8000000000000000", "-00000000000000000001")) {
            String json = "{\"$integer\":\"" + number + "\"}";
            assertThat(String.valueOf(ValueReader.parse(json, "x"))).isEqualTo(new BigInteger(number, 16).toString());
        }
        for (String bad : List.of("", "-", "--1", "g", "1".repeat(100_001))) {
            assertThatThrownBy(() -> ValueReader.parse("{\"$integer\":\"" + bad + "\"}", "x"))
                    .hasMessageContaining("$integer of something else");
        }
    }

    @Test
    void aGuestCannotKeepTheHostBusyWithDigits() {
        String digits = "7".repeat(5_001);
        for (String json : List.of(digits, "1." + digits, "{\"$decimal\":\"" + digits + "\"}")) {
            assertThatThrownBy(() -> ValueReader.parse(json.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(RequestException.class);
        }
        assertThat(ValueReader.parse(digits, "--with")).isEqualTo(new BigInteger(digits));
        assertThat(ValueReader.parse(digits.substring(1).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new BigInteger(digits.substring(1)));
    }

    @Test
    void readsNotationsAndLeavesOtherMapsAlone() {
        assertThat(ValueReader.parse("{\"$integer\":\"-1f\"}", "x")).isEqualTo(-31L);
        assertThat(ValueReader.parse("{\"$ref\":1}", "x")).isEqualTo(Map.of("$ref", 1L));
        assertThat(ValueReader.parse("{\"$number\":1}", "x")).isEqualTo(Map.of("$number", 1L));
        assertThat(ValueReader.parse("{\"$map\":{\"$number\":\"NaN\"}}", "x")).isEqualTo(Map.of("$number", "NaN"));
        assertThat(ValueReader.parse("{\"$map\":1,\"a\":{\"$number\":\"1.5\"}}", "x"))
                .isEqualTo(Map.of("$map", 1L, "a", 1.5));
        assertThat(ValueReader.parse("{\"$map\":{\"$number\":\"1.5\"},\"b\":2}", "x"))
                .isEqualTo(Map.of("$map", 1.5, "b", 2L));
    }

    @Test
    void malformedTextSaysWhere() {
        for (String bad : List.of("", "[1,", "[1] 2", "{\"a\":1,\"a\":2}", "nul", "{\"$decimal\":\"x\"}", "[01]")) {
            assertThatThrownBy(() -> ValueReader.parse(bad, "--with"))
                    .as(bad)
                    .isInstanceOf(RequestException.class)
                    .hasMessageContaining("--with:1:")
                    .hasMessageContaining("VAL-006");
        }
    }

    @Test
    void documentsThatAreTooDeepAreRefusedAndNotOverflowed() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        assertThatThrownBy(() -> ValueReader.parse(deep, "x")).isInstanceOf(RequestException.class);
    }

    @Test
    void fiveHundredLevelsAreReadWhateverTheyAreWrappedIn() {
        String lists = "[".repeat(500) + "]".repeat(500);
        String maps = "{\"$map\":{\"$a\":".repeat(500) + "1" + "}}".repeat(500);
        for (String json : List.of(lists, maps)) {
            ValueReader.parse(json, "x");
            ValueReader.parse(("{\"value\":" + json + "}").getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> ValueReader.parse("[" + json + "]", "x"))
                    .hasMessageContaining("more than 500 deep");
            assertThatThrownBy(() -> ValueReader.parse(("{\"value\":[" + json + "]}").getBytes(StandardCharsets.UTF_8)))
                    .hasMessageContaining("more than 500 deep");
        }
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(2026);
        for (int round = 0; round < 3000; round++) {
            Object value = any(random, 0);
            assertThat(ValueReader.parse(exact(value).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(value);
            Object shown = ValueReader.parse(json(value, ValueWriter.forResults()), "x");
            assertThat(shown).isEqualTo(value);
        }
    }

    private static Object any(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 8 : 10)) {
            case 0 -> random.nextLong();
            case 1 -> (long) random.nextInt(100) - 50;
            case 2 -> Double.longBitsToDouble(random.nextLong());
            case 3 -> random.nextBoolean();
            case 4 -> text(random);
            case 5 -> new BigInteger(random.nextInt(300) + 64, random).add(BigInteger.TWO.pow(64));
            case 6 -> new BigDecimal(new BigInteger(80, random), random.nextInt(40) - 20);
            case 7 -> "$" + random.nextInt(3);
            case 8 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(any(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(random.nextInt(3) == 0 ? "$bytes" : text(random), any(random, depth + 1));
                }
                yield map;
            }
        };
    }

    /** Any text; half surrogates are no keys, so that keys are made of whole characters. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int point = random.nextInt(0x11_0000);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
        }
        return text.toString();
    }
}
