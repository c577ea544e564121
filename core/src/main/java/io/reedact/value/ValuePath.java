package io.reedact.value;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The way to the value in hand; made text only where something is wrong. */
final class ValuePath {
    private static final int LONGEST_KEY = 40;

    private final Deque<Object> steps = new ArrayDeque<>();
    private final String root;

    ValuePath(String root) {
        this.root = root;
    }

    void enter(Object keyOrIndex) {
        steps.addLast(keyOrIndex);
    }

    void leave() {
        steps.removeLast();
    }

    int depth() {
        return steps.size();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(root);
        for (Iterator<Object> step = steps.iterator(); step.hasNext(); ) {
            Object next = step.next();
            if (next instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                String key = String.valueOf(next);
                text.append('.').append(key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key);
            }
        }
        return text.toString();
    }
}
