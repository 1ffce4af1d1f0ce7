package org.outlookmail.it;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.ConfigProperty;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.connector.MailManagedConnectionFactory;
import org.outlookmail.connector.MailResourceAdapter;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The annotated setters, ra.xml and docs/configuration.md name the same properties with the same words. */
@Tag("unit")
class PropertyListsTest {

    private static final Path ROOT = Path.of("..", "..");

    /** One property as each of the three lists has it. */
    record Property(String name, String type, String description, boolean confidential)
            implements Comparable<Property> {
        @Override
        public int compareTo(Property other) {
            return name.compareTo(other.name);
        }
    }

    @Test
    void theAdaptersPropertiesInRaXmlAreThoseOfItsSetters() throws Exception {
        Element adapter =
                (Element) raXml().getElementsByTagName("resourceadapter").item(0);
        assertThat(declared(adapter)).containsExactlyElementsOf(annotated(MailResourceAdapter.class));
    }

    @Test
    void eachFactorysPropertiesInRaXmlAreThoseOfItsSetters() throws Exception {
        NodeList definitions = raXml().getElementsByTagName("connection-definition");
        assertThat(definitions.getLength()).isEqualTo(2);
        for (int i = 0; i < definitions.getLength(); i++) {
            assertThat(declared((Element) definitions.item(i)))
                    .containsExactlyElementsOf(annotated(MailManagedConnectionFactory.class));
        }
    }

    @Test
    void theDocumentDescribesEveryPropertyInTheWordsOfItsSetter() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/configuration.md"));
        Set<String> rows = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `\\w+` \\| (String|Integer) \\| .* \\|$")
                .matcher(document);
        while (row.find()) {
            rows.add(row.group());
        }
        assertThat(rows)
                .containsExactlyElementsOf(annotated(MailResourceAdapter.class).stream()
                        .map(property ->
                                "| `" + property.name + "` | " + property.type + " | " + property.description + " |")
                        .collect(toCollection(TreeSet::new)));
    }

    private static Set<Property> annotated(Class<?> bean) {
        return Arrays.stream(bean.getMethods())
                .filter(method -> method.isAnnotationPresent(ConfigProperty.class))
                .map(PropertyListsTest::property)
                .collect(toCollection(TreeSet::new));
    }

    private static Property property(Method setter) {
        ConfigProperty annotation = setter.getAnnotation(ConfigProperty.class);
        String name = setter.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                + setter.getName().substring(4);
        return new Property(
                name,
                setter.getParameterTypes()[0].getSimpleName(),
                String.join(" ", annotation.description()),
                annotation.confidential());
    }

    private static Document raXml() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve("rar/src/main/rar/META-INF/ra.xml").toFile());
    }

    private static Set<Property> declared(Element parent) {
        NodeList children = parent.getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(node -> node.getNodeName().equals("config-property"))
                .map(node -> (Element) node)
                .map(element -> new Property(
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
