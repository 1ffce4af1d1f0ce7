/**
 * The durable homes of what must not be lost, such as refresh tokens: a {@link
 * org.outlookmail.cluster.durable.DurableStore} is a {@link org.outlookmail.cluster.durable.FileStore} or a {@link
 * org.outlookmail.cluster.durable.DataSourceStore}. Both see sealed texts only.
 */
package org.outlookmail.cluster.durable;
