package io.reedact.templates.pebble;

import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.TokenStream;
import io.pebbletemplates.pebble.node.AbstractRenderableNode;
import io.pebbletemplates.pebble.node.PrintNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.parser.Parser;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import io.reedact.templates.Page;
import io.reedact.templates.Pending;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tag that starts a block and prints its result. The page goes on meanwhile: it keeps a place for the text, and fills it at
 * its end. Where the text goes somewhere else than into the page, to a filter for example, it is waited for.
 */
final class PrintTag implements TokenParser {
    @Override
    public String getTag() {
        return PebbleRewriter.PRINT;
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
        TokenStream stream = parser.getStream();
        stream.next();
        Expression<?> block = parser.getExpressionParser().parseExpression();
        stream.expect(Token.Type.PUNCTUATION, ",");
        Expression<?> expressions = parser.getExpressionParser().parseExpression();
        stream.expect(Token.Type.PUNCTUATION, ",");
        Expression<?> names = parser.getExpressionParser().parseExpression();
        stream.expect(Token.Type.EXECUTE_END);
        return new Node(token.getLineNumber(), block, expressions, names);
    }

    /** Holds a print node of the engine's, so that the engine's own rules say whether and how it is escaped. */
    private static final class Node extends AbstractRenderableNode {
        private final Expression<?> block;
        private final Expression<?> expressions;
        private final Expression<?> names;
        private final PrintNode print;

        private Node(int lineNumber, Expression<?> block, Expression<?> expressions, Expression<?> names) {
            super(lineNumber);
            this.block = block;
            this.expressions = expressions;
            this.names = names;
            this.print = new PrintNode(new Printed(lineNumber), lineNumber);
        }

        @Override
        public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context) throws IOException {
            Pending pending = BlockStart.of(
                    block.evaluate(self, context),
                    expressions.evaluate(self, context),
                    names.evaluate(self, context),
                    context);
            if (writer instanceof PageWriter page) {
                page.later(() -> text(pending, self, context));
            } else {
                writer.write(text(pending, self, context));
            }
        }

        private String text(Pending pending, PebbleTemplateImpl self, EvaluationContextImpl context) {
            Page page = (Page) Objects.requireNonNull(context.getVariable(BlockStart.PAGE));
            StringWriter text = new StringWriter();
            Object value = pending.await();
            page.variables().put(Printed.VARIABLE, value);
            try {
                print.render(self, text, context);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // memory doesn't fail so
            }
            return text.toString();
        }

        @Override
        public void accept(NodeVisitor visitor) {
            print.accept(visitor);
        }
    }

    /** The value that is being printed. */
    private record Printed(int lineNumber) implements Expression<Object> {
        private static final String VARIABLE = "reedact printed";

        @Override
        public @Nullable Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
            return context.getVariable(VARIABLE);
        }

        @Override
        public int getLineNumber() {
            return lineNumber;
        }

        @Override
        public void accept(NodeVisitor visitor) {
            visitor.visit(this);
        }
    }
}
