using System.Text.Json;
using GraphQL;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Reads variables, and rejects variables that are larger than any filter or input needs. Large variables can be as
/// dangerous as a large document: 5,000 alternatives in one filter overflowed the query translator's stack.
/// </summary>
internal struct VariablesGuard
{
    public const int MaxBytes = 1_000_000;
    public const int MaxDepth = 20;

    /// <summary>The maximum number of bytes in a string, as written in the JSON.</summary>
    public const int MaxText = 256_000;

    /// <summary>
    /// The maximum length of a list, checked when it is converted to its type. An argument can allow more
    /// (<see cref="ListLengthAttribute" />).
    /// </summary>
    public const int MaxListLength = 500;

    /// <summary>The maximum length of any list, checked before its argument is known.</summary>
    public const int LongestList = 5_000;

    // Enough for the longest list, with three values in each item: a browser's bookmarks, which are merged in one
    // request.
    public const int MaxValues = 25_000;

    private int _values;

    /// <summary>Reads the object or null at the reader's position.</summary>
    /// <exception cref="RequestError">The value is neither an object nor null, or it is too large.</exception>
    public static Inputs Read(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return Inputs.Empty;
        }

        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new RequestError(ErrorCodes.BadRequest, $"{what} must be a JSON object or null.");
        }

        var start = reader.BytesConsumed;
        var guard = default(VariablesGuard);
        var members = guard.ReadObject(ref reader, 1, start);
        return new Inputs(members);
    }

    private Dictionary<string, object?> ReadObject(ref Utf8JsonReader reader, int depth, long start)
    {
        Enter(depth);
        Dictionary<string, object?> members = new(StringComparer.Ordinal);

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            members[name] = ReadValue(ref reader, depth, start);
        }

        return members;
    }

    private List<object?> ReadList(ref Utf8JsonReader reader, int depth, long start)
    {
        Enter(depth);
        List<object?> items = [];

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (items.Count == LongestList)
            {
                throw TooLarge($"A list in variables may have at most {LongestList} items.");
            }

            items.Add(ReadValue(ref reader, depth, start));
        }

        return items;
    }

    private object? ReadValue(ref Utf8JsonReader reader, int depth, long start)
    {
        if (++_values > MaxValues)
        {
            throw TooLarge($"Variables may have at most {MaxValues} values.");
        }

        if (reader.BytesConsumed - start > MaxBytes)
        {
            throw TooLarge($"Variables may have at most {MaxBytes} bytes.");
        }

        if (reader.TokenType is JsonTokenType.String && reader.ValueSpan.Length > MaxText)
        {
            throw TooLarge($"A string in variables may have at most {MaxText} bytes.");
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, depth + 1, start),
            JsonTokenType.StartArray => ReadList(ref reader, depth + 1, start),
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number => Number(ref reader),
            _ => null,
        };
    }

    private static object Number(ref Utf8JsonReader reader) =>
        reader.TryGetInt32(out var number) ? (object)number
        : reader.TryGetInt64(out var large) ? (object)large
        : reader.TryGetDouble(out var fraction) && double.IsFinite(fraction) ? (object)fraction
        : throw new RequestError(ErrorCodes.BadUserInput, "A number in the variables is too large.");

    private static void Enter(int depth)
    {
        if (depth > MaxDepth)
        {
            throw TooLarge($"Variables may be nested at most {MaxDepth} levels deep.");
        }
    }

    private static RequestError TooLarge(string message) => new(ErrorCodes.VariablesTooLarge, message);
}
