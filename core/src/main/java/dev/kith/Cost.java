package dev.kith;

/**
 * What a search did, in units that do not depend on the machine. The same index, request and seed give the same cost.
 *
 * @param distances distances computed between the query and rows
 * @param hops nodes expanded, lists or pages visited; 0 for a scan
 * @param bytes bytes of rows, links and codes read
 */
public record Cost(long distances, long hops, long bytes) {
    /** The sum of both. */
    public Cost plus(Cost other) {
        return new Cost(distances + other.distances, hops + other.hops, bytes + other.bytes);
    }
}
