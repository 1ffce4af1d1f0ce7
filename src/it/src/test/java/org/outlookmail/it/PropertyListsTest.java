package org.outlookmail.it;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outlookmail.configuration.Property;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.config.MailboxProperties;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@link Property}, ra.xml, docs/configuration.md and the beans have the same properties, in the same words. */
@Tag("unit")
class PropertyListsTest {

    private static final Path ROOT = Path.of("..", "..");

    /** One property as each of the lists has it. */
    record Listed(String name, String type, String description, boolean confidential) implements Comparable<Listed> {
        @Override
        public int compareTo(Listed other) {
            return name.compareTo(other.name);
        }
    }

    @Test
    void theAdaptersPropertiesInRaXmlAreAllThereAre() throws Exception {
        Element adapter =
                (Element) raXml().getElementsByTagName("resourceadapter").item(0);
        assertThat(declared(adapter)).containsExactlyElementsOf(described(EnumSet.allOf(Property.class)));
    }

    @Test
    void eachFactorysPropertiesInRaXmlAreThoseThatAreNotTheAdaptersAlone() throws Exception {
        NodeList definitions = raXml().getElementsByTagName("connection-definition");
        assertThat(definitions.getLength()).isEqualTo(2);
        for (int i = 0; i < definitions.getLength(); i++) {
            assertThat(declared((Element) definitions.item(i))).containsExactlyElementsOf(described(ofFactories()));
        }
    }

    @Test
    void theDocumentDescribesEveryPropertyInTheSameWords() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/configuration.md"));
        Set<String> rows = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `\\w+` \\| (String|Integer) \\| .* \\|$")
                .matcher(document);
        while (row.find()) {
            rows.add(row.group());
        }
        assertThat(rows)
                .containsExactlyElementsOf(described(EnumSet.allOf(Property.class)).stream()
                        .map(listed -> "| `" + listed.name + "` | " + listed.type + " | " + listed.description + " |")
                        .collect(toCollection(TreeSet::new)));
    }

    @Test
    void theDocumentNamesEverySecret() throws IOException {
        String paragraph = Files.readString(ROOT.resolve("docs/configuration.md"))
                .lines()
                .filter(line -> line.startsWith("Every secret ("))
                .findFirst()
                .orElseThrow();
        for (Property property : Property.values()) {
            assertThat(paragraph.contains("`" + property.text() + "`"))
                    .as(property.text())
                    .isEqualTo(property.type() == Property.Type.SECRET);
        }
    }

    @ParameterizedTest
    @EnumSource(Property.class)
    void itsDescriptionTellsItsChoicesAndItsDefault(Property property) {
        assertThat(property.choices()).allMatch(property.description()::contains);
        property.byDefault()
                .ifPresent(value -> assertThat(property.description()).contains("Default " + value));
        assertThat(property.description().contains("milliseconds")).isEqualTo(property.type() == Property.Type.MILLIS);
    }

    /** Each setter sets its own property and no other. */
    @Test
    void theBeansHaveASetterAndAGetterForEach() throws Exception {
        beanHas(MailResourceAdapter.class, EnumSet.allOf(Property.class));
        beanHas(MailManagedConnectionFactory.class, ofFactories());
    }

    /** What reads mail and does not send takes over nothing that makes no sense for it. */
    @Test
    void theBeanOfAMailboxHasNothingOfSending() throws Exception {
        assertThat(descriptors(MailboxProperties.class).keySet())
                .isEqualTo(ofFactories().stream()
                        .filter(property -> property.group() != Property.Group.OUT)
                        .map(Property::text)
                        .collect(toCollection(TreeSet::new)));
    }

    private static Map<String, PropertyDescriptor> descriptors(Class<?> type) throws IntrospectionException {
        Map<String, PropertyDescriptor> descriptors = new TreeMap<>();
        for (PropertyDescriptor each : Introspector.getBeanInfo(type).getPropertyDescriptors()) {
            if (each.getPropertyType() == String.class || each.getPropertyType() == Integer.class) {
                descriptors.put(each.getName(), each);
            }
        }
        return descriptors;
    }

    private static void beanHas(Class<?> type, Set<Property> properties) throws Exception {
        Map<String, PropertyDescriptor> descriptors = descriptors(type);
        assertThat(descriptors.keySet())
                .isEqualTo(properties.stream().map(Property::text).collect(toCollection(TreeSet::new)));
        for (Property property : properties) {
            Object bean = type.getConstructor().newInstance();
            Object value = property.type().number() ? (Object) 17 : "some text";
            descriptors.get(property.text()).getWriteMethod().invoke(bean, value);
            for (PropertyDescriptor each : descriptors.values()) {
                assertThat(each.getReadMethod().invoke(bean))
                        .as(each.getName())
                        .isEqualTo(each.getName().equals(property.text()) ? value : null);
            }
        }
    }

    private static Set<Property> ofFactories() {
        return Arrays.stream(Property.values())
                .filter(property -> property.group() != Property.Group.CLUSTER)
                .collect(toCollection(() -> EnumSet.noneOf(Property.class)));
    }

    private static Set<Listed> described(Set<Property> properties) {
        return properties.stream()
                .map(property -> new Listed(
                        property.text(),
                        property.type().number() ? "Integer" : "String",
                        property.description(),
                        property.type() == Property.Type.SECRET))
                .collect(toCollection(TreeSet::new));
    }

    private static Document raXml() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve("rar/src/main/rar/META-INF/ra.xml").toFile());
    }

    private static Set<Listed> declared(Element parent) {
        NodeList children = parent.getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(node -> node.getNodeName().equals("config-property"))
                .map(node -> (Element) node)
                .map(element -> new Listed(
                        text(element, "config-property-name"),
                        text(element, "config-property-type").replace("java.lang.", ""),
                        text(element, "description"),
                        Boolean.parseBoolean(text(element, "config-property-confidential"))))
                .collect(toCollection(TreeSet::new));
    }

    private static String text(Element element, String tag) {
        NodeList found = element.getElementsByTagName(tag);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
