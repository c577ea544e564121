package io.reedact.policy;

import io.reedact.policy.toml.Node;
import io.reedact.policy.toml.Table.Entry;
import io.reedact.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A list whose items are read one by one. An empty list is a value of its own and means: none. */
abstract class ListKind<E> extends Kind<List<E>> {

    /** An item; null where it is wrong, with the problem added. */
    abstract @Nullable E readItem(Entry entry, Node item, Reading reading);

    @Override
    @Nullable
    List<E> read(Entry entry, Reading reading) {
        List<Node> nodes = entry.node().list();
        if (nodes == null) {
            addWrongType(entry, reading, entry.node().text() == null ? null : "write it in square brackets: [\"…\"]");
            return null;
        }
        List<E> items = new ArrayList<>(nodes.size());
        boolean whole = true;
        for (Node node : nodes) {
            E item = readItem(entry, node, reading);
            whole &= item != null;
            if (item != null && !items.contains(item)) {
                items.add(item);
            }
        }
        return whole ? List.copyOf(items) : null;
    }

    /** An item that has to be a text; null where it is none, with the problem added. */
    @Nullable
    String textOf(Entry entry, Node item, Reading reading) {
        String text = item.text();
        if (text == null) {
            addWrongItem(entry, item, "a text in quotes", reading);
        }
        return text;
    }

    /** Names of isolation layers. */
    static final class Layers extends ListKind<Layer> {
        @Override
        String wants() {
            return "a list of layers such as [\"distinct-uid\"]";
        }

        @Override
        @Nullable
        Layer readItem(Entry entry, Node item, Reading reading) {
            String label = textOf(entry, item, reading);
            if (label == null) {
                return null;
            }
            Optional<Layer> layer = Layer.find(label);
            if (layer.isEmpty()) {
                String message = entry.key() + " names no layer: '" + label + "'";
                reading.add(ProblemCode.UNKNOWN_LAYER, message, item.place(), Words.didYouMean(label, Layer.labels()));
            }
            return layer.orElse(null);
        }

        @Override
        boolean allowsMore(List<Layer> mine, List<Layer> inherited, Reading reading) {
            return !inherited.containsAll(mine);
        }

        @Override
        String show(List<Layer> layers) {
            List<String> labels = new ArrayList<>();
            for (Layer layer : layers) {
                labels.add(layer.label());
            }
            return labels.toString();
        }
    }

    /** Groups of system calls whose use ends the run; fewer of them allow more. */
    static final class FatalGroups extends ListKind<String> {
        @Override
        String wants() {
            return "a list of groups such as [\"@trace\"]";
        }

        @Override
        @Nullable
        String readItem(Entry entry, Node item, Reading reading) {
            String group = textOf(entry, item, reading);
            return group != null && CallListKind.isGroup(group, item, reading) ? group : null;
        }

        @Override
        boolean allowsMore(List<String> mine, List<String> inherited, Reading reading) {
            return !reading.groups().members(mine).containsAll(reading.groups().members(inherited));
        }
    }

    /** Names of modules or functions of a language. */
    static final class Names extends ListKind<String> {
        private final boolean blocks;

        /** For names that are blocked, fewer allow more; for names that are allowed, more do. */
        Names(boolean blocks) {
            this.blocks = blocks;
        }

        @Override
        String wants() {
            return "a list of names such as [\"ctypes\"]";
        }

        @Override
        @Nullable
        String readItem(Entry entry, Node item, Reading reading) {
            String name = textOf(entry, item, reading);
            if (name != null && (name.isBlank() || Words.hasControls(name))) {
                String message = entry.key() + " wants names, found " + item.description();
                reading.add(ProblemCode.BAD_TEXT, message, item.place(), null);
                return null;
            }
            return name;
        }

        @Override
        boolean allowsMore(List<String> mine, List<String> inherited, Reading reading) {
            return blocks ? !mine.containsAll(inherited) : !inherited.containsAll(mine);
        }
    }
}
