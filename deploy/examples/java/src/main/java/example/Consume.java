package example;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Prints each {@code mission-status-changed} event on a line, once. */
public final class Consume {
  private static final int REMEMBERED = 100_000;

  private Consume() {}

  public static void main(String[] arguments) throws IOException {
    Options options = Options.of(arguments);
    BinaryMessageDecoder<GenericRecord> decoder = decoder(options.schemas());
    // The platform's default may not have the letters of the quotes.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings(options));
    Thread main = Thread.currentThread();
    Thread stop = new Thread(() -> end(consumer, main));
    Runtime.getRuntime().addShutdownHook(stop);
    int code = 0;
    try (consumer) {
      consumer.subscribe(List.of(options.topic()));
      consume(consumer, decoder, out, options.untilEnd());
    } catch (WakeupException interrupted) {
      return; // the machine is on its way down already
    } catch (UnreadableException unreadable) {
      System.err.println(unreadable.getMessage());
      code = 1;
    }
    Runtime.getRuntime().removeShutdownHook(stop);
    System.exit(code);
  }

  private static void consume(
      KafkaConsumer<byte[], byte[]> consumer,
      BinaryMessageDecoder<GenericRecord> decoder,
      PrintStream out,
      boolean untilEnd)
      throws UnreadableException {
    Set<String> seen = seen();
    Map<TopicPartition, Long> ends = new HashMap<>();
    while (true) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(500));
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (seen.add(id(record))) {
          out.println(line(decode(decoder, record)));
        }
      }
      if (!records.isEmpty()) {
        consumer.commitSync();
      }
      if (untilEnd && !consumer.assignment().isEmpty()) {
        List<TopicPartition> fresh = new ArrayList<>(consumer.assignment());
        fresh.removeAll(ends.keySet());
        ends.putAll(consumer.endOffsets(fresh));
        if (consumer.assignment().stream().allMatch(each -> consumer.position(each) >= ends.get(each))) {
          return;
        }
      }
    }
  }

  /** Decodes records of any version of the schema into what the latest version says, told apart by fingerprint. */
  private static BinaryMessageDecoder<GenericRecord> decoder(Path schemas) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var found = Files.newDirectoryStream(schemas.resolve("mission-status-changed"), "*.avsc")) {
      found.forEach(files::add);
    }
    files.sort(Comparator.comparingInt(file -> Integer.parseInt(file.getFileName().toString().replace(".avsc", ""))));
    List<Schema> versions = new ArrayList<>();
    for (Path file : files) {
      versions.add(new Schema.Parser().parse(file.toFile())); // a parser each: versions define the same names
    }
    var decoder = new BinaryMessageDecoder<GenericRecord>(new GenericData(), versions.get(versions.size() - 1));
    versions.forEach(decoder::addSchema);
    return decoder;
  }

  private static GenericRecord decode(BinaryMessageDecoder<GenericRecord> decoder, ConsumerRecord<byte[], byte[]> record)
      throws UnreadableException {
    try {
      return decoder.decode(record.value());
    } catch (IOException | AvroRuntimeException | NullPointerException error) {
      // To go on would be to lose an event without a word.
      throw new UnreadableException(record, error.getMessage());
    }
  }

  private static String id(ConsumerRecord<byte[], byte[]> record) throws UnreadableException {
    Header header = record.headers().lastHeader("ce_id");
    if (header == null) {
      throw new UnreadableException(record, "no header ce_id");
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  /**
   * The ids of the last events, to know a repeat by.
   *
   * <p>The worker writes each event once. But a consumer that ends after it has acted on an event and before it has
   * committed the offset, or whose partition moves in between, reads it again. Where that must not matter across
   * restarts, keep the ids with what the events do, in the same transaction of the same database.
   */
  private static Set<String> seen() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
          }
        });
  }

  private static String line(GenericRecord event) {
    List<String> parts = new ArrayList<>();
    parts.add(event.get("occurred").toString());
    parts.add(event.get("subject").toString());
    parts.add("#" + event.get("sequence"));
    parts.add(event.get("change") + ":");
    Object before = event.get("previous_status");
    parts.add((before == null ? "-" : before) + " -> " + event.get("status"));
    for (String flag : List.of("late", "contradicts")) {
      if ((Boolean) event.get(flag)) {
        parts.add("[" + flag + "]");
      }
    }
    if (event.get("corrects") != null) {
      parts.add("[corrects " + event.get("corrects") + "]");
    }
    String quote = ((GenericRecord) event.get("evidence")).get("quote").toString();
    parts.add('"' + quote.strip().replaceAll("(?U)\\s+", " ") + '"');
    return String.join(" ", parts);
  }

  private static Properties settings(Options options) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", options.bootstrap());
    settings.put("group.id", options.group());
    settings.put("isolation.level", "read_committed"); // the default shows what aborted transactions wrote
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false"); // committed here, when the events are on the screen
    settings.put("allow.auto.create.topics", "false");
    settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
    return settings;
  }

  /** At SIGINT or SIGTERM: let the consumer leave its group before the machine goes down. */
  private static void end(KafkaConsumer<byte[], byte[]> consumer, Thread main) {
    consumer.wakeup();
    try {
      main.join(5_000);
    } catch (InterruptedException ignored) {
      Thread.currentThread().interrupt();
    }
  }

  /** A record that is no event, and where it stands. */
  private static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(ConsumerRecord<?, ?> record, String why) {
      super(record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + why);
    }
  }

  private record Options(String bootstrap, String topic, String group, Path schemas, boolean untilEnd) {
    static Options of(String[] arguments) {
      Map<String, String> given = new HashMap<>();
      boolean untilEnd = false;
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i].equals("--until-end")) {
          untilEnd = true;
        } else if (Set.of("--bootstrap", "--topic", "--group", "--schemas").contains(arguments[i])
            && i + 1 < arguments.length) {
          given.put(arguments[i], arguments[++i]);
        } else {
          System.err.println(
              "usage: Consume [--bootstrap HOST:PORT] [--topic TOPIC] [--group GROUP] [--schemas FOLDER] [--until-end]");
          System.exit(2);
        }
      }
      String bootstrap = System.getenv().getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092");
      return new Options(
          given.getOrDefault("--bootstrap", bootstrap),
          given.getOrDefault("--topic", "missions.status-changed"),
          given.getOrDefault("--group", "example-java"),
          Path.of(given.getOrDefault("--schemas", "schemas")),
          untilEnd);
    }
  }
}
