/**
 * What becomes of a message that was taken, whichever way it came: {@code Delivery} (who may be its sender, and to whom it
 * goes), {@code MessageHeaders} (what of its header matters for that), {@code Outbox} (what leaves the box).
 */
package org.outlookmail.sandbox.delivery;
