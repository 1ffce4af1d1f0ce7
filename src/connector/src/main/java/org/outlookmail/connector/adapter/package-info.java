/**
 * {@link org.outlookmail.connector.adapter.MailResourceAdapter} is how the adapter is configured, {@code AdapterRuntime} what it
 * does; a {@code RunningAdapter}, from start to stop, owns what all connections share, on the server's threads by {@code
 * ServerWork}. {@code StartChecks} says what is configured and tries it when the server starts; {@code LibertyFactories} has
 * Open Liberty make its factories for that. {@code Snapshots} is what operators see of each mailbox, {@code SignIn} a user's
 * sign-in for the grant delegated.
 */
package org.outlookmail.connector.adapter;
