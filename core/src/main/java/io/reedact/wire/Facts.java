package io.reedact.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the jailer tells about its host. */
public final class Facts {
    private Facts() {}

    /** Reads the payload of FACTS: values by name, in the jailer's order. */
    public static Map<String, String> decode(byte[] payload) throws ProtocolException {
        FieldReader in = new FieldReader(payload);
        Map<String, String> facts = new LinkedHashMap<>();
        for (Map.Entry<String, String> fact : in.list(f -> Map.entry(f.string(), f.string()))) {
            facts.put(fact.getKey(), fact.getValue());
        }
        in.end();
        return facts;
    }
}
