package io.reedact.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static FieldReader read(String hex) {
        return new FieldReader(HexFormat.of().parseHex(hex));
    }

    @Test
    void readsWhatWasWritten() throws ProtocolException {
        byte[] payload = new FieldWriter()
                .u8(0xfe)
                .u16(0xfedc)
                .u32(0xfedc_ba98)
                .u64(0xfedc_ba98_7654_3210L)
                .string("ü🙂")
                .list(List.of("a", ""), FieldWriter::string)
                .raw(new byte[] {9, 1, 2, 9}, 1, 2)
                .done();
        FieldReader in = new FieldReader(payload);
        assertThat(in.u8()).isEqualTo(0xfe);
        assertThat(in.u16()).isEqualTo(0xfedc);
        assertThat(in.u32()).isEqualTo(0xfedc_ba98);
        assertThat(in.u64()).isEqualTo(0xfedc_ba98_7654_3210L);
        assertThat(in.string()).isEqualTo("ü🙂");
        assertThat(in.list(FieldReader::string)).containsExactly("a", "");
        assertThat(in.rest()).containsExactly(1, 2);
        in.end();
    }

    @Test
    void numbersAreBigEndian() {
        assertThat(HexFormat.of()
                        .formatHex(new FieldWriter()
                                .u16(0x0102)
                                .u32(0x0304_0506)
                                .u64(7)
                                .done()))
                .isEqualTo("0102030405060000000000000007");
    }

    @Test
    void aFieldThatIsCutOffIsRefused() {
        assertThatThrownBy(() -> read("").u8()).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> read("00").u16()).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> read("000000").u32())
                .isInstanceOf(ProtocolException.class)
                .hasMessage("field of 4 bytes cut off after 3");
        assertThatThrownBy(() -> read("00000000000000").u64()).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff41", "80000000", "7fffffff41", "00000002" + "41", "000000"})
    void aStringThatClaimsMoreThanThereIsIsRefusedBeforeAllocatingIt(String hex) {
        assertThatThrownBy(() -> read(hex).string()).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aStringWithNulIsRefusedEitherWay() {
        assertThatThrownBy(() -> read("00000002" + "4100").string()).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new FieldWriter().string("a\0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() throws ProtocolException {
        assertThat(read("00000002" + "41ff").string()).isEqualTo("A\ufffd");
    }

    @Test
    void aListHasAtMost4096Items() throws ProtocolException {
        List<String> most = Collections.nCopies(4096, "");
        byte[] payload = new FieldWriter().list(most, FieldWriter::string).done();
        assertThat(new FieldReader(payload).list(FieldReader::string)).hasSize(4096);
        assertThatThrownBy(() -> read("00001001").list(FieldReader::u8))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("list of 4097, at most 4096 allowed");
        assertThatThrownBy(() -> read("ffffffff").list(FieldReader::u8)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new FieldWriter().list(Collections.nCopies(4097, ""), FieldWriter::string))
                .isInstanceOf(TooLargeException.class);
    }

    @Test
    void aListThatEndsTooSoonIsRefused() {
        assertThatThrownBy(() -> read("00000003" + "0102").list(FieldReader::u8))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void aCountThatJavaCantHoldIsRefused() {
        assertThatThrownBy(() -> read("ffffffffffffffff").count())
                .isInstanceOf(ProtocolException.class)
                .hasMessage("number of 18446744073709551615, at most 2^63 - 1 allowed");
    }

    @Test
    void whatIsLeftBehindTheLastFieldIsRefused() throws ProtocolException {
        FieldReader in = read("0102");
        in.u8();
        assertThatThrownBy(in::end).isInstanceOf(ProtocolException.class).hasMessage("1 bytes behind the last field");
    }

    @Test
    void dataSaysWhetherItIsTheLast() {
        byte[] text = "abc".getBytes(StandardCharsets.US_ASCII);
        assertThat(Messages.data(text, 0, 2)).containsExactly(0, 'a', 'b');
        assertThat(Messages.data(text, 2, 1)).containsExactly(1, 'c');
        assertThat(Messages.data(text, 3, 0)).containsExactly(1);
    }
}
