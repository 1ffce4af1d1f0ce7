package org.outlookmail.sample;

/**
 * A message with its text.
 *
 * @param mail what the list shows of it; not null
 * @param text plain text; empty if the message has none
 * @param converted whether the text had to be made from HTML, because the message has no plain text
 */
public record MailText(MailSummary mail, String text, boolean converted) {}
