package io.reedact.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reedact.runtime.LexicalRegions.Region;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings and comments are found: in general, and by the bundled descriptors in code as people write it. */
class LexicalRegionsTest {
    @TempDir
    static Path folder;

    private static Runtimes bundled;

    @BeforeAll
    static void open() {
        bundled = Runtimes.open(List.of(Path.of("../runtimes")), folder.resolve("cache"));
    }

    private static Skip skip(String open, String close, String escape, boolean oneLine) {
        return new Skip(Pattern.compile(open), close, escape, oneLine);
    }

    @Test
    void regionsAreInOrderAndReachFromTheirBeginningToTheirEnd() {
        List<Skip> skips = List.of(skip("'", "'", "\\", true), skip("/\\*", "\\*/", null, false));
        assertThat(LexicalRegions.of("a 'b' /*'*/ c", skips)).containsExactly(new Region(2, 5), new Region(6, 11));
        assertThat(LexicalRegions.of("''", skips)).containsExactly(new Region(0, 2));
        assertThat(LexicalRegions.of("plain", skips)).isEmpty();
        assertThat(LexicalRegions.of("'x'", List.of())).isEmpty();
    }

    @Test
    void whatBeginsInWhatIsLeftOutIsNone() {
        LexicalRegions regions = LexicalRegions.in("'a' ' 'b'", List.of(skip("'", "'", null, false)));
        assertThat(regions.next(0, 0)).isNull();
        assertThat(regions.next(0, 1)).isEqualTo(new Region(0, 3));
        assertThat(regions.next(3, 4)).isNull();
        assertThat(regions.next(5, 9)).isEqualTo(new Region(6, 9));
        assertThat(regions.next(9, 9)).isNull();
    }

    @Test
    void whatIsNeverClosedReachesTheEndOfItsLineOrOfTheText() {
        List<Skip> skips = List.of(skip("'", "'", "\\", true), skip("`", "`", "\\", false));
        assertThat(LexicalRegions.of("'a\r\n`b\n", skips)).containsExactly(new Region(0, 2), new Region(4, 7));
        assertThat(LexicalRegions.of("'a\\\r\nb'c", skips)).containsExactly(new Region(0, 7));
        assertThat(LexicalRegions.of("`\\", skips)).containsExactly(new Region(0, 2));
    }

    @Test
    void theFirstOfTwoAtOnePlaceCounts() {
        List<Skip> skips = List.of(skip("'{3}", "'{3}", null, false), skip("'", "'", null, false));
        assertThat(LexicalRegions.of("'''a'b'''", skips)).containsExactly(new Region(0, 9));
    }

    @Test
    void aBackReferenceIsTheTextThatOpenedAndNoPattern() {
        List<Skip> skips = List.of(skip("<(.*?)>", "\\\\\\1", null, false));
        assertThat(LexicalRegions.of("<.+>1 \\x \\.+ y", skips)).containsExactly(new Region(0, 12));
    }

    @Test
    void aPatternThatCouldNotWorkIsRefused() {
        assertThatThrownBy(() -> skip("x*", "y", null, false)).hasMessageContaining("empty text");
        assertThatThrownBy(() -> skip("x", "\\1", null, false)).hasMessageContaining("no group");
        assertThatThrownBy(() -> skip("x", "(", null, false)).hasMessageContaining("Unclosed group");
    }

    /** language, code in which each hole that can't be bound is called no, and each other one yes. */
    static final List<Arguments> CODE =
            List.of(Arguments.of("python", """
                    import re  # it's no
                    def f(buff, x=yes):
                        '''A text of no
                        with "no" and \\''' no'''
                        return [f"{no}", rb'\\'no', Rb"no" 'no', buff[yes], "it's no", yes] # "no
                    x = yes if re.match(r"no\\"no", yes) else '' or "" or yes
                    broken = 'no
                    y = yes
                    long = 'no \\
                    no' + yes
                    d = {'a': yes, "b": {yes: u'no'}}
                    """), Arguments.of("php", """
                    #[Attribute(yes)]
                    function f($x = yes) { # it's no
                        // it's no
                        /* "no" */ return 'it\\'s no' . yes . "no {$x['no']}" . yes;
                    }
                    $a = <<<EOT
                    no EOTA "
                      EOT . yes;
                    $b = <<<'EOT'
                    it's no
                    EOT;
                    $c = <<<"EOT"
                    EOT . yes;
                    $e = 1 << yes; $f = yes <=> yes; $g = 'no
                    no'; $h = `ls no`; // no ?> it's no <?= yes ?>
                    <p class="no">no</p> <?php echo yes;
                    """), Arguments.of("javascript", """
                    const f = (x = yes) => x / yes; // it's no
                    /* no
                       no */ const s = "it's no" + 'say "no"' + yes;
                    const t = `no ${no}
                      'no` + yes + 'no\\'no' + "";
                    const u = 'no \\
                      no' + yes;
                    const broken = 'no
                    const o = {yes, 'no': yes, url: "https://no"}; // `no
                    return yes;
                    """));

    @ParameterizedTest
    @FieldSource("CODE")
    void stringsAndCommentsOfALanguageAreFound(String language, String code) {
        for (String lines : List.of(code, code.replace("\n", "\r\n"))) {
            List<Region> regions =
                    LexicalRegions.of(lines, bundled.find(language).skips());
            Pattern.compile("\\b(?:yes|no)\\b")
                    .matcher(lines)
                    .results()
                    .forEach(word -> assertThat(regions.stream()
                                    .anyMatch(region -> region.start() < word.start() && word.end() <= region.end()))
                            .as(lines.substring(0, word.end()))
                            .isEqualTo(word.group().equals("no")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "php", "javascript"})
    void aLongTextIsLookedThroughQuickly(String language) {
        List<Skip> skips = bundled.find(language).skips();
        for (String piece : List.of("r", "<<<A", "'\\", "\"x\" ", "/*", " \n", "?>", "#")) {
            String text = piece.repeat(200_000);
            assertThat(LexicalRegions.of(text, skips)).allMatch(region -> region.end() <= text.length());
        }
    }
}
