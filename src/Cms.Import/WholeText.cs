using System.Text.Json;

namespace Cms.Import;

/// <summary>
/// Checks that every string in a JSON document is valid text. <c>"\ud800"</c> is well-formed JSON (RFC 8259, section
/// 8.2) but contains only half of a character.
/// </summary>
internal static class WholeText
{
    /// <summary>Returns false if a value or a name, at any depth, contains a lone surrogate.</summary>
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

    // GetString and Name throw InvalidOperationException for a string that is not valid UTF-16.
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
