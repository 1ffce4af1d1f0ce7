/**
 * What operators see of a running connector: its events, one callback each ({@link
 * org.outlookmail.management.ConnectorListener}), and what it is at a moment ({@link
 * org.outlookmail.management.ConnectorView}). The log is one listener among others ({@link
 * org.outlookmail.management.EventLog}).
 */
package org.outlookmail.management;
