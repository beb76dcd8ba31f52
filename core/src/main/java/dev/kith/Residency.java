package dev.kith;

/** Where an index lives while it is searched. */
public enum Residency {
    /** In heap pages: read and checked whole when opened, the fastest to search. */
    HEAP,
    /** In a mapped file: opened at once, backed by the page cache. */
    MAPPED
}
