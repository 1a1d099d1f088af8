using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cms.GraphQL.Types;
using GraphQL;
using GraphQL.Execution;

namespace Cms.GraphQL.Execution;

/// <summary>Writes results as UTF-8 JSON, directly from the tree of executed fields.</summary>
public static class ResultWriter
{
    /// <summary>The maximum number of errors in a response, and of locations in an error.</summary>
    public const int MaxErrors = 20;

    /// <summary>
    /// The maximum number of characters in an error message. A message can quote the request, which can be long.
    /// </summary>
    public const int MaxMessage = 1_000;

    private static readonly JsonWriterOptions Options = new()
    {
        // The tree always produces well-formed JSON. Responses are sent as JSON and are never embedded in an HTML page,
        // so relaxed escaping is safe.
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? _spare;

    public static void Write(IBufferWriter<byte> output, ExecutionResult result) =>
        Write(output, result, static (writer, result) => Write(writer, result));

    /// <summary>Writes only the errors, as a JSON array.</summary>
    public static void Write(IBufferWriter<byte> output, ExecutionErrors errors) =>
        Write(
            output,
            errors,
            static (writer, errors) =>
            {
                writer.WriteStartArray();
                WriteItems(writer, errors);
                writer.WriteEndArray();
            }
        );

    private static void Write<T>(IBufferWriter<byte> output, T value, Action<Utf8JsonWriter, T> write)
    {
        var writer = _spare;
        _spare = null;

        if (writer is null)
        {
            writer = new(output, Options);
        }
        else
        {
            writer.Reset(output);
        }

        write(writer, value);
        writer.Flush();
        // Reuse the writer, but release the buffer, which belongs to the caller.
        writer.Reset(Stream.Null);
        _spare = writer;
    }

    private static void Write(Utf8JsonWriter writer, ExecutionResult result)
    {
        writer.WriteStartObject();

        if (result.Errors is { Count: > 0 } errors)
        {
            WriteErrors(writer, errors);
        }

        if (result.Executed)
        {
            writer.WritePropertyName("data"u8);

            if (result.Data is ExecutionNode node)
            {
                WriteNode(writer, node);
            }
            else
            {
                WriteValue(writer, result.Data);
            }
        }

        if (result.Extensions is { Count: > 0 } extensions)
        {
            writer.WritePropertyName("extensions"u8);
            WriteValue(writer, extensions);
        }

        writer.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter writer, ExecutionErrors errors)
    {
        writer.WriteStartArray("errors"u8);
        WriteItems(writer, errors);
        writer.WriteEndArray();
    }

    private static void WriteItems(Utf8JsonWriter writer, ExecutionErrors errors)
    {
        foreach (var error in errors.Take(MaxErrors))
        {
            var (code, message) = DocumentedErrors.Describe(error);
            writer.WriteStartObject();
            writer.WriteString("message"u8, Shortened(message));

            if (error.Locations is { Count: > 0 } locations)
            {
                writer.WriteStartArray("locations"u8);

                foreach (var location in locations.Take(MaxErrors))
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("line"u8, location.Line);
                    writer.WriteNumber("column"u8, location.Column);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            if (error.Path is { } path)
            {
                writer.WritePropertyName("path"u8);
                WriteList(writer, path);
            }

            writer.WriteStartObject("extensions"u8);
            writer.WriteString("code"u8, code);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    private static string Shortened(string message) =>
        message.Length <= MaxMessage ? message
        : char.IsHighSurrogate(message[MaxMessage - 1]) ? $"{message.AsSpan(0, MaxMessage - 1)}…"
        : $"{message.AsSpan(0, MaxMessage)}…";

    private static void WriteNode(Utf8JsonWriter writer, ExecutionNode node)
    {
        switch (node)
        {
            case ValueExecutionNode value:
                WriteValue(writer, value.Result);
                break;
            case RowNode { SubFields: not null } row:
                WriteRow(writer, row);
                break;
            case ObjectExecutionNode { SubFields: { } fields }:
                writer.WriteStartObject();

                foreach (var field in fields)
                {
                    writer.WritePropertyName(field.Name!);
                    WriteNode(writer, field);
                }

                writer.WriteEndObject();
                break;
            case ArrayExecutionNode { SerializedResult: System.Collections.IEnumerable values }:
                WriteList(writer, values);
                break;
            case ArrayExecutionNode { Items: { } items }:
                writer.WriteStartArray();

                foreach (var item in items)
                {
                    WriteNode(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteRow(Utf8JsonWriter writer, RowNode row)
    {
        writer.WriteStartObject();

        for (var i = 0; i < row.Shown.Length; i++)
        {
            writer.WritePropertyName(row.Shown[i].Name);

            if (row.Values[i] is ExecutionNode node)
            {
                WriteNode(writer, node);
            }
            else
            {
                WriteValue(writer, row.Values[i]);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, System.Collections.IEnumerable values)
    {
        writer.WriteStartArray();

        foreach (var value in values)
        {
            WriteValue(writer, value);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case DateTimeOffset time:
                WriteFormatted(writer, time.ToUniversalTime(), DateTimeScalar.Format);
                break;
            case JsonText json:
                writer.WriteRawValue(json.Value, skipInputValidation: true);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case DateOnly day:
                WriteFormatted(writer, day, "yyyy-MM-dd");
                break;
            case DateTime time:
                WriteFormatted(writer, time, LocalDateTimeScalar.Format);
                break;
            case IEntityId id:
                writer.WriteStringValue(id.ToString());
                break;
            case IReadOnlyDictionary<string, object?> members:
                WriteMembers(writer, members);
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                WriteMembers(writer, members);
                break;
            case System.Collections.IEnumerable values:
                WriteList(writer, values);
                break;
            default:
                throw new NotSupportedException($"No scalar of the schema can write {value.GetType()}.");
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members)
    {
        writer.WriteStartObject();

        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, member);
        }

        writer.WriteEndObject();
    }

    private static void WriteFormatted<T>(Utf8JsonWriter writer, T value, string format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
