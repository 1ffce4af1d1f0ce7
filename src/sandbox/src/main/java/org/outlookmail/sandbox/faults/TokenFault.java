package org.outlookmail.sandbox.faults;

/**
 * A fault of the token endpoint.
 *
 * @param status the HTTP status to answer; 0 leaves the answer as it would have been
 * @param retryAfterSeconds the Retry-After header; negative leaves it out
 * @param body the answer's body
 * @param stallMillis time before the answer
 */
public record TokenFault(int status, int retryAfterSeconds, String body, long stallMillis) {}
