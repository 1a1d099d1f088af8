using System.Text.Json;

namespace Cms.Import;

/// <summary>
/// Tells whether every text in a JSON document can be read. <c>"\ud800"</c> is well-formed JSON (RFC 8259, section 8.2),
/// but half of a character.
/// </summary>
internal static class WholeText
{
    /// <summary>False where a value or a name, at any depth, holds a lone surrogate.</summary>
    public static bool IsIn(JsonElement json)
    {
        try
        {
            Read(json);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The reader throws at what it cannot turn into UTF-16.
    private static void Read(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _ = json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    _ = property.Name;
                    Read(property.Value);
                }

                break;
        }
    }
}
