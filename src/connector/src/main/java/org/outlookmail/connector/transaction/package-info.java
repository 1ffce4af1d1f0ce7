/**
 * {@code OutgoingTransaction} keeps messages back until the commit; {@code DemarcatedTransaction} is one that the application
 * begins and ends itself.
 */
package org.outlookmail.connector.transaction;
