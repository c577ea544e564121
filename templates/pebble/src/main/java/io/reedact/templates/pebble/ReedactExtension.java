package io.reedact.templates.pebble;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rewritten templates call: see {@link PebbleRewriter}. */
final class ReedactExtension extends AbstractExtension {
    private static final List<String> ARGUMENTS = List.of("block", "expressions", "names");

    @Override
    public Map<String, Function> getFunctions() {
        return Map.of(PebbleRewriter.START, new Start());
    }

    @Override
    public List<TokenParser> getTokenParsers() {
        return List.of(new PrintTag());
    }

    private static final class Start implements Function {
        @Override
        public List<String> getArgumentNames() {
            return ARGUMENTS;
        }

        @Override
        public @Nullable Object execute(
                Map<String, Object> args, PebbleTemplate self, EvaluationContext context, int lineNumber) {
            BlockStart.of(args.get("block"), args.get("expressions"), args.get("names"), context);
            return null;
        }
    }
}
