package dev.kith.tokenizers;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compiles normalization rules to SentencePiece's format, whose layout {@link Charsmap} draws. */
final class CharsmapBuilder {
    private static final int LEAF = 1 << 8;

    private static final class Node {
        private final TreeMap<Integer, Node> children = new TreeMap<>();
        private int value = -1;
    }

    private int[] units = new int[1 << 18];
    private boolean[] used = new boolean[units.length];
    private final Set<Integer> bases = new HashSet<>();
    private int firstFree = 1;
    private int size = 256;

    private CharsmapBuilder() {}

    /** The rules in base 64, as a tokenizer file has them. */
    static String build(Map<String, String> rules) {
        Node root = new Node();
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        Map<String, Integer> places = new HashMap<>();
        rules.forEach((from, to) -> {
            Integer place = places.get(to);
            if (place == null) {
                place = list.size();
                places.put(to, place);
                list.writeBytes(to.getBytes(StandardCharsets.UTF_8));
                list.write(0);
            }
            Node node = root;
            for (byte b : from.getBytes(StandardCharsets.UTF_8)) {
                node = node.children.computeIfAbsent(b & 0xFF, key -> new Node());
            }
            node.value = place;
        });
        CharsmapBuilder builder = new CharsmapBuilder();
        builder.used[0] = true;
        builder.place(root, 0);
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * builder.size + list.size());
        out.order(ByteOrder.LITTLE_ENDIAN).putInt(4 * builder.size);
        Arrays.stream(builder.units, 0, builder.size).forEach(out::putInt);
        out.put(list.toByteArray());
        return Base64.getEncoder().encodeToString(out.array());
    }

    private void place(Node node, int position) {
        int base = freeBase(node);
        bases.add(base);
        // Offsets that do not fit 21 bits would count 256ths; so small a trie has none.
        units[position] |= (position ^ base) << 10;
        if (node.value >= 0) {
            units[position] |= LEAF;
            use(base);
            units[base] = 1 << 31 | node.value;
        }
        node.children.forEach((label, child) -> {
            use(base ^ label);
            units[base ^ label] = label;
        });
        node.children.forEach((label, child) -> place(child, base ^ label));
    }

    private void use(int position) {
        used[position] = true;
        size = Math.max(size, (position | 0xFF) + 1);
        while (used[firstFree]) {
            firstFree++;
        }
    }

    private int freeBase(Node node) {
        int least = node.children.isEmpty() ? 0 : node.children.firstKey();
        for (int position = firstFree; ; position++) {
            int base = position ^ (node.value >= 0 ? 0 : least);
            boolean free = base > 0 && !bases.contains(base) && !(node.value >= 0 && used[base]);
            if (free && node.children.keySet().stream().noneMatch(label -> used[base ^ label])) {
                return base;
            }
        }
    }
}
