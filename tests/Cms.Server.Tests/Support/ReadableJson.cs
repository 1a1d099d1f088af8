using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Server.Tests.Support;

/// <summary>
/// Writes JSON for snapshots that people read: objects and arrays that fit on a line are written on one line.
/// </summary>
internal static class ReadableJson
{
    private const int LineLength = 120;

    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the JSON, indented by two spaces for each level.</summary>
    public static string Write(JsonNode? json)
    {
        var text = new StringBuilder();
        Append(text, json, indent: 0, prefix: "");
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? json, int indent, string prefix)
    {
        var line = Inline(json);
        if (json is not (JsonObject or JsonArray) || indent + prefix.Length + line.Length <= LineLength)
        {
            text.Append(' ', indent).Append(prefix).Append(line);
            return;
        }

        var (open, close) = json is JsonObject ? ('{', '}') : ('[', ']');
        text.Append(' ', indent).Append(prefix).Append(open).Append('\n');
        var rest = 0;
        foreach (var (name, value) in Children(json))
        {
            text.Append(rest++ > 0 ? ",\n" : "");
            Append(text, value, indent + 2, name is null ? "" : $"{name}: ");
        }

        text.Append('\n').Append(' ', indent).Append(close);
    }

    private static string Inline(JsonNode? json) =>
        json switch
        {
            JsonObject { Count: 0 } => "{}",
            JsonObject => $"{{ {Joined(json)} }}",
            JsonArray => $"[{Joined(json)}]",
            null => "null",
            _ => json.ToJsonString(OneLine),
        };

    private static string Joined(JsonNode json) =>
        string.Join(", ", Children(json).Select(child => $"{Name(child.Name)}{Inline(child.Value)}"));

    private static string Name(string? name) => name is null ? "" : $"{name}: ";

    private static IEnumerable<(string? Name, JsonNode? Value)> Children(JsonNode json) =>
        json is JsonObject members
            ? members.Select(member => ((string?)$"\"{member.Key}\"", member.Value))
            : json.AsArray().Select(item => ((string?)null, item));
}
