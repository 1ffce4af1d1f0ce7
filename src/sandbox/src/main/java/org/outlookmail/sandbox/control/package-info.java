/**
 * The control API: {@code ControlServer} (routes), {@code SandboxControl} (what it may do), {@code Views} (messages as JSON),
 * {@code NoSuchMailboxException}.
 */
package org.outlookmail.sandbox.control;
