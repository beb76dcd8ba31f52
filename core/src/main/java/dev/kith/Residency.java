package dev.kith;

/** Where an index lives while it is searched. */
public enum Residency {
    /** In heap pages: read and checked whole when opened; no search waits for the disk. */
    HEAP,
    /** In a mapped file: opened at once, backed by the page cache. */
    MAPPED
}
