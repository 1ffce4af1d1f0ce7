/**
 * Sockets, threads and counters, without any protocol: {@code Workers}, {@code MailPorts}, {@code TcpListener},
 * {@code LineReader}, {@code Counters}, {@code Pause}, {@code Http} with the
 * {@code OwnRequests} that it serves.
 */
package org.outlookmail.sandbox.wire;
