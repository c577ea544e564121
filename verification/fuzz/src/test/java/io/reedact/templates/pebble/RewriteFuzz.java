package io.reedact.templates.pebble;

import static io.reedact.templates.Fuzzed.check;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.ExtensionRegistry;
import io.pebbletemplates.pebble.lexer.LexerImpl;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.TokenStream;
import io.pebbletemplates.pebble.loader.StringLoader;
import io.reedact.templates.Fuzzed;
import io.reedact.templates.PreparedTemplate;
import io.reedact.templates.PreparedTemplate.Site;
import io.reedact.templates.PreparedTemplate.Slot;
import io.reedact.templates.TemplateException;
import io.reedact.templates.TemplateText;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rewritten template is for the engine what it was for its author, with one tag in place of each block. */
public final class RewriteFuzz {
    private static final String STUB = "reedact_stub";
    private static final PebbleEngine PLAIN = engine().build();
    private static final PebbleEngine OURS =
            engine().extension(new ReedactExtension()).build();
    private static final ReedactPebble PAGES = ReedactPebble.of(engine(), Fuzzed.JAILS);

    private final PreparedTemplate prepared;
    private final String text;
    private final String rewritten;

    private RewriteFuzz(PreparedTemplate prepared) {
        this.prepared = prepared;
        text = prepared.template().text();
        rewritten = PebbleRewriter.rewrite(prepared);
    }

    private static PebbleEngine.Builder engine() {
        return new PebbleEngine.Builder().loader(new StringLoader()).cacheActive(false);
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = Fuzzed.text(data);
        try {
            var _ = PAGES.blocks(text);
        } catch (TemplateException e) {
            check(!e.problems().isEmpty(), "a refusal says what is wrong");
        }
        try {
            new RewriteFuzz(PreparedTemplate.of(new TemplateText("page", text), Fuzzed.JAILS, "default")).run();
        } catch (TemplateException e) {
            check(!e.problems().isEmpty(), "a refusal says what is wrong");
        }
    }

    private void run() {
        int lines = prepared.template().line(text.length());
        check(new TemplateText("page", rewritten).line(rewritten.length()) == lines, "every line keeps its number");
        checkOutside();
        String stubbed = stubbed();
        boolean isOnlyOurs = !text.contains(STUB); // the fuzzer sees what texts are compared with, and learns them
        if (isOnlyOurs && isReadable(PLAIN, stubbed) && slotsAreReadable()) {
            List<Token> expected = tokens(stubbed);
            check(
                    expected.stream().filter(RewriteFuzz::isStub).count()
                            == prepared.sites().size(),
                    "blocks are tags");
            check(isReadable(OURS, rewritten), "what the engine could read it still can");
            check(texts(tokens(rewritten)).equals(texts(expected)), "the text of the page is the same");
        }
    }

    /** What is outside of blocks is the same byte for byte. */
    private void checkOutside() {
        int from = 0;
        int at = 0;
        for (Site site : prepared.sites()) {
            String outside = text.substring(from, site.start());
            check(rewritten.startsWith(outside + (site.trimsBefore() ? "{%-" : "{% "), at), "text is kept");
            at = behind("'" + site.block().encoded() + "'", at + outside.length());
            for (Slot slot : site.slots()) {
                at = slot.isBareName() ? at : behind("(" + slot.expression() + ")", at);
            }
            at = behind(site.trimsAfter() ? " -%}" : " %}", behind("}, {", at - 1));
            from = site.end();
        }
        check(rewritten.substring(at).equals(text.substring(from)), "text is kept");
    }

    private int behind(String piece, int from) {
        int found = rewritten.indexOf(piece, from);
        check(found >= 0, "all of a block is handed on");
        return found + piece.length();
    }

    private String stubbed() {
        StringBuilder stubbed = new StringBuilder();
        int from = 0;
        for (Site site : prepared.sites()) {
            stubbed.append(text, from, site.start())
                    .append(site.trimsBefore() ? "{%- set " : "{% set ")
                    .append(STUB)
                    .append(site.trimsAfter() ? " = 1 -%}" : " = 1 %}");
            from = site.end();
        }
        return stubbed.append(text, from, text.length()).toString();
    }

    /** Whether the engine could read each expression that is handed to a block, if it stood alone. */
    private boolean slotsAreReadable() {
        return prepared.sites().stream()
                .flatMap(site -> site.slots().stream())
                .allMatch(slot -> isReadable(PLAIN, "{% set x = (" + slot.expression() + ") %}"));
    }

    private static boolean isReadable(PebbleEngine engine, String text) {
        try {
            var _ = engine.getLiteralTemplate(text);
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            return false; // of all kinds: its lexer has holes of its own
        }
    }

    private static List<Token> tokens(String text) {
        ExtensionRegistry registry = OURS.getExtensionRegistry();
        TokenStream stream = new LexerImpl(
                        OURS.getSyntax(),
                        registry.getUnaryOperators().values(),
                        registry.getBinaryOperators().values())
                .tokenize(new StringReader(text), "page");
        return new ArrayList<>(stream.getTokens());
    }

    private static boolean isStub(Token token) {
        return token.getType() == Token.Type.NAME && STUB.equals(token.getValue());
    }

    private static List<@Nullable String> texts(List<Token> tokens) {
        List<@Nullable String> texts = new ArrayList<>();
        tokens.stream()
                .filter(token -> token.getType() == Token.Type.TEXT)
                .forEach(token -> texts.add(token.getValue()));
        return texts;
    }
}
