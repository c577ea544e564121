package io.reedact.cli;

import io.pebbletemplates.pebble.attributes.methodaccess.MethodAccessValidator;
import java.lang.reflect.Method;
import java.util.Set;

/**
 * What templates may call on values, which come from JSON and from guests: what asks a text, list or map about itself. Who
 * writes a template need not be trusted with anything else of this JVM's.
 */
final class DataMethods implements MethodAccessValidator {
    /** What {@code loop} is in a loop. */
    private static final String LOOP = "io.pebbletemplates.pebble.node.ForNode$LoopVariables";

    private static final Set<String> ALLOWED = Set.of(
            "size",
            "length",
            "isEmpty",
            "isBlank",
            "contains",
            "containsKey",
            "indexOf",
            "startsWith",
            "endsWith",
            "substring",
            "charAt",
            "toLowerCase",
            "toUpperCase",
            "trim",
            "strip",
            "get",
            "keySet",
            "values",
            "entrySet",
            "getKey",
            "getValue");

    @Override
    public boolean isMethodAccessAllowed(Object object, Method method) {
        return ALLOWED.contains(method.getName())
                || method.getDeclaringClass().getName().equals(LOOP);
    }
}
