package org.outlookmail.connector.handle;

import jakarta.resource.cci.ResourceAdapterMetaData;

/** What the adapter says of itself (Jakarta Connectors 2.1, section 9.4.2). */
public final class AdapterMetaData implements ResourceAdapterMetaData {

    public static final String NAME = "Outlook Mail Connector";

    @Override
    public String getAdapterVersion() {
        String version = AdapterMetaData.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }

    @Override
    public String getAdapterVendorName() {
        return "outlookmail.org";
    }

    @Override
    public String getAdapterName() {
        return NAME;
    }

    @Override
    public String getAdapterShortDescription() {
        return "Sends and reads Microsoft 365 mail with OAuth 2.0 tokens";
    }

    @Override
    public String getSpecVersion() {
        return "2.1";
    }

    @Override
    public String[] getInteractionSpecsSupported() {
        return new String[0];
    }

    @Override
    public boolean supportsExecuteWithInputAndOutputRecord() {
        return false;
    }

    @Override
    public boolean supportsExecuteWithInputRecordOnly() {
        return false;
    }

    @Override
    public boolean supportsLocalTransactionDemarcation() {
        return false;
    }
}
