/**
 * What lies beside an Azure machine: {@code MetadataServer} gives the machine's programs tokens of its managed identity, which
 * {@code Entra} makes.
 */
package org.outlookmail.sandbox.metadata;
