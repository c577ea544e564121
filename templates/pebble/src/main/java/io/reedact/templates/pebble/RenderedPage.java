package io.reedact.templates.pebble;

import io.reedact.templates.PageReport;

/**
 * A page.
 *
 * @param html its text
 * @param report what there is to tell of it
 */
public record RenderedPage(String html, PageReport report) {}
