/** Fuzz targets, beside what they try: plain methods, called by the fuzzer and, for each seed, by a test. */
@NullMarked
package io.reedact.templates;

import org.jspecify.annotations.NullMarked;
