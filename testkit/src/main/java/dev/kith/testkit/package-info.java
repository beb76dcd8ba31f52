/**
 * Contract tests that every implementation of a Kith interface inherits, and the test data and
 * faulty directories they share.
 *
 * <p>For tests only: nothing that ships depends on it.
 */
@NullMarked
package dev.kith.testkit;

import org.jspecify.annotations.NullMarked;
