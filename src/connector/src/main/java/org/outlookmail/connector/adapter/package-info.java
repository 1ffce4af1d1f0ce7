/**
 * {@link org.outlookmail.connector.adapter.MailResourceAdapter} is how the adapter is configured, {@code AdapterRuntime} what it
 * does; a {@code RunningAdapter}, from start to stop, owns what all connections share, on the server's threads by {@code
 * ServerWork}. {@code SignIn} is a user's sign-in for the grant delegated.
 */
package org.outlookmail.connector.adapter;
