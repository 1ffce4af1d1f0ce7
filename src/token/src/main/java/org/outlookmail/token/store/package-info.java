/**
 * The durable homes of refresh tokens: {@link org.outlookmail.token.store.FileTokenStore} and {@link
 * org.outlookmail.token.store.DataSourceTokenStore}. Both see sealed texts only.
 */
package org.outlookmail.token.store;
